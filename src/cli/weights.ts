import { type DiffReport, type PromptDiff, promptOfBundle } from '../diff/index.ts';
import type { Weight } from '../report/diff-view.ts';
import type { ModelOverrides } from '../tokens/models/index.ts';
import { countPrompt, type PromptTokens, readOverrides } from '../tokens/prompt/index.ts';
import { diskSource } from '../workspace/index.ts';
import type { Ground } from './comparison.ts';

/** What each changed prompt weighs on both sides. Its own module, so that a comparison without it loads no tokenizer. */
export function weightsOf(report: DiffReport, { folder, config }: Ground): ReadonlyMap<string, Weight> {
  const overrides = readOverrides({ config, source: diskSource(folder) });
  return new Map(
    report.prompts.flatMap((prompt) => {
      const weight = weighed(prompt, overrides);
      return weight ? [[prompt.id, weight] as const] : [];
    }),
  );
}

/** Undefined where nothing changed, or one side has no such prompt. */
function weighed({ pair, changes }: PromptDiff, overrides: ModelOverrides | undefined): Weight | undefined {
  if (changes.length === 0 || !pair.old || !pair.new) return undefined;
  const [old, now] = [pair.old, pair.new].map(({ source, json }) =>
    countPrompt(source ?? promptOfBundle(json), { overrides }),
  ) as [PromptTokens, PromptTokens];
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
