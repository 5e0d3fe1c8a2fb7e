import { nearest } from '../../runtime/index.ts';
import type { Pattern } from './split/index.ts';

/** How an encoding's tables are found and which pattern cuts its text. */
export interface EncodingSpec {
  /** Name of the file in dist/tokens that holds the tables, without `.bin`. */
  readonly file: string;
  /** Ids from here on are not in the vocabulary; r50k_base is the first 50 256 ranks of p50k_base. */
  readonly size: number;
  readonly pattern: Pattern;
  /** Only `decode` knows these: in text they are ordinary characters. */
  readonly specials: Readonly<Record<number, string>>;
}

const END_OF_TEXT = '<|endoftext|>';

const CL100K_SPECIALS = {
  100257: END_OF_TEXT,
  100258: '<|fim_prefix|>',
  100259: '<|fim_middle|>',
  100260: '<|fim_suffix|>',
  100276: '<|endofprompt|>',
};

const GPT2_SPECIALS = { 50256: END_OF_TEXT };

const O200K_SPECIALS = { 199999: END_OF_TEXT, 200018: '<|endofprompt|>' };

const HARMONY_SPECIALS = {
  ...reserved(200000, 201088),
  ...O200K_SPECIALS,
  199998: '<|startoftext|>',
  200002: '<|return|>',
  200003: '<|constrain|>',
  200005: '<|channel|>',
  200006: '<|start|>',
  200007: '<|end|>',
  200008: '<|message|>',
  200012: '<|call|>',
};

/** Name of an OpenAI encoding this room can count exactly. */
export type Encoding = 'o200k_base' | 'o200k_harmony' | 'cl100k_base' | 'p50k_base' | 'r50k_base';

const SPECS: Readonly<Record<Encoding, EncodingSpec>> = {
  o200k_base: { file: 'o200k_base', size: 199998, pattern: 'o200k', specials: O200K_SPECIALS },
  o200k_harmony: { file: 'o200k_base', size: 199998, pattern: 'o200k', specials: HARMONY_SPECIALS },
  cl100k_base: { file: 'cl100k_base', size: 100256, pattern: 'cl100k', specials: CL100K_SPECIALS },
  p50k_base: { file: 'p50k_base', size: 50281, pattern: 'gpt2', specials: GPT2_SPECIALS },
  r50k_base: { file: 'p50k_base', size: 50256, pattern: 'gpt2', specials: GPT2_SPECIALS },
};

/** Every encoding, the newest first. */
export const ENCODINGS: readonly Encoding[] = Object.keys(SPECS) as Encoding[];

/** Whether `name` is an encoding that `encode`, `decode` and `countTokens` accept. */
export function isEncoding(name: string): name is Encoding {
  return Object.hasOwn(SPECS, name);
}

/** The encoding's description; for an unknown one throws a RangeError that names the nearest. */
export function specOf(name: string): EncodingSpec {
  if (isEncoding(name)) return SPECS[name];
  const meant = nearest(name, ENCODINGS);
  throw new RangeError(
    `Unknown encoding '${name}'.${meant ? ` Did you mean '${meant}'?` : ''} Known: ${ENCODINGS.join(', ')}.`,
  );
}

function reserved(from: number, to: number): Record<number, string> {
  const names: Record<number, string> = {};
  for (let id = from; id < to; id++) names[id] = `<|reserved_${id}|>`;
  return names;
}
