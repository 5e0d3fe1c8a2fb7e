import type { JsonValue, Prompt } from '../model/index.ts';
import { rendererOf } from '../render/index.ts';
import { PromptError, type RenderedMessage, shownText } from '../runtime/index.ts';
import { promptOfBundle } from './bundled-prompt.ts';
import type { PromptDiff } from './diff-prompts.ts';

/** A message of one test row as both versions render it. */
export interface RenderedChange {
  readonly row: string;
  readonly role: string;
  readonly old: string;
  readonly new: string;
}

/** The same fence on both sides, so that only what the prompt says differs. */
const NONCE = '0000000000000000';

/** Renders every test row of the new side with both versions and gives the messages that differ. */
export function renderedChanges({ pair }: PromptDiff): readonly RenderedChange[] {
  const now = pair.new?.source;
  if (!pair.old || !now) return [];
  const old = pair.old.source ?? promptOfBundle(pair.old.json);
  return now.testData.flatMap(({ values }, at) => {
    const name = typeof values['$name'] === 'string' ? values['$name'] : `row ${at + 1}`;
    const before = rendered(old, values);
    const after = rendered(now, values);
    const count = Math.max(before.length, after.length);
    return Array.from({ length: count }, (_, index) => [before[index], after[index]] as const)
      .filter(([earlier, later]) => JSON.stringify(earlier?.content) !== JSON.stringify(later?.content))
      .map(([earlier, later]) => ({
        row: name,
        role: (later ?? earlier)!.role,
        old: shownText(earlier?.content ?? ''),
        new: shownText(later?.content ?? ''),
      }));
  });
}

function rendered(
  prompt: Prompt,
  row: Readonly<Record<string, JsonValue>>,
): readonly { readonly role: string; readonly content: RenderedMessage['content'] }[] {
  const renderer = rendererOf(prompt);
  const values = Object.fromEntries(
    Object.entries(row).filter(([name]) => Object.hasOwn(renderer.json.variables, name)),
  );
  try {
    return renderer.render(values, { nonce: NONCE }).messages;
  } catch (cause) {
    if (!(cause instanceof PromptError)) throw cause;
    return [{ role: 'error', content: cause.message }];
  }
}
