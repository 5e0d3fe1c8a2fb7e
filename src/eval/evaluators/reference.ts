import * as metrics from '../../metrics/index.ts';
import { type EvaluatorKind, graded, type Scorer } from './evaluator.ts';
import type { Options, OptionSpec, OptionSpecs } from './options.ts';

const reference: OptionSpec = { type: 'texts', default: '{{expected}}', summary: 'The reference, or several.' };
const threshold = (value: number, unit = '0 to 1'): OptionSpec => ({
  type: 'number',
  default: value,
  summary: `The least score that passes, ${unit}.`,
});

type Measure = (output: string, references: readonly string[]) => number;

function referenceKind(
  id: string,
  summary: string,
  options: OptionSpecs,
  measure: (options: Options) => Measure,
): EvaluatorKind {
  return {
    id,
    family: 'reference',
    version: 1,
    summary,
    options: { reference, ...options },
    create(given): Scorer {
      const score = measure(given);
      const fills = given.fills('reference');
      const least = given.number('threshold');
      return ({ output, fields }) =>
        graded(
          score(
            output,
            fills.map((fill) => fill(fields)),
          ),
          least,
        );
    },
  };
}

function rougeKind(id: string, type: 'rouge1' | 'rouge2' | 'rougeL' | 'rougeLsum', name: string): EvaluatorKind {
  return referenceKind(
    id,
    `${name} as Google's rouge_score computes it.`,
    {
      threshold: threshold(0.5),
      stemmer: { type: 'boolean', default: false, summary: 'Compares stems (Porter).' },
      measure: { type: 'text', default: 'f', oneOf: ['p', 'r', 'f'], summary: 'Precision, recall or their F.' },
    },
    (options) => {
      const part = ({ p: 'precision', r: 'recall', f: 'fmeasure' } as const)[
        options.text('measure') as 'p' | 'r' | 'f'
      ];
      const settings = { types: [type], stemmer: options.flag('stemmer') };
      return (output, references) => metrics.rouge(output, references, settings)[type][part];
    },
  );
}

export const referenceKinds: readonly EvaluatorKind[] = [
  referenceKind(
    'levenshtein',
    'One minus the edit distance over the longer length, in code points.',
    { threshold: threshold(0.8) },
    () => {
      return (output, references) => Math.max(...references.map((text) => metrics.levenshteinSimilarity(output, text)));
    },
  ),
  referenceKind(
    'bleu',
    'Sentence BLEU, 0 to 100, as sacreBLEU 2.6 computes it.',
    {
      threshold: threshold(30, '0 to 100'),
      tokenize: {
        type: 'text',
        default: '13a',
        oneOf: ['13a', 'intl', 'zh', 'char', 'none'],
        summary: 'The tokenizer.',
      },
      smooth: { type: 'text', default: 'exp', oneOf: ['exp', 'floor', 'add-k', 'none'], summary: 'The smoothing.' },
    },
    (options) => {
      const settings = {
        tokenize: options.text('tokenize') as metrics.BleuTokenizer,
        smoothMethod: options.text('smooth') as metrics.BleuSmoothing,
      };
      return (output, references) => metrics.sentenceBleu(output, references, settings).score;
    },
  ),
  referenceKind('chrf', 'chrF2, 0 to 100, as sacreBLEU computes it.', { threshold: threshold(50, '0 to 100') }, () => {
    return (output, references) => metrics.sentenceChrf(output, references).score;
  }),
  referenceKind(
    'chrf++',
    'chrF2++, which counts words as well, 0 to 100.',
    { threshold: threshold(50, '0 to 100') },
    () => {
      return (output, references) => metrics.sentenceChrf(output, references, { wordOrder: 2 }).score;
    },
  ),
  {
    id: 'ter',
    family: 'reference',
    version: 1,
    summary: 'Translation edit rate: edits for 100 reference words, so less is better.',
    options: { reference, threshold: { type: 'number', default: 50, summary: 'The largest rate that passes.' } },
    create(options) {
      const fills = options.fills('reference');
      const most = options.number('threshold');
      return ({ output, fields }) => {
        const { score } = metrics.sentenceTer(
          output,
          fills.map((fill) => fill(fields)),
        );
        const pass = score <= most;
        return { score, pass, ...(pass ? {} : { reason: `${Number(score.toFixed(4))} is over ${most}` }) };
      };
    },
  },
  rougeKind('rouge-1', 'rouge1', 'ROUGE-1'),
  rougeKind('rouge-2', 'rouge2', 'ROUGE-2'),
  rougeKind('rouge-l', 'rougeL', 'ROUGE-L'),
  rougeKind('rouge-lsum', 'rougeLsum', 'ROUGE-Lsum'),
  referenceKind('meteor', 'METEOR with exact and stem matches.', { threshold: threshold(0.5) }, () => {
    return (output, references) => metrics.meteor(output, references);
  }),
  referenceKind(
    'gleu',
    "Google's sentence score: shared n-grams, the smaller of precision and recall.",
    { threshold: threshold(0.5) },
    () => {
      return (output, references) => metrics.gleu(output, references);
    },
  ),
  referenceKind('squad-em', "SQuAD's exact match after normalising.", { threshold: threshold(1) }, () => {
    return (output, references) => metrics.squadExactMatch(output, references);
  }),
  referenceKind('squad-f1', "SQuAD's F1 of shared words.", { threshold: threshold(0.5) }, () => {
    return (output, references) => metrics.squadF1(output, references);
  }),
];
