import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command as Commander, CommanderError, Option as CommanderOption } from 'commander';
import { VERSION } from '../model/index.ts';
import { nearest } from '../runtime/index.ts';
import { type Command, type Context, type FormatTarget, Options } from './command.ts';
import { type CommandEntry, commands } from './commands/index.ts';
import { EXIT, usage } from './exit.ts';
import { type ColorChoice, processTerminal, write } from './terminal.ts';

const INTRO = 'Prompts as code: lint, count, render, evaluate, compare, version and compile a folder of YAML prompts.';

/** Parses the arguments with commander, loads the one command that they name, and runs it. */
export async function run(argv: readonly string[]): Promise<number> {
  const word = commandWord(argv);
  const entry = word === undefined ? undefined : findCommand(word);
  if (entry && !('load' in entry) && word !== 'help') {
    throw usage(
      `There is no command \`${word}\``,
      entry.near ? `did you mean \`promptctl ${entry.near}\`?` : '`promptctl --help` lists them',
    );
  }
  let exitCode: number = EXIT.fine;
  const program = programFor(
    entry && 'load' in entry ? entry : undefined,
    entry && 'load' in entry ? (await entry.load()).command : undefined,
    (code) => {
      exitCode = code;
    },
  );
  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Commander has written its message; help and version are no failures.
    return error.exitCode === 0 ? EXIT.fine : EXIT.usage;
  }
  return exitCode;
}

/** The program with every command's name, and the arguments and options of the one that is asked for. */
export function programFor(
  asked: CommandEntry | undefined,
  command: Command | undefined,
  done: (code: number) => void,
): Commander {
  const program = withGlobals(new Commander('promptctl').description(INTRO).version(VERSION));
  // Straight to the descriptors: the process's own streams would load the network modules to print a help.
  program.configureOutput({ writeOut: (text) => write(1, text), writeErr: (text) => write(2, text) });
  program.exitOverride().showHelpAfterError('(run with --help for the way it is used)').showSuggestionAfterError();
  program.helpCommand('help [command]', 'show the help of a command');
  for (const entry of commands) {
    const sub = program.command(entry.name).summary(entry.summary).description(sentence(entry.summary));
    for (const alias of entry.aliases ?? []) sub.alias(alias);
    sub.exitOverride();
    if (entry === asked && command) declare(sub, command, done);
  }
  program.addHelpText('after', '\nRun `promptctl <command> --help` for its options and examples.');
  program.action(() => program.help());
  return program;
}

function declare(sub: Commander, command: Command, done: (code: number) => void): void {
  for (const argument of command.arguments ?? []) sub.argument(argument.name, argument.description);
  for (const option of command.options ?? []) {
    const declared = new CommanderOption(option.flags, option.description);
    if (option.choices) declared.choices(option.choices);
    if (option.default !== undefined) declared.default(option.default);
    if (option.repeatable) declared.argParser(collect);
    sub.addOption(declared);
  }
  withGlobals(sub, command.formats);
  const examples = command.examples.map(({ command: line, description }) => `  $ ${line}\n      ${description}`);
  sub.addHelpText('after', `\nExamples:\n${examples.join('\n')}`);
  sub.action(async (...given: unknown[]) => {
    const self = given.at(-1) as Commander;
    done(await command.run(contextOf(self, command)));
  });
}

function withGlobals(command: Commander, formats?: readonly string[]): Commander {
  const names = formats ? `: ${formats.join(', ')}` : '';
  return command
    .addOption(new CommanderOption('-C <dir>', 'work in this folder'))
    .addOption(new CommanderOption('--config <file>', 'the configuration, instead of the promptctl.yaml found'))
    .addOption(
      new CommanderOption(
        '--format <name[=path]>',
        `output format${names}; with a path, to that file (repeatable)`,
      ).argParser(collect),
    )
    .addOption(new CommanderOption('--json', 'the same as --format json'))
    .addOption(new CommanderOption('--color <when>', 'colour the output').choices(['auto', 'always', 'never']))
    .addOption(new CommanderOption('-q, --quiet', 'no notes on stderr'))
    .addOption(new CommanderOption('--verbose', 'more notes on stderr'))
    .addOption(new CommanderOption('--offline', 'open no connection'));
}

function contextOf(sub: Commander, command: Command): Context {
  const values = sub.optsWithGlobals<Record<string, unknown>>();
  const quiet = values['quiet'] === true;
  const given = Array.isArray(values['format']) ? (values['format'] as string[]) : [];
  const formats = [...given, ...(values['json'] === true ? ['json'] : [])].map((text) =>
    formatTarget(text, command.formats ?? []),
  );
  return {
    args: sub.args,
    options: new Options(values),
    cwd: workingFolder(values['C']),
    config: typeof values['config'] === 'string' ? values['config'] : undefined,
    formats,
    quiet,
    verbose: values['verbose'] === true,
    offline: values['offline'] === true,
    terminal: processTerminal((values['color'] as ColorChoice | undefined) ?? 'auto', quiet),
  };
}

function workingFolder(named: unknown): string {
  if (typeof named !== 'string') return resolve('.');
  const folder = resolve(named);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw usage(`-C ${named} is no folder`);
  return folder;
}

function formatTarget(text: string, known: readonly string[]): FormatTarget {
  const cut = text.indexOf('=');
  const name = cut < 0 ? text : text.slice(0, cut);
  if (!known.includes(name)) {
    throw usage(
      `This command has no format \`${name}\``,
      known.length > 0 ? `it has ${known.join(', ')}` : 'it has one form only',
    );
  }
  return { name, path: cut < 0 ? undefined : text.slice(cut + 1) };
}

/** The first word that is neither an option nor the value of one. */
function commandWord(argv: readonly string[]): string | undefined {
  const takesValue = new Set(['-C', '--config', '--format', '--color']);
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at]!;
    if (word === '--') return argv[at + 1];
    if (!word.startsWith('-')) return word === 'help' ? (argv[at + 1] ?? undefined) : word;
    if (takesValue.has(word)) at++;
  }
  return undefined;
}

function sentence(summary: string): string {
  return `${summary[0]!.toUpperCase()}${summary.slice(1)}.`;
}

/** The entry of a word that names a command, or what may have been meant. */
function findCommand(word: string): CommandEntry | { readonly near: string | undefined } {
  const found = commands.find((command) => command.name === word || command.aliases?.includes(word));
  return (
    found ?? {
      near: nearest(
        word,
        commands.flatMap((command) => [command.name, ...(command.aliases ?? [])]),
      ),
    }
  );
}

function collect(value: string, earlier: unknown): string[] {
  return [...(Array.isArray(earlier) ? (earlier as string[]) : []), value];
}
