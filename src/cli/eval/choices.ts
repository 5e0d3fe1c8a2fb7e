import type { Context } from '../command.ts';
import { usage } from '../exit.ts';

/** What of the command line decides which answers a run is made of: kept in its journal, so that `--resume` need not repeat it. */
export interface Choices {
  readonly ids: readonly string[];
  readonly filter?: string;
  readonly epochs: number;
  readonly reducer: string;
  readonly shard?: { readonly index: number; readonly of: number };
  readonly githubExact: boolean;
  /** The ref, and the commit it stood for when the run began. */
  readonly baseline?: { readonly ref: string; readonly commit: string };
  /** The run whose failures are run again. */
  readonly onlyFailed?: string;
  readonly rescore?: string;
  readonly provider?: string;
  readonly record: boolean;
  readonly replay: 'off' | 'on' | 'strict';
  /** Asked by the providers' batch APIs; a journal of before they were knows no such thing. */
  readonly batch?: boolean;
}

export function choicesOf(context: Context): Choices {
  const { options } = context;
  const epochs = options.has('epochs') ? wholeOf(context, 'epochs', 1) : 1;
  const filter = options.text('filter');
  const shard = options.text('shard');
  const rescore = options.text('rescore');
  const provider = options.text('provider');
  const replay = replayOf(context);
  if (replay.mode !== 'off' && options.flag('record')) throw usage('--record and --replay contradict each other');
  const kept = context.offline && replay.mode !== 'on' ? (options.flag('record') ? 'off' : 'strict') : replay.mode;
  if (options.flag('batch') && kept === 'strict')
    throw usage('--batch asks the provider, and only recorded answers count here', 'leave one of the two out');
  if (options.flag('batch') && rescore !== undefined)
    throw usage('--batch asks the provider, and --rescore asks nobody', 'leave one of the two out');
  return {
    ids: [...context.args, ...replay.ids],
    ...(filter === undefined ? {} : { filter }),
    epochs,
    reducer: options.text('reducer') ?? 'mean',
    ...(shard === undefined ? {} : { shard: shardOf(shard) }),
    githubExact: options.flag('githubExact'),
    ...(rescore === undefined ? {} : { rescore }),
    ...(provider === undefined ? {} : { provider }),
    record: options.flag('record'),
    replay: kept,
    ...(options.flag('batch') ? { batch: true } : {}),
  };
}

/** `--replay` takes `strict` alone; any other word after it is the id of a prompt. */
function replayOf({ options }: Context): { readonly mode: Choices['replay']; readonly ids: readonly string[] } {
  if (!options.has('replay')) return { mode: 'off', ids: [] };
  const word = options.text('replay');
  if (word === 'strict') return { mode: 'strict', ids: [] };
  return { mode: 'on', ids: word === undefined ? [] : [word] };
}

function shardOf(text: string): { readonly index: number; readonly of: number } {
  const [, index, of] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  const shard = { index: Number(index), of: Number(of) };
  if (index === undefined || shard.index < 1 || shard.index > shard.of)
    throw usage(`--shard ${text} is no i/n with 1 <= i <= n`, 'such as --shard 2/4');
  return shard;
}

/** A whole number of at least `least`. */
export function wholeOf(context: Context, name: string, least: number): number {
  const value = numberOf(context, name, least, Infinity);
  if (!Number.isInteger(value)) throw usage(`${flagOf(name)} must be a whole number, not ${value}`);
  return value;
}

export function numberOf({ options }: Context, name: string, least: number, most: number): number {
  const text = options.text(name) ?? '';
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < least || value > most) {
    throw usage(
      `${flagOf(name)} must be a number ${most === Infinity ? `of at least ${least}` : `from ${least} to ${most}`}, not ${JSON.stringify(text)}`,
    );
  }
  return value;
}

function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
