import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readCommon } from '../../src/workspace/yaml/common.ts';
import { fromLibrary, shortTexts, yamlText } from '../workspace/yaml-text.ts';

it('the quick reader of YAML reads 500 000 generated documents as the library does, or leaves them to it', () => {
  let taken = 0;
  fc.assert(
    fc.property(yamlText, (text) => {
      const common = readCommon(text);
      if (!common) return;
      taken++;
      expect({ text, ...common, problems: [] }).toEqual({ text, ...fromLibrary(text) });
    }),
    { numRuns: 500_000 },
  );
  console.log(`read ${taken} of 500 000`);
  expect(taken).toBeGreaterThan(25_000);
});

it('the quick reader of YAML reads every text of up to four signs as the library does, wherever it stands', () => {
  let taken = 0;
  let count = 0;
  for (const text of shortTexts(4)) {
    count++;
    const common = readCommon(text);
    if (!common) continue;
    taken++;
    expect({ text, ...common, problems: [] }).toEqual({ text, ...fromLibrary(text) });
  }
  console.log(`read ${taken} of ${count}`);
  expect(taken).toBeGreaterThan(20_000);
});
