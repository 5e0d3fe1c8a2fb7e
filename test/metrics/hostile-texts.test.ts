import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  gleu,
  levenshtein,
  meteor,
  porterStem,
  sentenceBleu,
  sentenceChrf,
  sentenceTer,
} from '../../src/metrics/index.ts';

interface Scored {
  readonly options: Readonly<Record<string, string | number | boolean>>;
  readonly score: number;
}

interface Case {
  readonly hypothesis: string;
  readonly references: readonly string[];
  readonly bleu: Scored;
  readonly chrf: Scored;
  readonly ter: Scored;
  readonly gleu: number;
  readonly meteor: number;
  readonly levenshtein: number;
  readonly stems: readonly (readonly [string, string])[];
}

/** Made by hostile-texts.py beside it, with sacreBLEU 2.6.0, nltk 3.10.3 and rapidfuzz 3.14.6. */
const cases = JSON.parse(
  readFileSync(new URL('../fixtures/metrics/hostile-texts.json', import.meta.url), 'utf8'),
) as Case[];

/** `smooth_method` is our `smoothMethod`. */
function ours(options: Scored['options']): object {
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => [
      name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );
}

describe('odd white space, scripts, marks and empty references score as the reference implementations score them', () => {
  it.each(cases)('$hypothesis against $references', ({ hypothesis, references, ...expected }) => {
    const { bleu, chrf, ter } = expected;
    expect(sentenceBleu(hypothesis, references, ours(bleu.options)).score).toBeCloseTo(bleu.score, 9);
    expect(sentenceChrf(hypothesis, references, ours(chrf.options)).score).toBeCloseTo(chrf.score, 9);
    expect(sentenceTer(hypothesis, references, ours(ter.options)).score).toBeCloseTo(ter.score, 9);
    expect(gleu(hypothesis, references)).toBeCloseTo(expected.gleu, 12);
    expect(meteor(hypothesis, references)).toBeCloseTo(expected.meteor, 12);
    expect(levenshtein(hypothesis, references[0]!)).toBe(expected.levenshtein);
    for (const [word, stem] of expected.stems) expect(porterStem(word)).toBe(stem);
  });
});
