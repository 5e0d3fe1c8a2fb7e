import { describe, expect, it } from 'vitest';
import {
  bleu,
  type BleuTokenizer,
  bleuTokenize,
  chrf,
  corpusGleu,
  gleu,
  levenshtein,
  levenshteinSimilarity,
  meteor,
  passAtK,
  passHatK,
  porterStem,
  rouge,
  rougeBlindShare,
  sentenceBleu,
  sentenceChrf,
  sentenceTer,
  squadExactMatch,
  squadF1,
  ter,
} from '../../src/metrics/index.ts';

const NO_TEXT = undefined as unknown as string;

describe('no references', () => {
  it.each<[string, () => unknown]>([
    ['sentenceBleu', () => sentenceBleu('paid', [])],
    ['bleu', () => bleu(['paid'], [[]])],
    ['sentenceChrf', () => sentenceChrf('paid', [])],
    ['sentenceTer', () => sentenceTer('paid', [])],
    ['rouge', () => rouge('paid', [])],
    ['meteor', () => meteor('paid', [])],
    ['gleu', () => gleu('paid', [])],
    ['squadExactMatch', () => squadExactMatch('paid', [])],
    ['squadF1', () => squadF1('paid', [])],
  ])('%s says so', (_, score) => {
    expect(score).toThrow(/at least one reference/);
  });
});

describe('a corpus that does not pair up', () => {
  it.each([bleu, chrf, ter, corpusGleu])('%o', (score) => {
    expect(() => score([], [])).toThrow(RangeError);
    expect(() => score(['one', 'two'], [['one']])).toThrow(/2 hypotheses/);
  });
});

describe('what is not a text', () => {
  it.each<[string, () => unknown]>([
    ['sentenceBleu', () => sentenceBleu(NO_TEXT, ['paid'])],
    ['bleu', () => bleu(['paid'], [[NO_TEXT]])],
    ['a string for the list', () => sentenceBleu('paid', 'paid' as unknown as string[])],
    ['rouge', () => rouge(NO_TEXT, ['paid'])],
    ['meteor', () => meteor([NO_TEXT], ['paid'])],
    ['squadF1', () => squadF1('paid', [NO_TEXT])],
    ['levenshtein', () => levenshtein('paid', NO_TEXT)],
    ['porterStem', () => porterStem(NO_TEXT)],
  ])('%s refuses it', (_, score) => {
    expect(score).toThrow(TypeError);
  });
});

describe('empty texts', () => {
  it.each([
    ['', 'something'],
    ['something', ''],
    ['', ''],
    ['!?', '...'],
    [' \n\t', 'something'],
  ])('%j against %j scores 0, without NaN', (hypothesis, reference) => {
    expect(sentenceBleu(hypothesis, [reference]).score).toBe(0);
    expect(sentenceBleu(hypothesis, [reference]).precisions.every(Number.isFinite)).toBe(true);
    expect(sentenceChrf(hypothesis, [reference]).score).toBe(0);
    expect(rouge(hypothesis, [reference]).rougeLsum).toEqual({ precision: 0, recall: 0, fmeasure: 0 });
    expect(meteor(hypothesis, [reference])).toBe(0);
    expect(gleu(hypothesis, [reference])).toBe(0);
    expect(squadF1(hypothesis, [reference])).toBe(0);
  });

  it('TER counts an empty reference as one, as sacreBLEU does', () => {
    expect(sentenceTer('', ['']).score).toBe(0);
    expect(sentenceTer('a b', ['']).score).toBe(100);
    expect(sentenceTer('', ['a b']).score).toBe(100);
  });

  it('equal empty texts are equal where that has a meaning', () => {
    expect(levenshteinSimilarity('', '')).toBe(1);
    expect(squadExactMatch('', [''])).toBe(1);
    expect(squadF1('', ['the'], { version: '2.0' })).toBe(1);
  });

  // By sacreBLEU 2.6.0, which leaves out None and no empty text.
  it('an empty reference counts as one beside a fuller one', () => {
    expect(sentenceBleu('card charged twice', ['', 'card charged twice']).signature).toMatch(/^nrefs:2/);
    expect(sentenceBleu('', ['', 'card charged']).referenceLength).toBe(0);
    expect(sentenceTer('The', ['-- The', '']).score).toBe(100);
    expect(bleu(['card', 'card'], [['card'], ['card', 'cards']]).signature).toMatch(/^nrefs:var/);
  });
});

