import type { LoadedPrompt } from '../../workspace/index.ts';

/** Problems that leave out a message, or part of one, so that what it reads is not known. */
const HIDING = new Set([
  'schema/wrong-type',
  'schema/variable-invalid',
  'syntax/tagged-scalar',
  'syntax/duplicate-key',
  'syntax/comment-cut-text',
]);

/** Whether the messages may read variables beyond those that were seen: then what looks unread is only an echo. */
export function mayReadMore({ problems }: LoadedPrompt): boolean {
  return problems.some(
    ({ rule, pointer }) =>
      rule.startsWith('template/') || (HIDING.has(rule) && /^\/(?:messages|variants|variables)\b/.test(pointer)),
  );
}
