import { createHash } from 'node:crypto';
import { assert, constantFrom, property, string } from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { ENCODINGS, type Encoding, countTokens, decode, encode, isEncoding } from '../../src/tokens/bpe/index.ts';
import { fuzzStrings } from './fuzz-strings.ts';
import { ORACLE_ENCODINGS, isFairToJsTiktoken, jsOracle, wasmOracle } from './oracles.ts';
import { buildTokenTables } from './tables.ts';

beforeAll(buildTokenTables);

describe('against the reference', () => {
  it.each(ORACLE_ENCODINGS)('%s gives the ids that tiktoken (WASM) and js-tiktoken give', (encoding) => {
    const wasm = wasmOracle(encoding);
    const js = jsOracle(encoding);
    const different: string[] = [];
    let compared = 0;
    for (const text of fuzzStrings(2, 500)) {
      const ids = encode(text, encoding).join();
      const isFair = isFairToJsTiktoken(text);
      if (isFair) compared++;
      const isSame = ids === wasm(text).join() && (!isFair || ids === js(text).join());
      if (!isSame || countTokens(text, encoding) !== encode(text, encoding).length) different.push(text);
    }
    expect(different).toEqual([]);
    expect(compared).toBeGreaterThan(200);
  });

  it.each(ORACLE_ENCODINGS)('%s cuts a text longer than a chunk where the reference does', (encoding) => {
    const wasm = wasmOracle(encoding);
    for (let seed = 0; seed < 2; seed++) {
      const text = [...fuzzStrings(seed, 3000)].join(seed % 2 === 0 ? ' ' : '');
      expect(text.length).toBeGreaterThan(30_000);
      const ids = encode(text, encoding);
      expect(ids.length).toBe(countTokens(text, encoding));
      expect(ids.join() === wasm(text).join()).toBe(true);
    }
  });

  it.each(['a', ' ', '\n', '中', 'ا', '=', '0', 'ab', "'s", '🎉', '\u0301', 'aA'])('long runs of %j', (unit) => {
    for (const encoding of ORACLE_ENCODINGS) {
      const wasm = wasmOracle(encoding);
      for (const length of [1, 7, 64, 255, 256, 1000]) {
        const text = `x${unit.repeat(length)}y`;
        expect(encode(text, encoding)).toEqual(wasm(text));
        expect(countTokens(text, encoding)).toBe(wasm(text).length);
      }
    }
  });

  it.each(ORACLE_ENCODINGS)(
    '%s counts as many again when it has seen the pieces, and after a piece longer than its window',
    (encoding) => {
      const texts = [...fuzzStrings(5, 3000)];
      const lengths = texts.map((text) => encode(text, encoding).length);
      for (let time = 0; time < 3; time++) {
        expect(texts.map((text) => countTokens(text, encoding))).toEqual(lengths);
        expect(countTokens(`${'ab'.repeat(60_000)} end`, encoding)).toBe(
          encode(`${'ab'.repeat(60_000)} end`, encoding).length,
        );
      }
    },
  );

  it.each(ORACLE_ENCODINGS)('%s: texts about as long as those that are turned to bytes by hand', (encoding) => {
    const wasm = wasmOracle(encoding);
    for (const unit of ['a', 'é', '中', '🎉', '\ud83d', "'s "]) {
      for (let length = 250; length <= 262; length++) {
        const text = `${'word '.repeat(60).slice(0, length - unit.length)}${unit}`;
        expect(encode(text, encoding)).toEqual(wasm(wellFormed(text)));
        expect(countTokens(text, encoding)).toBe(wasm(wellFormed(text)).length);
      }
    }
  });

  it('does not depend on the Unicode that Node knows: the same ids on every version', () => {
    const hash = createHash('sha256');
    for (const encoding of ENCODINGS) {
      for (const text of fuzzStrings(3, 500)) hash.update(`${encode(text, encoding).join()}\n`);
    }
    expect(hash.digest('hex')).toMatchInlineSnapshot(
      `"5ea5ac18a41593e4297bff981a4891f808c82c90a821278fe583e99d0d74b54e"`,
    );
  });
});

