import { isObject, member, pointerTo, type Prompt } from '../../../model/index.ts';
import { promptRule, type Rule } from '../../rule.ts';
import { withoutComments } from '../passages.ts';
import { roleOf, writtenMessages } from './written.ts';

export const emptyContent: Rule = promptRule({
  id: 'messages/empty-content',
  severity: 'error',
  githubSeverity: 'warning',
  preset: 'minimal',
  summary: 'A message without text.',
  why: 'Some providers refuse an empty message, others answer to nothing. Mostly it is left over from an editor’s form.',
  examples: {
    bad: [
      { text: "messages:\n  - role: system\n    content: ''\n  - role: user\n    content: Hello\n", line: 3 },
      { text: 'promptctl: 1\nmessages:\n  - role: user\n    content: "   "\n', line: 4 },
      { text: 'messages:\n  - role: user\n', line: 2 },
      { text: 'promptctl: 1\nmessages:\n  - role: user\n    content: "{{! later }}"\n', line: 4 },
    ],
    good: [
      {
        text: 'promptctl: 1\nvariables: { note: { type: string, optional: true } }\nmessages:\n  - role: user\n    content: "{{#if note}}{{note}}{{/if}}"\n',
      },
    ],
  },
  check: ({ prompt, yaml, report }) => {
    for (const { entry, pointer } of writtenMessages(yaml)) {
      if (!isObject(entry)) continue;
      const content = member(entry, 'content');
      const isEmpty =
        content === undefined || content === null || (typeof content === 'string' && textSent(content, prompt) === '');
      if (!isEmpty) continue;
      report({
        message: `This ${roleOf(entry) ?? ''} message is empty`.replace('  ', ' '),
        help: 'write its text, or remove the message',
        at: content === undefined ? { pointer } : { pointer: pointerTo(pointer, 'content'), part: 'key' },
      });
    }
  },
});

/** What is left of a template without its comments, which strict mode alone has. */
function textSent(content: string, { mode }: Prompt): string {
  return (mode === 'strict' ? withoutComments(content) : content).trim();
}
