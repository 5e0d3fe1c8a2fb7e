import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bleu,
  type BleuOptions,
  chrf,
  type ChrfOptions,
  corpusGleu,
  gleu,
  levenshtein,
  meteor,
  passAtK,
  passHatK,
  rouge,
  rougeTokenize,
  sentenceBleu,
  sentenceChrf,
  sentenceTer,
  squadExactMatch,
  squadF1,
  ter,
} from '../../src/metrics/index.ts';
import { textbookLcsLength, textbookLevenshtein, textbookSummaryHits, textbookTerEdits } from './textbook.ts';

// Few words, so that texts share n-grams, with marks, scripts and an astral character among them.
const word = fc.constantFrom(
  'the',
  'card',
  'cards',
  'was',
  'charged',
  'twice',
  'refund',
  'no',
  '3.5%',
  'Ok.',
  '(yes)',
  '退款',
  '😀',
);
const text = fc.array(word, { maxLength: 12 }).map((words) => words.join(' '));
const filled = fc.array(word, { minLength: 1, maxLength: 12 }).map((words) => words.join(' '));
const lines = fc.array(text, { maxLength: 4 }).map((parts) => parts.join('\n'));

const sentences = (whole: string): string[][] => whole.split('\n').map((line) => rougeTokenize(line));

const bleuOptions: fc.Arbitrary<BleuOptions> = fc.record({
  tokenize: fc.constantFrom('13a', 'intl', 'zh', 'char', 'none'),
  smoothMethod: fc.constantFrom('exp', 'floor', 'add-k', 'none'),
  effectiveOrder: fc.boolean(),
  lowercase: fc.boolean(),
});
const chrfOptions: fc.Arbitrary<ChrfOptions> = fc.record({
  wordOrder: fc.constantFrom(0, 2),
  whitespace: fc.boolean(),
  epsSmoothing: fc.boolean(),
});

// Higher is better in all of them, so that the laws read the same.
const metrics: readonly (readonly [string, (hypothesis: string, references: string[]) => number])[] = [
  ['sentenceBleu', (hypothesis, references) => sentenceBleu(hypothesis, references).score],
  ['sentenceChrf', (hypothesis, references) => sentenceChrf(hypothesis, references).score],
  ['chrF++', (hypothesis, references) => sentenceChrf(hypothesis, references, { wordOrder: 2 }).score],
  ['-ter', (hypothesis, references) => -sentenceTer(hypothesis, references).score],
  ['rouge1', (hypothesis, references) => rouge(hypothesis, references).rouge1.fmeasure],
  ['rouge2', (hypothesis, references) => rouge(hypothesis, references).rouge2.fmeasure],
  ['rougeL', (hypothesis, references) => rouge(hypothesis, references, { stemmer: true }).rougeL.fmeasure],
  ['rougeLsum', (hypothesis, references) => rouge(hypothesis, references).rougeLsum.fmeasure],
  ['meteor', meteor],
  ['gleu', gleu],
  ['squadExactMatch', squadExactMatch],
  ['squadF1', squadF1],
  [
    '-levenshtein',
    (hypothesis, references) => -Math.min(...references.map((reference) => levenshtein(hypothesis, reference))),
  ],
];

describe.each(metrics)('%s', { timeout: 30_000 }, (_, score) => {
  it('is highest for the text itself', () => {
    fc.assert(
      fc.property(filled, text, (reference, other) => {
        const own = score(reference, [reference]);
        expect(score(other, [reference])).toBeLessThanOrEqual(own + 1e-9);
      }),
    );
  });

  it('does not depend on the order of references', () => {
    fc.assert(
      fc.property(text, fc.array(text, { minLength: 2, maxLength: 4 }), (hypothesis, references) => {
        const forward = score(hypothesis, references);
        expect(Number.isFinite(forward)).toBe(true);
        expect(score(hypothesis, references.toReversed())).toBeCloseTo(forward, 12);
      }),
    );
  });

  it('is finite for any text at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (hypothesis, reference) => {
        expect(Number.isFinite(score(hypothesis, [reference]))).toBe(true);
      }),
    );
  });
});

