import type { Command } from '../command.ts';

/** A command as the registry lists it. */
export interface Listed {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly summary: string;
  load(): Promise<{ readonly command: Command }>;
}

/** What may be written after a command. */
export interface CommandWords {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly summary: string;
  readonly options: readonly OptionWords[];
}

export interface OptionWords {
  readonly flags: readonly string[];
  readonly description: string;
  /** What it takes: one of these words, a path, or nothing. */
  readonly takes: readonly string[] | 'path' | undefined;
}

/** The options that every command has; those that take a word take a path where none is listed. */
const GLOBALS: readonly OptionWords[] = [
  { flags: ['-C'], description: 'work in this folder', takes: 'path' },
  { flags: ['--config'], description: 'the configuration', takes: 'path' },
  { flags: ['--json'], description: 'the same as --format json', takes: undefined },
  { flags: ['--color'], description: 'colour the output', takes: ['auto', 'always', 'never'] },
  { flags: ['-q', '--quiet'], description: 'no notes on stderr', takes: undefined },
  { flags: ['--verbose'], description: 'more notes on stderr', takes: undefined },
  { flags: ['--offline'], description: 'open no connection', takes: undefined },
  { flags: ['-h', '--help'], description: 'show the help', takes: undefined },
];

export async function commandWords(commands: readonly Listed[]): Promise<readonly CommandWords[]> {
  return Promise.all(
    commands.map(async ({ name, aliases = [], summary, load }) => {
      const { command } = await load();
      const own = (command.options ?? []).map(({ flags, description, choices }): OptionWords => {
        const words = flags.split(/[ ,|]+/);
        const takes = words.some((word) => /^[<[]/.test(word)) ? (choices ?? 'path') : undefined;
        return { flags: words.filter((word) => word.startsWith('-')), description, takes };
      });
      const formats: readonly OptionWords[] = command.formats
        ? [{ flags: ['--format'], description: 'output format', takes: command.formats }]
        : [];
      return { name, aliases, summary, options: [...own, ...formats, ...GLOBALS] };
    }),
  );
}
