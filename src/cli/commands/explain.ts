import { changeKinds } from '../../diff/index.ts';
import { rules } from '../../lint/index.ts';
import { changePage } from '../../report/change-page.ts';
import { rulePage } from '../../report/rule-page.ts';
import { nearest } from '../../runtime/index.ts';
import type { Command } from '../command.ts';
import { EXIT, usage } from '../exit.ts';

export const command: Command = {
  arguments: [{ name: '<name>', description: 'a lint rule, or a kind of change' }],
  examples: [
    {
      command: 'promptctl explain security/untrusted-in-system',
      description: 'why it matters, with a bad and a good file',
    },
    { command: 'promptctl explain output-widened', description: 'what such a change asks of the version, and why' },
  ],
  run: (context) => {
    const [name = ''] = context.args;
    context.terminal.out(pageOf(name));
    return EXIT.fine;
  },
};

function pageOf(name: string): string {
  const rule = rules.find(({ id }) => id === name);
  if (rule) return rulePage(rule);
  const kind = changeKinds.find((candidate) => candidate.kind === name);
  if (kind) return changePage(kind);
  const near = nearest(name, [...rules.map(({ id }) => id), ...changeKinds.map((candidate) => candidate.kind)]);
  throw usage(
    `There is no rule and no kind of change \`${name}\``,
    near ? `did you mean \`${near}\`?` : '`promptctl rules` lists the rules',
  );
}
