import { PromptctlError } from '../model/index.ts';
import { passAtK, passHatK } from '../metrics/index.ts';

/** How several answers to one test become one result. */
export type Reducer =
  | { readonly kind: 'mean' | 'median' | 'mode' | 'max' }
  | { readonly kind: 'at-least' | 'pass@' | 'pass^'; readonly k: number };

const KINDS = 'mean, median, mode, max, at-least-k, pass@k or pass^k';

/** Reads `mean`, `at-least-2`, `pass@3` and so on. @throws PromptctlError for anything else, or a k over the number of epochs. */
export function parseReducer(text: string, epochs: number): Reducer {
  if (text === 'mean' || text === 'median' || text === 'mode' || text === 'max') return { kind: text };
  const [, kind, digits] = /^(at-least-|pass@|pass\^)(\d+)$/.exec(text) ?? [];
  const k = Number(digits);
  if (kind === undefined)
    throw new PromptctlError('usage', `Unknown reducer ${JSON.stringify(text)}`, { hint: `One of ${KINDS}` });
  if (k < 1 || k > epochs)
    throw new PromptctlError('usage', `${text} needs ${digits} epochs, and there are ${epochs}`, {
      hint: `--epochs ${digits}`,
    });
  return { kind: kind === 'at-least-' ? 'at-least' : (kind as 'pass@' | 'pass^'), k };
}

/**
 * The share of passing that several answers stand for, from 0 to 1: their mean, median, mode or best, whether at least k passed, the chance
 * that one of k passes, or that all k do. A test passes at one half or more.
 */
export function reducePasses(passes: readonly boolean[], reducer: Reducer): number {
  const passed = passes.filter(Boolean).length;
  switch (reducer.kind) {
    case 'at-least':
      return passed >= reducer.k ? 1 : 0;
    case 'pass@':
      return passAtK(passes.length, passed, Math.min(reducer.k, passes.length));
    case 'pass^':
      return passHatK(passes.length, passed, Math.min(reducer.k, passes.length));
    default:
      return reduceScores(passes.map(Number), reducer);
  }
}

/** The same for an evaluator's scores; reducers that count passes leave the mean. */
export function reduceScores(scores: readonly number[], reducer: Reducer): number {
  const sorted = [...scores].sort((a, b) => a - b);
  switch (reducer.kind) {
    case 'max':
      return sorted.at(-1)!;
    case 'median':
      return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
    case 'mode':
      return modeOf(sorted);
    default:
      return scores.reduce((sum, score) => sum + score, 0) / scores.length;
  }
}

/** The commonest, the smaller of two that are as common: a tie is no reason to pass. */
function modeOf(sorted: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const score of sorted) counts.set(score, (counts.get(score) ?? 0) + 1);
  return [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best))[0];
}
