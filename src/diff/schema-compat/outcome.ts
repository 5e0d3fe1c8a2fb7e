/** What a search for a value came to. `found` lists a few values, the simplest first; `unknown` names the keywords in the way. */
export type Outcome =
  | { readonly kind: 'found'; readonly values: readonly unknown[] }
  | { readonly kind: 'empty' }
  | { readonly kind: 'unknown'; readonly keywords: ReadonlySet<string> };

export const empty: Outcome = { kind: 'empty' };

export function found(values: readonly unknown[]): Outcome {
  return { kind: 'found', values };
}

export function unknown(...keywords: readonly string[]): Outcome {
  return { kind: 'unknown', keywords: new Set(keywords) };
}

/** Tries each way in turn: found in one is found, empty in all is empty, anything else is unknown. */
export function firstFound<T>(ways: Iterable<T>, attempt: (way: T) => Outcome): Outcome {
  const keywords = new Set<string>();
  for (const way of ways) {
    const outcome = attempt(way);
    if (outcome.kind === 'found') return outcome;
    if (outcome.kind === 'unknown') for (const keyword of outcome.keywords) keywords.add(keyword);
  }
  return keywords.size > 0 ? { kind: 'unknown', keywords } : empty;
}
