import { Lexer } from 'yaml';
import { canonicalJson, compareText, type JsonValue } from '../model/index.ts';
import type { LoadedPrompt } from '../workspace/index.ts';

/** What formatting must not change, and did; undefined where nothing is lost. The layout is not trusted to have been careful. */
export function lossOf(before: LoadedPrompt, after: LoadedPrompt): string | undefined {
  if (canonicalJson(before.yaml.value) !== canonicalJson(after.yaml.value)) return 'its value would change';
  if (schemasOf(before) !== schemasOf(after)) return 'the order of a schema would change, which models follow';
  if (commentsOf(before) !== commentsOf(after)) return 'a comment would be lost';
  if (messagesOf(before) !== messagesOf(after)) return 'what it renders would change';
  if (problemsOf(before) !== problemsOf(after)) return 'what is wrong with it would change';
  return undefined;
}

/** By the parser's own lexer, which knows nothing of how the layout finds them. */
function commentsOf({ yaml }: LoadedPrompt): string {
  const comments = [...new Lexer().lex(yaml.text)].filter((token) => token.startsWith('#'));
  return comments
    .map((comment) => comment.trimEnd())
    .sort(compareText)
    .join('\n');
}

function messagesOf({ prompt }: LoadedPrompt): string {
  if (!prompt) return '';
  const { messages, variants, examples, tools } = prompt;
  return JSON.stringify([messages, [...variants], examples, tools], (key, value: unknown) =>
    // Places in the file are all that may differ.
    key === 'origin' ? undefined : value,
  );
}

/** As written, order and all: canonical JSON would not tell. */
function schemasOf({ prompt }: LoadedPrompt): string {
  const schemas = [prompt?.responseFormat, prompt?.tools] as unknown as JsonValue;
  return JSON.stringify(schemas, (key, value: unknown) => (key === 'origin' ? undefined : value));
}

function problemsOf({ problems }: LoadedPrompt): string {
  return problems
    .map(({ rule, message, pointer }) => `${rule} ${pointer} ${message}`)
    .sort(compareText)
    .join('\n');
}
