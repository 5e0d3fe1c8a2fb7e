import { isObject, type JsonValue, PromptctlError } from '../../../model/index.ts';
import { fillOf } from '../../fill.ts';
import { EvaluatorError, type EvaluatorKind } from '../evaluator.ts';
import { judgeOf, judgeOptions, type JudgeVerdict, objectSchema, repeated } from './judge.ts';
import { RUBRIC } from './prompts.ts';

interface Criterion {
  readonly text: string;
  readonly weight: number;
  readonly levels: readonly string[];
}

interface Verdicts {
  readonly verdicts: readonly { readonly criterion: number; readonly reason: string; readonly level: string }[];
}

const BINARY = ['met', 'missed'];
const THREE = ['met', 'partly', 'missed'];
const WORTH: Readonly<Record<string, number>> = { met: 1, partly: 0.5, missed: 0 };

const SCHEMA = objectSchema({
  verdicts: {
    type: 'array',
    items: objectSchema({
      criterion: { type: 'integer' },
      reason: { type: 'string' },
      level: { type: 'string', enum: THREE },
    }),
  },
});

export const rubric: EvaluatorKind = {
  id: 'rubric',
  family: 'judge',
  version: 1,
  summary: 'A judge says of each criterion whether it is met; the weighted share is the score.',
  options: {
    criteria: {
      type: 'list',
      summary: 'Each a text, or `{ criterion, weight, levels: 2 or 3 }`; `{{key}}` is filled from the row.',
    },
    ...judgeOptions,
    threshold: { ...judgeOptions.threshold, default: 1 },
  },
  create(options, context) {
    const criteria = options.list('criteria').map((criterion) => readCriterion(criterion, context.name));
    const total = criteria.reduce((sum, { weight }) => sum + weight, 0);
    if (total <= 0) throw new PromptctlError('config', `${context.name}: a rubric needs criteria with weight`);
    const fills = criteria.map(({ text }) => fillOf(text));
    const judge = judgeOf(RUBRIC, options, context);
    return (sample) => {
      const list = criteria
        .map(({ levels }, at) => `${at + 1}. ${fills[at]!(sample.fields)} (${levels.join(', ')})`)
        .join('\n');
      const values = { criteria: list, question: sample.input, answer: sample.output };
      return repeated(options, async (repeat): Promise<JudgeVerdict> => {
        const { verdicts } = await judge.ask<Verdicts>(sample, values, SCHEMA, repeat);
        return weigh(criteria, total, verdicts);
      });
    };
  },
};

/** Each criterion needs one verdict at a level it allows: a judge that leaves one out has not judged. */
function weigh(criteria: readonly Criterion[], total: number, verdicts: Verdicts['verdicts']): JudgeVerdict {
  let sum = 0;
  const misses: string[] = [];
  for (const [at, { weight, levels, text }] of criteria.entries()) {
    const given = verdicts.filter(({ criterion }) => criterion === at + 1);
    const [verdict] = given;
    if (!verdict || given.length > 1 || !levels.includes(verdict.level))
      throw new EvaluatorError(`the judge gave no single verdict on criterion ${at + 1}`);
    sum += weight * WORTH[verdict.level]!;
    if (verdict.level !== 'met') misses.push(`${text} is ${verdict.level}: ${verdict.reason}`);
  }
  if (verdicts.length > criteria.length)
    throw new EvaluatorError('the judge gave verdicts on criteria that there are not');
  return { score: sum / total, reason: misses.length === 0 ? 'every criterion is met' : misses.join('; ') };
}

function readCriterion(value: JsonValue, name: string): Criterion {
  if (typeof value === 'string') return { text: value, weight: 1, levels: BINARY };
  const { criterion, weight = 1, levels = 2 } = isObject(value) ? value : {};
  if (typeof criterion !== 'string' || typeof weight !== 'number' || (levels !== 2 && levels !== 3)) {
    throw new PromptctlError('config', `${name}: a criterion is a text, or { criterion, weight, levels: 2 or 3 }`);
  }
  return { text: criterion, weight, levels: levels === 3 ? THREE : BINARY };
}