describe('scripts', () => {
  it('ROUGE sees nothing but a-z and 0-9, and says how blind it is', () => {
    expect(rouge('退款已完成', ['退款已完成']).rouge1.fmeasure).toBe(0);
    expect(rougeBlindShare('退款已完成')).toBe(1);
    expect(rougeBlindShare('Refund 42, done')).toBe(0);
    expect(rougeBlindShare('café')).toBeCloseTo(0.25, 12);
    expect(rougeBlindShare('?!')).toBe(0);
  });

  it('counts code points, so that an emoji is one character', () => {
    expect(levenshtein('paid 😀', 'paid 😃')).toBe(1);
    expect(bleuTokenize('ok😀', 'char')).toEqual(['o', 'k', '😀']);
    expect(sentenceChrf('😀', ['😃']).score).toBe(0);
  });

  it('does not look up Object.prototype', () => {
    expect(sentenceBleu('constructor __proto__ toString', ['constructor __proto__ toString']).score).toBeCloseTo(
      100,
      9,
    );
    expect(rouge('constructor', ['valueOf constructor']).rouge1.recall).toBe(0.5);
  });
});

describe('options', () => {
  it.each<[string, () => unknown]>([
    ['tokenize', () => sentenceBleu('a', ['a'], { tokenize: 'moses' as BleuTokenizer })],
    ['tokenize from Object', () => bleuTokenize('a', 'toString' as BleuTokenizer)],
    ['smoothMethod', () => sentenceBleu('a', ['a'], { smoothMethod: 'most' as 'exp' })],
    ['smoothValue', () => sentenceBleu('a', ['a'], { smoothMethod: 'floor', smoothValue: Number.NaN })],
    ['maxNgramOrder', () => sentenceBleu('a', ['a'], { maxNgramOrder: 0 })],
    ['charOrder', () => sentenceChrf('a', ['a'], { charOrder: 0 })],
    ['beta', () => sentenceChrf('a', ['a'], { beta: Number.NaN })],
    ['types', () => rouge('a', ['a'], { types: ['rouge0' as 'rouge1'] })],
    ['alpha', () => meteor('a', ['a'], { alpha: Number.NaN })],
    ['n', () => passAtK(Number.NaN, 1, 1)],
    ['c over n', () => passAtK(5, 6, 1)],
    ['k over n', () => passHatK(5, 3, 6)],
  ])('%s outside its values is refused', (_, score) => {
    expect(score).toThrow(RangeError);
  });
});

describe('a megabyte', { timeout: 60_000 }, () => {
  const [ours, theirs] = ['the card was charged', 'a card was refunded'].map((line) => `${line} `.repeat(50_000)) as [
    string,
    string,
  ];

  it('is scored, or refused with the limit', () => {
    expect(sentenceBleu(ours, [theirs], { smoothMethod: 'none' }).score).toBe(0);
    expect(sentenceChrf(ours, [theirs]).score).toBeGreaterThan(0);
    expect(rouge(ours, [theirs], { types: ['rouge2'] }).rouge2.fmeasure).toBeGreaterThan(0);
    expect(meteor(ours, [theirs])).toBeGreaterThan(0);
    expect(sentenceTer(ours, [ours]).score).toBe(0);
    expect(levenshtein(ours, `${ours}!`)).toBe(1);
    expect(porterStem('y'.repeat(1_000_000))).toHaveLength(1_000_000);
    expect(() => sentenceTer(ours, [theirs])).toThrow(/at most 20000 words/);
    expect(() => levenshtein(ours, theirs)).toThrow(/beyond its limit/);
    expect(() => rouge(ours, [theirs], { types: ['rougeLsum'] })).toThrow(/beyond its limit/);
  });
});
