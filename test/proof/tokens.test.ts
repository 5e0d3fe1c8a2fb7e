import { beforeAll, describe, expect, it } from 'vitest';
import { countTokens, decode, encode } from '../../src/tokens/bpe/index.ts';
import { fuzzStrings } from '../tokens/fuzz-strings.ts';
import { ORACLE_ENCODINGS, isFairToJsTiktoken, jsOracle, wasmOracle } from '../tokens/oracles.ts';
import { buildTokenTables } from '../tokens/tables.ts';

beforeAll(buildTokenTables);

describe('100 000 fuzz strings', () => {
  it.each(ORACLE_ENCODINGS)(
    '%s: no difference from tiktoken (WASM), nor from js-tiktoken where that follows the reference',
    (encoding) => {
      const wasm = wasmOracle(encoding);
      const js = jsOracle(encoding);
      const different: string[] = [];
      let fair = 0;
      for (const text of fuzzStrings(1, 100_000)) {
        const ids = encode(text, encoding);
        const isFair = isFairToJsTiktoken(text);
        if (isFair) fair++;
        const isSame =
          same(ids, wasm(text)) &&
          countTokens(text, encoding) === ids.length &&
          decode(ids, encoding) === text &&
          (!isFair || same(ids, js(text)));
        if (!isSame) different.push(text);
      }
      expect(different).toEqual([]);
      expect(fair).toBeGreaterThan(40_000);
    },
    1_200_000,
  );
});

function same(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index]);
}
