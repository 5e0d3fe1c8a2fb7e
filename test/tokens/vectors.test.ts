import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Encoding, countTokens, decode, encode } from '../../src/tokens/bpe/index.ts';
import { buildTokenTables } from './tables.ts';

const VECTORS = new URL('../../../shared/vectors/tokens/vectors.json', import.meta.url);

interface Vector {
  readonly encoding: string;
  readonly text: string;
  readonly tokens: readonly number[];
  readonly allowedSpecial: 'none' | 'all';
}

/** Encodings with the ranks of one we have; they differ in their special tokens. */
const SAME_RANKS: Readonly<Record<string, Encoding>> = { gpt2: 'r50k_base', p50k_edit: 'p50k_base' };

beforeAll(buildTokenTables);

/** From tiktoken 0.14.0, `encode_ordinary`. */
describe('what tiktoken gives', () => {
  it.each<[Encoding, string, number[]]>([
    ['cl100k_base', 'hello world', [15339, 1917]],
    ['cl100k_base', ' \u00850', [220, 126, 227, 15]],
    ['cl100k_base', '  \n  ', [2355, 256]],
    ['cl100k_base', ' \n \n ', [33006, 220]],
    ['cl100k_base', '\r\n\r\n', [881]],
    ['r50k_base', 'hello world', [31373, 995]],
  ])('%s of %j', (encoding, text, tokens) => {
    expect(encode(text, encoding)).toEqual(tokens);
  });
});

describe.skipIf(!existsSync(VECTORS))('the shared vectors', () => {
  it('no difference', () => {
    const { vectors } = JSON.parse(readFileSync(VECTORS, 'utf8')) as { vectors: Vector[] };
    expect(vectors.length).toBeGreaterThan(700);
    for (const { encoding, text, tokens, allowedSpecial } of vectors) {
      const name = SAME_RANKS[encoding] ?? (encoding as Encoding);
      if (allowedSpecial === 'none') {
        expect(encode(text, name), `${encoding} ${JSON.stringify(text)}`).toEqual(tokens);
        expect(countTokens(text, name)).toBe(tokens.length);
      }
      expect(decode(tokens, name)).toBe(Buffer.from(text).toString());
    }
  });
});

if (!existsSync(VECTORS)) console.log('shared vectors are not here: only the ones in this file were run');
