import { SHELLS } from '../completion/shells.ts';
import { commandWords, type Listed } from '../completion/words.ts';
import type { Command } from '../command.ts';
import { EXIT, usage } from '../exit.ts';

/** The command over the registry that it stands in, which hands itself over. */
export function completionOf(commands: readonly Listed[]): Command {
  const names = Object.keys(SHELLS);
  return {
    arguments: [{ name: '<shell>', description: names.join(', ') }],
    examples: [
      {
        command: 'promptctl completion bash >> ~/.bashrc',
        description: 'commands, options and their words by the tab key',
      },
      {
        command: 'promptctl completion fish > ~/.config/fish/completions/promptctl.fish',
        description: 'the same for fish',
      },
    ],
    run: async (context) => {
      const [shell = ''] = context.args;
      if (!Object.hasOwn(SHELLS, shell))
        throw usage(`There is no completion for \`${shell}\``, `write ${names.join(', ')}`);
      context.terminal.out(SHELLS[shell]!(await commandWords(commands)));
      return EXIT.fine;
    },
  };
}
