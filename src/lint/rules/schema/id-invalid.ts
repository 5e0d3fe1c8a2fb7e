import { pointerTo } from '../../../model/index.ts';
import { idProblem } from '../../../workspace/index.ts';
import { promptRule, type Rule } from '../../rule.ts';
import { absence } from '../absence.ts';

export const idInvalid: Rule = promptRule({
  id: 'schema/id-invalid',
  severity: 'error',
  preset: 'minimal',
  summary: 'An id, or a former id, that can’t stand.',
  why: 'An id is a path in bundles, a name in code and part of a git tag. Blanks, capitals, `..` or a final `.lock` break at least one of them. Where `id:` is left out, it is the path under the root without its ending, held to the same rule: letters in lower case, digits, `-`, `_` and `.`, in parts between slashes.',
  examples: {
    bad: [
      { text: 'promptctl: 1\nid: Support/Ticket Triage\nmessages:\n  - role: user\n    content: Hello\n', line: 2 },
      {
        text: 'promptctl: 1\nid: support/triage\naliases:\n  - support/../triage\nmessages:\n  - role: user\n    content: Hello\n',
        line: 4,
      },
      {
        file: 'prompts/Support/Ticket Triage.prompt.yml',
        text: 'promptctl: 1\nmessages:\n  - role: user\n    content: Hello\n',
        line: 1,
      },
    ],
    good: [
      { text: 'promptctl: 1\nid: support/triage_v2.1\nmessages:\n  - role: user\n    content: Hello\n' },
      { file: 'prompts/Ticket Triage (v2).prompt.yml', text: 'messages:\n  - role: user\n    content: Hello\n' },
    ],
  },
  check: ({ prompt, yaml, report }) => {
    const problem = idProblem(prompt.id);
    if (problem) {
      const declared = yaml.node('/id') !== undefined;
      report({
        message: declared
          ? `\`${prompt.id}\` can’t be an id: ${problem}`
          : `The path gives the id \`${prompt.id}\`, which can’t be one: ${problem}`,
        help: declared ? 'for a new name keep the old one under `aliases:`' : 'write an `id:`, or rename the file',
        at: declared ? { pointer: '/id' } : absence(yaml, 'id'),
      });
    }
    for (const [at, alias] of prompt.aliases.entries()) {
      const wrong = idProblem(alias);
      if (wrong)
        report({ message: `\`${alias}\` can’t be an id: ${wrong}`, at: { pointer: pointerTo('/aliases', at) } });
    }
  },
});
