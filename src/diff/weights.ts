import { countPrompt, type PromptTokens } from '../tokens/prompt/index.ts';
import type { ModelOverrides } from '../tokens/models/index.ts';
import type { PromptDiff } from './diff-prompts.ts';

/** What a change weighs: tokens of the text that every call sends, and dollars a call at the worst case. */
export interface Weight {
  readonly old: number;
  readonly new: number;
  /** `exact`, `formula` or `estimate`: the weaker of the two. */
  readonly kind: string;
  readonly costUsd?: { readonly old: number; readonly new: number };
}

/** Counts both versions of a changed prompt; undefined where one side has no file to count. */
export function weighed({ pair, changes }: PromptDiff, overrides?: ModelOverrides): Weight | undefined {
  if (changes.length === 0 || !pair.old?.source || !pair.new?.source) return undefined;
  const old = countPrompt(pair.old.source, { overrides });
  const now = countPrompt(pair.new.source, { overrides });
  const costs = costOf(old, now);
  return {
    old: old.static.tokens,
    new: now.static.tokens,
    kind: weaker(old, now),
    ...(costs ? { costUsd: costs } : {}),
  };
}

function costOf(old: PromptTokens, now: PromptTokens): Weight['costUsd'] {
  return old.costUsd === undefined || now.costUsd === undefined ? undefined : { old: old.costUsd, new: now.costUsd };
}

function weaker(old: PromptTokens, now: PromptTokens): string {
  const order = ['exact', 'formula', 'estimate'];
  return order[Math.max(order.indexOf(old.static.kind), order.indexOf(now.static.kind), 0)]!;
}
