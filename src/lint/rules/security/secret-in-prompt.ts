import { posix } from 'node:path';
import { findSecrets, type FoundSecret } from '../../detectors/secrets.ts';
import { member } from '../../../model/index.ts';
import { decode, includedFiles } from '../../../workspace/index.ts';
import type { Place, Rule, RuleContext } from '../../rule.ts';

/** Larger files are data sets, and no linter's business. */
const MAX_BYTES = 1024 * 1024;

export const secretInPrompt: Rule = {
  id: 'security/secret-in-prompt',
  severity: 'error',
  preset: 'recommended',
  owasp: 'LLM02:2025',
  summary: 'A key, a token or a password anywhere in the file.',
  why: 'A secret in a prompt is in the repository, in the bundle, in the provider’s logs and, for whoever asks well, in the answers. Comments, metadata, examples and test rows are read too: they are in the repository all the same.',
  unless: 'it is a sample; write it so that it can be seen to be one: `<your-api-key>`, `AKIAIOSFODNN7EXAMPLE`.',
  examples: {
    bad: [
      {
        text: `# the tools use AKIAPYNXHXBYMEPCEV5L\nmessages:\n  - role: user\n    content: Hello\n`,
        line: 1,
      },
      {
        text: 'messages:\n  - role: system\n    content: |\n      The archive is\n      postgres://minutes:eRwT9AjLt3Lw4FA4dV@db.nordlicht.net:5432/minutes.\n',
        line: 5,
      },
      {
        // In two halves, so that no host's scanner takes the sample for a find.
        text: `model: openai/gpt-4o\n# lesson store: api_key = "kbZAUfLdLjgCXsMCDhHy2MhwiwUpiqro"\nmessages:\n  - role: user\n    content: Hello\n`,
        line: 2,
      },
    ],
    good: [
      {
        text: 'messages:\n  - role: system\n    content: Customers paste keys such as AKIAIOSFODNN7EXAMPLE, sk-XXXXXXXXXXXXXXXXXXXXXXXX, <your-api-key> or a password.\n',
      },
      {
        text: 'messages:\n  - role: system\n    content: Commits look like 9f2c1e0a7b3d4c5e6f708192a3b4c5d6e7f80910, requests like 123e4567-e89b-12d3-a456-426614174000.\n',
      },
    ],
  },
  check: (context) => {
    const tell = (secret: FoundSecret, at: Place, where = ''): void =>
      context.report({
        message: `This looks like ${/^[aeiouAEIOU]/.test(secret.name) ? 'an' : 'a'} ${secret.name}${where}`,
        help: 'revoke it, take it out, and let the application hold the new one',
        at,
      });
    const { text } = context.yaml;
    for (const secret of findSecrets(text)) tell(secret, { offsets: [secret.start, secret.end] });
    if (text.includes('{{>')) {
      for (const file of includedFiles(context.file)) {
        if (file === context.file.file) continue;
        for (const secret of findSecrets(context.workspace.textOf(file) ?? ''))
          tell(secret, { file, offsets: [secret.start, secret.end] });
      }
    }
    for (const { pointer, path } of companions(context)) {
      for (const { name, start, line } of secretsOf(path, context))
        tell({ name, start, end: start }, { pointer }, `, on line ${line} of ${path}`);
    }
  },
};

/** Files that the prompt names: rows of tests, and a schema. */
function companions({ file, yaml }: RuleContext): { pointer: string; path: string }[] {
  return [
    { pointer: '/tests', name: member(yaml.value, 'tests') },
    { pointer: '/jsonSchema', name: member(member(yaml.value, 'jsonSchema'), '$ref') },
  ].flatMap(({ pointer, name }) =>
    typeof name === 'string' && !name.startsWith('#')
      ? [{ pointer, path: posix.normalize(posix.join(posix.dirname(file.file), name)) }]
      : [],
  );
}

function secretsOf(path: string, { workspace }: RuleContext): { name: string; start: number; line: number }[] {
  const content = workspace.source.read([path]).get(path);
  if (!content || !('bytes' in content) || content.bytes.length > MAX_BYTES) return [];
  const { text } = decode(content.bytes);
  return findSecrets(text).map(({ name, start }) => ({ name, start, line: text.slice(0, start).split('\n').length }));
}