describe('decode', () => {
  it('gives back every well-formed string', () => {
    const encodings = constantFrom(...ENCODINGS);
    assert(
      property(string({ unit: 'binary', maxLength: 200 }), encodings, (text, encoding) => {
        expect(decode(encode(text, encoding), encoding)).toBe(text);
      }),
      { numRuns: 500 },
    );
    for (const text of fuzzStrings(4, 300)) {
      for (const encoding of ENCODINGS) expect(decode(encode(text, encoding), encoding)).toBe(text);
    }
  });

  it('knows the special tokens of each encoding', () => {
    expect(decode([200006, 173781, 200005, 17196, 200008, 3686, 200002], 'o200k_harmony')).toBe(
      '<|start|>assistant<|channel|>final<|message|>hi<|return|>',
    );
    expect(decode([15339, 220, 100257], 'cl100k_base')).toBe('hello <|endoftext|>');
    expect(decode([50256], 'r50k_base')).toBe('<|endoftext|>');
    expect(decode([199999, 200018], 'o200k_base')).toBe('<|endoftext|><|endofprompt|>');
  });

  it('refuses an id the encoding does not have', () => {
    expect(() => decode([200006], 'o200k_base')).toThrow(RangeError);
    expect(() => decode([-1], 'o200k_base')).toThrow(RangeError);
    expect(() => decode([0.5], 'o200k_base')).toThrow(RangeError);
    expect(() => decode([50257], 'r50k_base')).toThrow(RangeError);
  });

  it('makes U+FFFD of bytes that are no UTF-8', () => {
    const [first] = encode('\u{1f9ff}', 'r50k_base');
    expect(decode([first!], 'r50k_base')).toBe('\ufffd');
  });
});

describe('bad input', () => {
  it('takes a lone surrogate for U+FFFD, also where a chunk ends', () => {
    expect(encode('\ud83d', 'cl100k_base')).toEqual([5809]);
    for (const surrogate of ['\ud83d', '\ude00']) {
      const text = `a ${surrogate} b${surrogate}`;
      expect(encode(text, 'o200k_base')).toEqual(encode(wellFormed(text), 'o200k_base'));
    }
    for (let before = 16_380; before < 16_388; before++) {
      const text = `${'x '.repeat(before / 2)}${'x'.repeat(before % 2)}\ud83d\ude00\ud83d\ud83d\ude00 end`;
      expect(encode(text, 'o200k_base')).toEqual(encode(wellFormed(text), 'o200k_base'));
      expect(decode(encode(text, 'o200k_base'), 'o200k_base')).toBe(wellFormed(text));
    }
  });

  it('takes text that looks like a special token for text', () => {
    expect(encode('<|endoftext|>', 'cl100k_base')).toEqual([27, 91, 8862, 728, 428, 91, 29]);
    expect(countTokens('<|start|>', 'o200k_harmony')).toBe(encode('<|start|>', 'o200k_base').length);
  });

  it.each(['a', '\n', '中', '\u0000', '\u0378', 'Zq', '0'])('300 000 of %j in one piece', (unit) => {
    const text = unit.repeat(300_000);
    for (const encoding of ['o200k_base', 'r50k_base'] as const) {
      const ids = encode(text, encoding);
      expect(countTokens(text, encoding)).toBe(ids.length);
      expect(decode(ids, encoding) === text).toBe(true);
    }
  });

  it('no text is no tokens', () => {
    expect(encode('', 'o200k_base')).toEqual([]);
    expect(countTokens('', 'o200k_base')).toBe(0);
    expect(decode([], 'o200k_base')).toBe('');
  });

  it('names the nearest encoding for an unknown one', () => {
    expect(() => countTokens('hi', 'o200k' as Encoding)).toThrow(RangeError);
    expect(() => countTokens('hi', 'cl100k_bsae' as Encoding)).toThrow("Did you mean 'cl100k_base'?");
    expect(() => encode('hi', 'toString' as Encoding)).toThrow('Known: o200k_base');
    expect(isEncoding('toString')).toBe(false);
    expect(isEncoding('o200k_harmony')).toBe(true);
  });
});

/** The text with U+FFFD for lone surrogates. */
function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}
