import { turnsOf } from '../../compile/index.ts';
import { canonicalJson } from '../../model/index.ts';
import { normalForm } from '../../render/index.ts';
import type { PromptJson } from '../../runtime/index.ts';
import { type ChangeKind, inBoth } from '../kind.ts';
import { bare } from '../texts.ts';
import { example } from './example.ts';

export const examplesChanged: ChangeKind = {
  kind: 'examples-changed',
  category: 'BEHAVIOR',
  level: 'patch',
  severity: 'safe',
  summary: 'the answers shown to the model changed',
  reason:
    'Examples steer the answers and keep their shape. A user turn with its answer before the last user message is one, wherever it is written.',
  examples: [
    example(
      'another answer',
      'examples:\n  - { input: { ticket: It crashes }, output: bugs }',
      'examples:\n  - { input: { ticket: It crashes }, output: bug }',
    ),
    example(
      'a pair among the messages',
      '',
      'messages:\n  - { role: system, content: Sort the ticket. }\n  - { role: user, content: It crashes }\n  - { role: assistant, content: bugs }\n  - { role: user, content: "{{ticket}}" }',
    ),
  ],
  detect: inBoth(({ old, new: now }) => {
    const before = shotsOf(old.json);
    const after = shotsOf(now.json);
    if (canonicalJson(before) === canonicalJson(after)) return [];
    const message =
      before.length === after.length
        ? 'examples changed'
        : `there ${after.length === 1 ? 'is 1 example' : `are ${after.length} examples`}, not ${before.length}`;
    return [{ path: '/examples', message, old: before, new: after }];
  }),
};

/** Every pair that the model is shown, with the turns that come before those among the messages. */
function shotsOf(prompt: PromptJson): readonly unknown[] {
  const { examples } = normalForm(prompt) as { examples: readonly unknown[] };
  const { turns, shown } = turnsOf(prompt.messages);
  const place = (message: (typeof turns)[number]): number =>
    turns.filter((turn) => prompt.messages.indexOf(turn) < prompt.messages.indexOf(message)).length;
  return [...examples, ...shown.map(([question, answer]) => [place(question), bare(question), bare(answer)])];
}
