/** A number of tokens that says how it came about. */
export interface Figure {
  readonly tokens: number;
  /**
   * `exact`: the text under the model's own encoding. `formula`: exact text and a documented overhead. `estimate`: `error` says
   * how far off it may be.
   */
  readonly kind: 'exact' | 'formula' | 'estimate';
  /** The encoding's or the formula's name. */
  readonly by: string;
  /** The stated relative error of an estimate, as a fraction: nine of ten texts are within it. */
  readonly error?: number;
}

const RANK = { exact: 0, formula: 1, estimate: 2 } as const;

/** The sum of figures: as uncertain as its most uncertain part, its errors weighted by their tokens. */
export function addFigures(figures: readonly Figure[]): Figure {
  let tokens = 0;
  let uncertain = 0;
  let kind: Figure['kind'] = 'exact';
  for (const figure of figures) {
    tokens += figure.tokens;
    uncertain += figure.tokens * (figure.error ?? 0);
    if (RANK[figure.kind] > RANK[kind]) kind = figure.kind;
  }
  const by = [...new Set(figures.map((figure) => figure.by))].join(' + ');
  return { tokens, kind, by, ...(kind === 'estimate' ? { error: tokens === 0 ? 0 : uncertain / tokens } : {}) };
}
