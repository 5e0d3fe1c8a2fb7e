import { PromptctlError } from '../../model/index.ts';
import { EvaluatorError, type EvaluatorKind, graded } from './evaluator.ts';

export const meaningKinds: readonly EvaluatorKind[] = [
  {
    id: 'similarity',
    family: 'meaning',
    version: 1,
    summary:
      'Cosine of the embeddings of output and reference. It puts "payment succeeded" near "payment failed": use it with a check of facts.',
    options: {
      reference: { type: 'texts', default: '{{expected}}', summary: 'The reference, or several.' },
      threshold: { type: 'number', default: 0.8, summary: 'The least cosine that passes.' },
    },
    create(options, { embed, name }) {
      // Never a silent substitute: another measure of likeness would be another evaluator.
      if (!embed) {
        throw new PromptctlError('config', `${name}: there is no embedding backend`, {
          hint: 'Name one in promptctl.yaml: eval: { embeddings: { provider: local, model: ... } }',
        });
      }
      const fills = options.fills('reference');
      const least = options.number('threshold');
      return async ({ output, fields }) => {
        const [vector, ...references] = await embed([output, ...fills.map((fill) => fill(fields))]);
        if (!vector || references.length !== fills.length)
          throw new EvaluatorError('the embedding backend gave too few vectors');
        return graded(Math.max(...references.map((reference) => cosine(vector, reference))), least);
      };
    },
  },
];

function cosine(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length)
    throw new EvaluatorError(`vectors of ${a.length} and ${b.length} numbers can't be compared`);
  let [dot, squaresA, squaresB] = [0, 0, 0];
  for (let at = 0; at < a.length; at++) {
    dot += a[at]! * b[at]!;
    squaresA += a[at]! ** 2;
    squaresB += b[at]! ** 2;
  }
  if (squaresA === 0 || squaresB === 0) throw new EvaluatorError('the embedding backend gave a vector of zeros');
  return dot / Math.sqrt(squaresA * squaresB);
}
