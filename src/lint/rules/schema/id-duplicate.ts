import { pointerTo } from '../../../model/index.ts';
import { promptRule, type Rule } from '../../rule.ts';
import { absence } from '../absence.ts';

const OTHER = 'promptctl: 1\nid: support/triage\nmessages:\n  - role: user\n    content: Hello\n';

export const idDuplicate: Rule = promptRule({
  id: 'schema/id-duplicate',
  severity: 'error',
  preset: 'minimal',
  summary: 'Two files with one id.',
  why: 'A bundle holds one prompt an id. Of two files with the same id one would win by chance, and a review of the other would change nothing. Former ids in `aliases` count. It is told in each of the files, at its `id:` or alias, or at the first key where the id is the path.',
  examples: {
    bad: [
      {
        file: 'prompts/support/sort.prompt.yml',
        text: OTHER,
        files: { 'prompts/support/triage.prompt.yml': OTHER },
        line: 2,
      },
      {
        file: 'prompts/support/sort.prompt.yml',
        text: 'promptctl: 1\naliases: [support/triage]\nmessages:\n  - role: user\n    content: Hello\n',
        files: { 'prompts/support/triage.prompt.yml': OTHER },
        line: 2,
      },
    ],
    good: [
      {
        file: 'prompts/billing/triage.prompt.yml',
        text: OTHER.replace('support', 'billing'),
        files: { 'prompts/support/triage.prompt.yml': OTHER },
      },
    ],
  },
  check: ({ prompt, yaml, facts, report }) => {
    const other = (id: string): string | undefined => facts.filesById.get(id)?.find((file) => file !== prompt.file);
    const taken = other(prompt.id);
    if (taken !== undefined)
      report({
        message: `\`${prompt.id}\` is also the id, or a former id, of ${taken}`,
        help: 'give one of the two another `id:`',
        at: yaml.node('/id') ? { pointer: '/id' } : absence(yaml, 'id'),
      });
    for (const [at, alias] of prompt.aliases.entries()) {
      const owner = other(alias);
      if (owner !== undefined && alias !== prompt.id)
        report({
          message: `\`${alias}\` is also the id, or a former id, of ${owner}`,
          at: { pointer: pointerTo('/aliases', at) },
        });
    }
  },
});