describe('over a corpus', () => {
  const corpus = fc.array(fc.tuple(text, fc.array(text, { minLength: 1, maxLength: 3 })), {
    minLength: 1,
    maxLength: 5,
  });

  it('the order of the texts changes nothing', () => {
    fc.assert(
      fc.property(corpus, bleuOptions, chrfOptions, (pairs, forBleu, forChrf) => {
        const scores = (list: typeof pairs): number[] => {
          const hypotheses = list.map(([hypothesis]) => hypothesis);
          const references = list.map(([, texts]) => texts);
          return [
            bleu(hypotheses, references, forBleu).score,
            chrf(hypotheses, references, forChrf).score,
            ter(hypotheses, references).score,
            corpusGleu(hypotheses, references),
          ];
        };
        const backward = scores(pairs.toReversed());
        scores(pairs).forEach((score, at) => expect(score).toBeCloseTo(backward[at]!, 9));
      }),
    );
  });

  it('a text repeated scores as the text', () => {
    fc.assert(
      fc.property(filled, filled, (hypothesis, reference) => {
        const once = bleu([hypothesis], [[reference]], { smoothMethod: 'none' }).score;
        expect(bleu([hypothesis, hypothesis], [[reference], [reference]], { smoothMethod: 'none' }).score).toBeCloseTo(
          once,
          9,
        );
      }),
    );
  });
});

describe('against the textbook', { timeout: 30_000 }, () => {
  it('levenshtein', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '😀', '́'), maxLength: 80 });
    fc.assert(
      fc.property(letters, letters, (a, b) => {
        expect(levenshtein(a, b)).toBe(textbookLevenshtein(a, b));
      }),
    );
  });

  it('rougeL and rougeLsum', () => {
    const long = fc
      .array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 90 })
      .map((words) => words.join(' '));
    const long4 = fc.array(fc.oneof(long, lines), { minLength: 1, maxLength: 4 }).map((parts) => parts.join('\n'));
    fc.assert(
      fc.property(long4, long4, (prediction, reference) => {
        const [ours, theirs] = [rougeTokenize(prediction), rougeTokenize(reference)];
        fc.pre(ours.length > 0 && theirs.length > 0);
        const scores = rouge(prediction, [reference]);
        expect(scores.rougeL.recall * theirs.length).toBeCloseTo(textbookLcsLength(theirs, ours), 9);
        const hits = textbookSummaryHits(sentences(reference), sentences(prediction));
        expect(scores.rougeLsum.recall * theirs.length).toBeCloseTo(hits, 9);
      }),
    );
  });

  it('ter', () => {
    const short = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 9 });
    fc.assert(
      fc.property(short, short, (hypothesis, reference) => {
        const { edits } = sentenceTer(hypothesis.join(' '), [reference.join(' ')]);
        expect(edits).toBe(textbookTerEdits(hypothesis, reference));
      }),
    );
  });

  it('pass@k and pass^k are what drawing every subset gives', () => {
    const counts = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.nat(9), fc.integer({ min: 1, max: 9 }));
    fc.assert(
      fc.property(counts, ([n, c, k]) => {
        fc.pre(c <= n && k <= n);
        let [draws, some, all] = [0, 0, 0];
        for (let subset = 0; subset < 2 ** n; subset++) {
          const drawn = Array.from({ length: n }, (_, at) => at).filter((at) => (subset >> at) & 1);
          if (drawn.length !== k) continue;
          draws++;
          if (drawn.some((at) => at < c)) some++;
          if (drawn.every((at) => at < c)) all++;
        }
        expect(passAtK(n, c, k)).toBeCloseTo(some / draws, 12);
        expect(passHatK(n, c, k)).toBeCloseTo(all / draws, 12);
      }),
    );
  });
});
