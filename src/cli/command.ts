import type { Terminal } from './terminal.ts';

/** A command: what `--help`, docs/cli.md and shell completion are made from, and what runs. Its name and summary stand in the registry. */
export interface Command {
  readonly arguments?: readonly Argument[];
  readonly options?: readonly Option[];
  readonly examples: readonly Example[];
  /** The names that `--format` takes, the default first; absent where there is one form only. */
  readonly formats?: readonly string[];
  run(context: Context): Promise<number> | number;
}

export interface Argument {
  /** As commander writes it: `<id>`, `[paths...]`. */
  readonly name: string;
  readonly description: string;
}

export interface Option {
  /** As commander writes it: `--against <ref>`, `-w, --watch`. */
  readonly flags: string;
  readonly description: string;
  /** May be given several times; the values come as a list. */
  readonly repeatable?: boolean;
  readonly choices?: readonly string[];
  readonly default?: string | boolean;
}

export interface Example {
  readonly command: string;
  readonly description: string;
}

/** What a command sees of the world. */
export interface Context {
  readonly args: readonly string[];
  readonly options: Options;
  /** The folder that paths are relative to: `-C`, else where the process started. */
  readonly cwd: string;
  readonly config: string | undefined;
  readonly formats: readonly FormatTarget[];
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly offline: boolean;
  readonly terminal: Terminal;
}

/** `--format json=report.json`: a name, and the file it goes to instead of stdout. */
export interface FormatTarget {
  readonly name: string;
  readonly path: string | undefined;
}

/** The options of a command by their long names in camelCase. */
export class Options {
  readonly #values: Readonly<Record<string, unknown>>;

  constructor(values: Readonly<Record<string, unknown>>) {
    this.#values = values;
  }

  flag(name: string): boolean {
    return this.#values[name] === true;
  }

  text(name: string): string | undefined {
    const value = this.#values[name];
    return typeof value === 'string' ? value : undefined;
  }

  list(name: string): readonly string[] {
    const value = this.#values[name];
    return Array.isArray(value) ? (value as string[]) : [];
  }

  /** True where the option was given at all, with or without a value. */
  has(name: string): boolean {
    return this.#values[name] !== undefined && this.#values[name] !== false;
  }
}
