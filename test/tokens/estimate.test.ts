import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateTokens, scriptRuns } from '../../src/tokens/estimate/index.ts';
import type { EstimateFamily } from '../../src/tokens/estimate/index.ts';
import { countTokens } from '../../src/tokens/bpe/index.ts';

interface Counted {
  readonly name: string;
  readonly text: string;
  readonly tokens: Readonly<Partial<Record<EstimateFamily, number>>>;
}

/** Counts under the real vocabularies; the file says with which packages they were made. */
const { counts }: { counts: Counted[] } = JSON.parse(readFileSync('test/fixtures/tokens/estimate/counts.json', 'utf8'));

const FAMILIES = [
  'claude',
  'claude-2026',
  'gemini',
  'llama-2',
  'llama-3',
  'mistral',
  'mistral-tekken',
  'qwen',
  'deepseek',
  'generic',
] as const;

const samples = counts.flatMap(({ name, text, tokens }) =>
  FAMILIES.flatMap((family) => {
    const actual = tokens[family];
    if (actual === undefined) return [];
    const estimate = estimateTokens(text, family);
    return [{ name, family, actual, estimate, off: Math.abs(estimate.tokens - actual) / actual }];
  }),
);

describe('estimateTokens against the published vocabularies', () => {
  it('is within its stated error on nine of ten texts', () => {
    const outside = samples.filter(({ off, estimate }) => off > estimate.error);
    expect(samples.length).toBeGreaterThan(100);
    expect(outside.length / samples.length, JSON.stringify(outside)).toBeLessThan(0.1);
  });

  it('is never twice its stated error off', () => {
    expect(samples.filter(({ off, estimate }) => off > 2 * estimate.error)).toEqual([]);
  });

  it('is within 8 % on prompts, code and JSON', () => {
    const everyday = samples.filter(({ name }) => !name.startsWith('udhr'));
    expect(everyday.length).toBeGreaterThan(20);
    expect(everyday.filter(({ off }) => off > 0.08)).toEqual([]);
  });

  it('is nearer than characters divided by four in every script', () => {
    for (const { name, text, tokens } of counts.filter((counted) => /cmn|jpn|kor|tha|hin|arb|rus/.test(counted.name))) {
      const guess = Math.abs(text.length / 4 - tokens['gemini']!);
      expect(Math.abs(estimateTokens(text, 'gemini').tokens - tokens['gemini']!), name).toBeLessThan(guess);
    }
  });
});

describe('estimateTokens for Claude', () => {
  const english = counts.find(({ name }) => name === 'udhr eng')!.text;
  const chinese = counts.find(({ name }) => name === 'udhr cmn_hans')!.text;
  const typescript = counts.find(({ name }) => name === 'typescript')!.text;

  it('is 1.1 to 1.3 times o200k on English and code, as measured at count_tokens', () => {
    for (const text of [english, typescript]) {
      const ratio = estimateTokens(text, 'claude').tokens / countTokens(text, 'o200k_base');
      expect(ratio).toBeGreaterThan(1.1);
      expect(ratio).toBeLessThan(1.3);
    }
  });

  it('is about a third more from Opus 4.7 on in English, and hardly more in Chinese', () => {
    expect(estimateTokens(english, 'claude-2026').tokens / estimateTokens(english, 'claude').tokens).toBeCloseTo(
      1.36,
      1,
    );
    expect(estimateTokens(chinese, 'claude-2026').tokens / estimateTokens(chinese, 'claude').tokens).toBeLessThan(1.02);
  });
});

describe('every estimate', () => {
  it.each(FAMILIES)('of %s names its formula, source and error', (family) => {
    const { formula, source, error, tokens } = estimateTokens('Summarise the ticket in two sentences.', family);
    expect(formula).toContain(family);
    expect(source).not.toBe('');
    expect(error).toBeGreaterThan(0);
    expect(tokens).toBeGreaterThan(5);
  });

  it('of nothing is nothing', () => {
    expect(estimateTokens('', 'claude')).toMatchObject({ tokens: 0, error: 0 });
  });

  it('counts every digit where the vocabulary has no longer numbers', () => {
    expect(estimateTokens('7'.repeat(300), 'gemini').tokens).toBeGreaterThan(270);
    expect(estimateTokens('7'.repeat(300), 'llama-3').tokens).toBeLessThan(110);
  });

  it('is a whole number that is not negative, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.constantFrom(...FAMILIES), (text, family) => {
        const { tokens, error } = estimateTokens(text, family);
        return Number.isInteger(tokens) && tokens >= 0 && error >= 0 && error < 1;
      }),
    );
  });
});

describe('scriptRuns', () => {
  it('cuts where the script changes', () => {
    expect(
      scriptRuns("Order 66, bitte schön. Don't: 日本語テスト👍🏽").map(({ script, text }) => `${script}|${text}`),
    ).toEqual([
      'english|Order',
      'symbols| ',
      'digits|66',
      'symbols|,',
      'latin| bitte schön',
      'symbols|.',
      "english| Don't",
      'symbols|:',
      'han| 日本語',
      'kana|テスト',
      'emoji|👍🏽',
    ]);
  });

  it('loses nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        expect(
          scriptRuns(text)
            .map((run) => run.text)
            .join(''),
        ).toBe(text);
      }),
    );
    expect(
      scriptRuns('a\uD800b')
        .map((run) => run.text)
        .join(''),
    ).toBe('a\uD800b');
  });
});
