import { fillOf } from '../../fill.ts';
import { EvaluatorError, type EvaluatorKind } from '../evaluator.ts';
import { judgeOf, judgeOptions, objectSchema, repeated } from './judge.ts';
import { PAIRWISE } from './prompts.ts';

type Better = 'first' | 'second' | 'neither';

const SCHEMA = objectSchema({
  reason: { type: 'string' },
  better: { type: 'string', enum: ['first', 'second', 'neither'] },
});

export const pairwise: EvaluatorKind = {
  id: 'pairwise',
  family: 'judge',
  version: 1,
  summary: 'A judge compares the output with the reference, in both orders; where the order decides, it is a tie.',
  options: {
    task: { type: 'text', default: 'Which answer serves the person who asked better?', summary: 'What better means.' },
    reference: { type: 'text', default: '{{expected}}', summary: 'The answer to compare with.' },
    ...judgeOptions,
  },
  create(options, context) {
    const judge = judgeOf(PAIRWISE, options, context);
    const [task, reference] = [options.fill('task'), fillOf(options.text('reference'))];
    return (sample) => {
      const other = reference(sample.fields);
      if (/^\{\{[\w.-]+\}\}$/.test(other)) throw new EvaluatorError(`the row has no ${other.slice(2, -2)}`);
      const ask = (
        first: string,
        second: string,
        repeat: number,
      ): Promise<{ readonly reason: string; readonly better: Better }> =>
        judge.ask(sample, { task: task(sample.fields), question: sample.input, first, second }, SCHEMA, repeat);
      return repeated(options, async (repeat) => {
        const [ahead, behind] = await Promise.all([
          ask(sample.output, other, repeat),
          ask(other, sample.output, repeat),
        ]);
        const scores = [SCORE[ahead.better], 1 - SCORE[behind.better]] as const;
        const isFlipped = scores[0] !== scores[1];
        return {
          score: isFlipped ? 0.5 : scores[0],
          reason: isFlipped ? `the order decided: ${ahead.reason} | ${behind.reason}` : ahead.reason,
          isFlipped,
        };
      });
    };
  },
};

const SCORE: Readonly<Record<Better, number>> = { first: 1, second: 0, neither: 0.5 };
