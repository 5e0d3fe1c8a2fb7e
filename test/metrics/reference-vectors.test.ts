import { expect, it } from 'vitest';
import {
  bleu,
  type BleuOptions,
  type BleuTokenizer,
  bleuTokenize,
  chrf,
  gleu,
  levenshtein,
  levenshteinSimilarity,
  meteor,
  passAtK,
  passHatK,
  porterStem,
  rouge,
  type RougeScore,
  type RougeType,
  sentenceBleu,
  sentenceTer,
  squadExactMatch,
  squadF1,
  squadNormalize,
} from '../../src/metrics/index.ts';
import { describeVectors } from './vectors.ts';

interface Corpus {
  level: 'corpus' | 'sentence';
  hypotheses: string[];
  references: (string | null)[][];
  options: Record<string, unknown>;
  expected: number;
  tol: number;
  signature?: string;
  detail?: { precisions: number[]; bp: number; sys_len: number; ref_len: number };
}

const camel = (options: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(options)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => [name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()), value]),
  );

// sacreBLEU's references are streams: references[k][i] is the k-th of text i.
const transpose = (streams: (string | null)[][], count: number): string[][] =>
  Array.from({ length: count }, (_, at) =>
    streams.map((stream) => stream[at]).filter((text) => typeof text === 'string'),
  );

// What Python's str.split() splits on, which isn't JavaScript's \s.
const PYTHON_SPACES = [
  '[\\t-\\r',
  '\\x1c- ',
  '\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+',
].join('');

const within = (actual: number, expected: number, tolerance: number): void =>
  expect(Math.abs(actual - expected), `${actual} against ${expected}`).toBeLessThanOrEqual(tolerance);

describeVectors<{ cases: Corpus[] }>('bleu_sacrebleu', ({ cases }) => {
  it.each(cases.map((vector, at) => [at, vector] as const))('%i', (_, vector) => {
    const options: BleuOptions = camel(vector.options);
    const references = transpose(vector.references, vector.hypotheses.length);
    const result =
      vector.level === 'corpus'
        ? bleu(vector.hypotheses, references, options)
        : sentenceBleu(vector.hypotheses[0]!, references[0]!, options);
    within(result.score, vector.expected, vector.tol);
    if (vector.signature !== undefined) expect(result.signature).toBe(vector.signature);
    if (!vector.detail) return;
    vector.detail.precisions.forEach((precision, n) => within(result.precisions[n]!, precision, 1e-9));
    within(result.brevityPenalty, vector.detail.bp, 1e-12);
    expect([result.hypothesisLength, result.referenceLength]).toEqual([vector.detail.sys_len, vector.detail.ref_len]);
  });
});

describeVectors<{ cases: { tokenizer: BleuTokenizer; input: string; expected: string }[] }>(
  'bleu_tokenizers',
  ({ cases }) => {
    it.each(cases)('$tokenizer: $input', ({ tokenizer, input, expected }) => {
      expect(bleuTokenize(input, tokenizer)).toEqual(
        expected.split(new RegExp(PYTHON_SPACES)).filter((token) => token !== ''),
      );
    });
  },
);

describeVectors<{ cases: Corpus[] }>('chrf_sacrebleu', ({ cases }) => {
  it.each(cases.map((vector, at) => [at, vector] as const))('%i', (_, vector) => {
    const references = transpose(vector.references, vector.hypotheses.length);
    const result = chrf(vector.hypotheses, references, camel(vector.options));
    within(result.score, vector.expected, vector.tol);
    if (vector.signature !== undefined) expect(result.signature).toBe(vector.signature);
  });
});

interface TerVector {
  hypothesis: string;
  references: string[];
  options: Record<string, unknown>;
  expected: number;
  num_edits: number;
  ref_length: number;
  signature: string;
}

describeVectors<{ cases: TerVector[] }>('ter_sacrebleu', ({ cases }) => {
  it.each(cases)('$hypothesis $options', (vector) => {
    const result = sentenceTer(vector.hypothesis, vector.references, camel(vector.options));
    within(result.score, vector.expected, 1e-9);
    expect(result).toMatchObject({
      edits: vector.num_edits,
      referenceLength: vector.ref_length,
      signature: vector.signature,
    });
  });
});

interface RougeVector {
  type: RougeType;
  target: string;
  prediction: string;
  use_stemmer: boolean;
  expected: RougeScore;
  tol: number;
}

describeVectors<{ cases: RougeVector[] }>('rouge_google', ({ cases }) => {
  it.each(cases.map((vector, at) => [at, vector] as const))('%i', (_, vector) => {
    const score = rouge(vector.prediction, [vector.target], { types: [vector.type], stemmer: vector.use_stemmer })[
      vector.type
    ];
    for (const part of ['precision', 'recall', 'fmeasure'] as const)
      within(score[part], vector.expected[part], vector.tol);
  });
});

type PorterVector = Record<'word' | 'nltk' | 'original' | 'martin', string>;

describeVectors<{ cases: PorterVector[] }>('porter_stemmer', ({ cases }) => {
  it.each(cases)('$word', ({ word, ...stems }) => {
    for (const mode of ['nltk', 'original', 'martin'] as const) expect(porterStem(word, { mode })).toBe(stems[mode]);
  });
});

interface WordsVector {
  hypothesis: string[];
  references: string[][];
  gleu: number;
  meteor_no_synonyms: number;
}

describeVectors<{ cases: WordsVector[] }>('meteor_nltk', ({ cases }) => {
  it.each(cases)('$hypothesis', ({ hypothesis, references, meteor_no_synonyms }) => {
    within(meteor(hypothesis, references), meteor_no_synonyms, 1e-12);
  });
});

describeVectors<{ cases: WordsVector[] }>('gleu_nltk', ({ cases }) => {
  it.each(cases)('$hypothesis', (vector) => {
    within(gleu(vector.hypothesis, vector.references), vector.gleu, 1e-12);
  });
});

interface SquadVector {
  prediction: string;
  references: string[];
  normalized: string[];
  exact_match: number;
  f1: number;
  f1_squad2: number;
}

describeVectors<{ cases: SquadVector[] }>('squad_em_f1', ({ cases }) => {
  it.each(cases)('$prediction', ({ prediction, references, normalized, ...scores }) => {
    expect([prediction, ...references].map(squadNormalize)).toEqual(normalized);
    expect(squadExactMatch(prediction, references)).toBe(scores.exact_match);
    within(squadF1(prediction, references), scores.f1, 1e-12);
    within(squadF1(prediction, references, { version: '2.0' }), scores.f1_squad2, 1e-12);
  });
});

describeVectors<{ cases: { a: string; b: string; levenshtein: number; levenshtein_similarity: number }[] }>(
  'edit_distance',
  ({ cases }) => {
    it.each(cases)('$a, $b', (vector) => {
      expect(levenshtein(vector.a, vector.b)).toBe(vector.levenshtein);
      within(levenshteinSimilarity(vector.a, vector.b), vector.levenshtein_similarity, 1e-12);
    });
  },
);

describeVectors<{ cases: Record<'n' | 'c' | 'k' | 'pass_at_k' | 'pass_hat_k', number>[] }>('pass_at_k', ({ cases }) => {
  it.each(cases)('n $n, c $c, k $k', ({ n, c, k, ...expected }) => {
    within(passAtK(n, c, k), expected.pass_at_k, 1e-12);
    within(passHatK(n, c, k), expected.pass_hat_k, 1e-12);
  });
});
