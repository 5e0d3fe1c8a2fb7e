import { isObject, type JsonValue, PromptctlError } from '../../../model/index.ts';
import { fillOf } from '../../fill.ts';
import { EvaluatorError, type EvaluatorKind, type Scorer } from '../evaluator.ts';
import type { Options, OptionSpecs } from '../options.ts';
import type { EvaluatorContext } from '../evaluator.ts';
import { judgeOf, judgeOptions, objectSchema, repeated } from './judge.ts';
import { CHOICE } from './prompts.ts';

interface Choice {
  readonly choice: string;
  readonly score: number;
}

interface ChoiceSpec {
  readonly task: string;
  readonly choices: readonly Choice[];
  /** What the answer is held against, with `{{key}}` places. */
  readonly material: string;
}

export const choice: EvaluatorKind = {
  id: 'choice',
  family: 'judge',
  version: 1,
  summary: 'A judge chooses one of your descriptions, each with its score.',
  options: {
    task: { type: 'text', summary: 'What to judge; `{{key}}` is filled from the row.' },
    choices: { type: 'list', summary: 'Each `{ choice, score }`.' },
    material: { type: 'text', default: '{{expected}}', summary: 'What to hold the answer against.' },
    ...judgeOptions,
  },
  create(options, context) {
    if (!options.has('task')) throw new PromptctlError('config', `${context.name}: there is no task to judge by`);
    const choices = options.list('choices').map((one) => readChoice(one, context.name));
    if (choices.length < 2) throw new PromptctlError('config', `${context.name}: a choice needs two choices at least`);
    return choiceScorer({ task: options.text('task'), choices, material: options.text('material') }, options, context);
  },
};

export const factuality: EvaluatorKind = fixedChoice(
  'factuality',
  'A judge compares the facts of the answer with those of the reference.',
  { reference: { type: 'text', default: '{{expected}}', summary: 'The facts.' } },
  (options) => ({
    task: 'Compare the facts of the answer with those of the reference. Differences of style and order do not count.',
    material: options.text('reference'),
    choices: [
      { choice: 'same', score: 1 },
      { choice: 'more, without contradiction', score: 0.8 },
      { choice: 'fewer, without contradiction', score: 0.6 },
      { choice: 'contradiction', score: 0 },
    ],
  }),
);

export const groundedness: EvaluatorKind = fixedChoice(
  'groundedness',
  'A judge says whether the context supports what the answer claims.',
  { context: { type: 'text', default: '{{context}}', summary: 'What the answer may rest on.' } },
  (options) => ({
    task: 'Does the context support every claim of the answer? What is true but not in the context is not supported.',
    material: options.text('context'),
    choices: [
      { choice: 'every claim is supported', score: 1 },
      { choice: 'some claim is not supported', score: 0.25 },
      { choice: 'no claim is supported', score: 0 },
    ],
  }),
);

export const relevance: EvaluatorKind = fixedChoice(
  'relevance',
  'A judge says whether the answer answers the question.',
  {},
  () => ({
    task: 'Does the answer answer the question, whether it is right or not?',
    material: '(nothing)',
    choices: [
      { choice: 'it answers it', score: 1 },
      { choice: 'it answers a part of it', score: 0.4 },
      { choice: 'it does not answer it', score: 0 },
    ],
  }),
);

function fixedChoice(
  id: string,
  summary: string,
  own: OptionSpecs,
  spec: (options: Options) => ChoiceSpec,
): EvaluatorKind {
  return {
    id,
    family: 'judge',
    version: 1,
    summary,
    options: { ...own, ...judgeOptions },
    create: (options, context) => choiceScorer(spec(options), options, context),
  };
}

function choiceScorer({ task, choices, material }: ChoiceSpec, options: Options, context: EvaluatorContext): Scorer {
  const judge = judgeOf(CHOICE, options, context);
  const [fillTask, fillMaterial] = [fillOf(task), fillOf(material)];
  const schema = objectSchema({
    reason: { type: 'string' },
    choice: { type: 'string', enum: choices.map((one) => one.choice) },
  });
  const scoreByChoice = new Map(choices.map((one) => [one.choice, one.score]));
  return (sample) => {
    const held = fillMaterial(sample.fields);
    // A place left over means that the row lacks what the verdict would rest on.
    if (/^\{\{[\w.-]+\}\}$/.test(held)) throw new EvaluatorError(`the row has no ${held.slice(2, -2)}`);
    const values = {
      task: fillTask(sample.fields),
      choices: choices.map((one) => `- ${one.choice}`).join('\n'),
      material: held,
      question: sample.input,
      answer: sample.output,
    };
    return repeated(options, async (repeat) => {
      const given = await judge.ask<{ readonly reason: string; readonly choice: string }>(
        sample,
        values,
        schema,
        repeat,
      );
      return { score: scoreByChoice.get(given.choice)!, reason: `${given.choice}: ${given.reason}` };
    });
  };
}

function readChoice(value: JsonValue, name: string): Choice {
  const { choice: text, score } = isObject(value) ? value : {};
  if (typeof text !== 'string' || typeof score !== 'number')
    throw new PromptctlError('config', `${name}: a choice is { choice, score }`);
  return { choice: text, score };
}
