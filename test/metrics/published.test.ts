import { describe, expect, it } from 'vitest';
import { bleu, gleu, meteor, passAtK, porterStem, rouge, sentenceBleu, sentenceTer } from '../../src/metrics/index.ts';
import {
  cohenKappaOfTable,
  fleissKappa,
  holm,
  mcnemar,
  newcombe,
  tQuantile,
  wilson,
} from '../../src/metrics/stats/index.ts';

// Figures that papers and the references' own documentation print, so that something outside this repository is held to where the
// reference vectors aren't beside it.

const wordsUpTo = (count: number): string => Array.from({ length: count }, (_, at) => `w${at}`).join(' ');

describe('texts', () => {
  it('BLEU clips: Papineni et al. 2002, section 2.1, "the the the ..." has a unigram precision of 2/7', () => {
    const references = ['The cat is on the mat.', 'There is a cat on the mat.'];
    const { precisions } = sentenceBleu('the the the the the the the.', references, {
      lowercase: true,
      maxNgramOrder: 1,
    });
    // With the full stop, which 13a splits off and both references have: 3 of 8.
    expect(precisions[0]).toBeCloseTo((100 * 3) / 8, 9);
    expect(sentenceBleu('the the the the the the the', references, { lowercase: true }).precisions[0]).toBeCloseTo(
      200 / 7,
      9,
    );
  });

  it('BLEU takes the closest reference length: Papineni et al. 2002, section 2.2.2', () => {
    expect(bleu([wordsUpTo(12)], [[wordsUpTo(12), wordsUpTo(15), wordsUpTo(17)]]).brevityPenalty).toBe(1);
    expect(bleu([wordsUpTo(12)], [[wordsUpTo(13), wordsUpTo(11)]]).referenceLength).toBe(11);
  });

  it('ROUGE: Lin 2004, section 3.1, sentences S1 to S4', () => {
    const reference = 'police killed the gunman';
    const scores = (text: string): number => rouge(text, [reference], { types: ['rougeL'] }).rougeL.fmeasure;
    expect(scores('police kill the gunman')).toBe(0.75);
    expect(scores('the gunman kill police')).toBe(0.5);
    expect(scores('the gunman police killed')).toBe(0.5);
  });

  it('ROUGE-Lsum: Lin 2004, section 3.2, "w1 w2 w3 w4 w5" against two sentences has a recall of 4/5', () => {
    const { rougeLsum } = rouge('w1 w2 w6 w7 w8\nw1 w3 w8 w9 w5', ['w1 w2 w3 w4 w5'], { types: ['rougeLsum'] });
    expect(rougeLsum.recall).toBeCloseTo(4 / 5, 12);
  });

  it('TER: Snover et al. 2006, section 3, one shift and three edits over 13 words', () => {
    const reference = 'SAUDI ARABIA denied THIS WEEK information published in the AMERICAN new york times';
    const hypothesis = 'THIS WEEK THE SAUDIS denied information published in the new york times';
    const { edits, referenceLength } = sentenceTer(hypothesis, [reference]);
    expect([edits, referenceLength]).toEqual([4, 13]);
  });

  it('METEOR and GLEU: nltk documentation', () => {
    const hypothesis = 'It is a guide to action which ensures that the military always obeys the commands of the party';
    const reference = 'It is a guide to action that ensures that the military will forever heed Party commands';
    expect(gleu(hypothesis, [reference])).toBeCloseTo(0.4393, 3);
    expect(gleu('the the the the the the the', ['the cat is on the mat'])).toBeCloseTo(0.0909, 3);
    expect(meteor('non matching hypothesis', ['this is a cat'])).toBe(0);
  });

  it('the stemmer: Porter 1980, in its own mode', () => {
    const stems = {
      caresses: 'caress',
      ponies: 'poni',
      plastered: 'plaster',
      hopping: 'hop',
      filing: 'file',
      relational: 'relat',
    };
    for (const [word, stem] of Object.entries(stems)) expect(porterStem(word, { mode: 'original' })).toBe(stem);
  });

  it('pass@k is 1 - (1 - c/n) for k = 1: Chen et al. 2021', () => {
    expect(passAtK(200, 50, 1)).toBeCloseTo(0.25, 12);
  });
});

describe('statistics', () => {
  it('Newcombe 1998a, table II, method 10: 56/70 - 48/80', () => {
    const { low, high } = newcombe(56, 70, 48, 80);
    expect([low, high].map((limit) => limit.toFixed(4))).toEqual(['0.0524', '0.3339']);
  });

  it('Newcombe 1998c, table I: 81/263 by Wilson', () => {
    const { low, high } = wilson(81, 263);
    expect([low, high].map((limit) => limit.toFixed(4))).toEqual(['0.2553', '0.3662']);
  });

  it('Fleiss 1971, 14 raters and 10 subjects, as often reprinted: 0.210', () => {
    const counts = [
      [0, 0, 0, 0, 14],
      [0, 2, 6, 4, 2],
      [0, 0, 3, 5, 6],
      [0, 3, 9, 2, 0],
      [2, 2, 8, 1, 1],
      [7, 7, 0, 0, 0],
      [3, 2, 6, 3, 0],
      [2, 5, 3, 2, 2],
      [6, 5, 2, 1, 0],
      [0, 2, 2, 3, 7],
    ];
    expect(fleissKappa(counts).toFixed(3)).toBe('0.210');
  });

  it('printed tables', () => {
    expect(tQuantile(0.975, 10).toFixed(3)).toBe('2.228');
    expect(tQuantile(0.95, 1).toFixed(3)).toBe('6.314');
    expect(mcnemar(1, 5).exact).toBeCloseTo(14 / 64, 12);
    expect(
      cohenKappaOfTable([
        [20, 5],
        [10, 15],
      ]).kappa,
    ).toBeCloseTo(0.4, 12);
    expect(holm([0.01, 0.04, 0.03, 0.005]).map((p) => Number(p.toFixed(2)))).toEqual([0.03, 0.06, 0.06, 0.02]);
  });
});
