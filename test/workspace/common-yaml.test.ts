import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCommon } from '../../src/workspace/yaml/common.ts';
import { sharedFolder } from '../support/shared.ts';
import { fromLibrary, shortTexts, yamlText } from './yaml-text.ts';

/** What the quick reader takes, it must read as the library does: value, offsets, styles, and nothing to complain of. */
function agrees(text: string): boolean {
  const common = readCommon(text);
  if (!common) return false;
  expect({ text, ...common, problems: [] }).toEqual({ text, ...fromLibrary(text) });
  return true;
}

function yamlFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.ya?ml$/.test(path))
    .map((path) => readFileSync(`${folder}/${path}`, 'utf8'));
}

describe('the quick reader of common YAML', () => {
  it('reads every prompt of the starter, as the library does', () => {
    const prompts = yamlFiles('templates').filter((text) => text.includes('promptctl: 1'));
    expect(prompts.length).toBeGreaterThan(3);
    for (const text of prompts) expect(agrees(text)).toBe(true);
  });

  const corpus = sharedFolder('corpus');
  it.skipIf(corpus === undefined)('reads four of five public prompts, as the library does', () => {
    const texts = yamlFiles(`${corpus!}/github-models`);
    expect(texts.filter(agrees).length / texts.length).toBeGreaterThan(0.8);
  });

  it('reads generated documents as the library does', () => {
    let taken = 0;
    fc.assert(
      fc.property(yamlText, (text) => {
        if (agrees(text)) taken++;
      }),
      { numRuns: 20_000 },
    );
    expect(taken).toBeGreaterThan(1000);
  });

  it('reads every text of up to three signs as the library does, wherever it stands', () => {
    let taken = 0;
    for (const text of shortTexts(3)) if (agrees(text)) taken++;
    expect(taken).toBeGreaterThan(2000);
  });

  it.each([
    ['an anchor', 'a: &b c\n'],
    ['an alias', 'a: *b\n'],
    ['a tag', 'a: !t b\n'],
    ['a folded block', 'a: >\n  b\n'],
    ['a kept block', 'a: |+\n  b\n\n'],
    ['a stated indentation', 'a: |2\n   b\n'],
    ['text over two lines', 'a: b\n  c\n'],
    ['quotes over two lines', 'a: "b\n  c"\n'],
    ['two documents', 'a: b\n---\nc: d\n'],
    ['a directive', '%YAML 1.1\n'],
    ['a duplicate key', 'a: b\na: c\n'],
    ['a duplicate key in braces', 'a: { b: c, b: d }\n'],
    ['a placeholder without quotes', 'a: {{b}}\n'],
    ['a key without a value', 'a:\nb: c\n'],
    ['a key without a value in braces', 'a: { b }\n'],
    ['a comment that may be cut text', 'a: see #12\n'],
    ['a comment with a placeholder', 'a: b # {{c}}\n'],
    ['a comment deeper than what follows', 'a:\n  b: c\n    # d\n'],
    ['a prototype', '__proto__: { a: b }\n'],
    ['a tab', 'a:\tb\n'],
    ['a carriage return', 'a: b\r\n'],
    ['a byte-order mark', '\ufeffa: b\n'],
    ['a number of many digits', 'a: 12345678901234567890\n'],
    ['a hexadecimal number', 'a: 0x1f\n'],
    ['a merge', '<<: { a: b }\n'],
    ['a wrong indentation', 'a:\n    b: c\n  d: e\n'],
    ['text after a quote', 'a: "b" c\n'],
    ['sixty-five levels', `a: ${'['.repeat(65)}${']'.repeat(65)}\n`],
    ['a bracket that is never closed', 'a: [b, c\n'],
    ['a block mapping on the line of its key', 'a: b: c\n'],
    ['plain text alone', 'a\n'],
    ['nothing', ''],
  ])('leaves %s to the library', (_, text) => {
    expect(readCommon(text)).toBeUndefined();
  });
});
