import { rules } from '../../lint/index.ts';
import { rulePage } from '../../report/rule-page.ts';
import { nearest } from '../../runtime/index.ts';
import type { Command } from '../command.ts';
import { EXIT, usage } from '../exit.ts';

export const command: Command = {
  arguments: [{ name: '<rule>', description: 'the id of a rule' }],
  examples: [
    {
      command: 'promptctl explain security/untrusted-in-system',
      description: 'why it matters, with a bad and a good file',
    },
  ],
  run: (context) => {
    const [id = ''] = context.args;
    const rule = rules.find((candidate) => candidate.id === id);
    if (!rule) {
      const near = nearest(
        id,
        rules.map((candidate) => candidate.id),
      );
      throw usage(`There is no rule \`${id}\``, near ? `did you mean \`${near}\`?` : '`promptctl rules` lists them');
    }
    context.terminal.out(rulePage(rule));
    return EXIT.fine;
  },
};
