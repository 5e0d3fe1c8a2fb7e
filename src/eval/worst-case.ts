import { PromptctlError } from '../model/index.ts';
import { type CompletionRequest, type EmbeddingLevel, embeddingRequest } from '../providers/index.ts';
import type { Sample, Scorer } from './evaluators/index.ts';
import type { NamedScorer } from './judged.ts';
import type { Route } from './prompt.ts';
import type { Row } from './rows/index.ts';

/** What one model makes a token of is at most this many of another's: none was found that goes further apart. */
const TOKENS_A_TOKEN = 2;

export interface Routes {
  readonly route: (model: string) => Route;
  readonly embeddings: (level: EmbeddingLevel) => Route | undefined;
}

/**
 * The most that the judges of one answer could cost. They are tried on an answer that nobody gave: what they ask is priced and never sent.
 *
 * @param outputTokens the most that the answer can have
 * @throws PromptctlError where a judge's price is not known: an unknown price is no zero.
 */
export function judgesWorstUsd(
  scorers: readonly NamedScorer[],
  { row, input, outputTokens }: { readonly row: Row; readonly input: string; readonly outputTokens: number },
  { route, embeddings }: Routes,
): number {
  let worst = 0;
  let unpriced: string | undefined;
  const price = (where: Route, model: string, request: CompletionRequest): Promise<never> => {
    const asked = where.worstCaseUsd(request);
    const judged = where.costUsd({ inputTokens: TOKENS_A_TOKEN * outputTokens, outputTokens: 0 });
    if (asked === undefined || judged === undefined) unpriced ??= model;
    else worst += asked + judged;
    return new Promise<never>(() => undefined);
  };
  const embed = (level: EmbeddingLevel, texts: readonly string[]): Promise<never> => {
    const where = embeddings(level)!;
    return price(where, where.model, embeddingRequest(where.model, texts));
  };
  const sample: Sample = {
    output: 'x',
    completion: { text: 'x', finishReason: 'stop' },
    fields: row.fields,
    input,
    ask: ({ model, ...request }) => price(route(model), model, { ...request, model }),
    embed: (texts) => embed('texts', texts),
    embedTokens: (texts) => embed('tokens', texts),
  };
  for (const { name, asks, score } of scorers) {
    if (!asks || (row.evaluators && !row.evaluators.includes(name))) continue;
    tryOut(score, sample);
  }
  if (unpriced === undefined) return worst;
  throw new PromptctlError('usage', `--max-cost needs the price of ${unpriced}, which is not known`, {
    hint: 'give it in the file that `models:` of promptctl.yaml names',
  });
}

/** What goes wrong here goes wrong again when it counts, and is told then. */
function tryOut(score: Scorer, sample: Sample): void {
  try {
    const scoring = score(sample);
    if (scoring instanceof Promise) scoring.catch(() => undefined);
  } catch {
    // As above.
  }
}
