import { PromptctlError } from '../../../model/index.ts';
import { type Renderer, rendererOf } from '../../../render/index.ts';
import { compileSchema, type JsonSchema, parseOutput, PromptError, type Values } from '../../../runtime/index.ts';
import { diskSource, loadWorkspace, memorySource, parseConfig, type Source } from '../../../workspace/index.ts';
import { EvaluatorError, type EvaluatorContext, rounded, type Sample, type Score, shown } from '../evaluator.ts';
import type { Options, OptionSpec, OptionSpecs } from '../options.ts';

/** What every judge takes besides its own options. */
export const judgeOptions: OptionSpecs & { readonly threshold: OptionSpec } = {
  model: {
    type: 'text',
    summary: 'The model that judges; `eval.judge` of promptctl.yaml where absent, else the judge prompt’s own.',
  },
  prompt: { type: 'text', summary: 'A judge prompt of yours, relative to the prompt file, with the same variables.' },
  samples: {
    type: 'number',
    default: 1,
    summary: 'Verdicts to ask for; their mean counts, and a split is borderline.',
  },
  threshold: { type: 'number', default: 0.5, summary: 'The least score that passes.' },
};

export interface Judge {
  /** Asks for one verdict, as JSON of the schema. @throws EvaluatorError where the answer is none: never a pass. */
  ask<T>(sample: Sample, values: Values, schema: JsonSchema, repeat: number): Promise<T>;
}

/** @throws PromptctlError where a judge prompt of the user's can't be read. */
export function judgeOf(builtIn: string, options: Options, context: EvaluatorContext): Judge {
  const renderer = options.has('prompt')
    ? loaded(diskSource(context.directory), options.text('prompt'), context.name)
    : loaded(memorySource({ 'judge.prompt.yml': builtIn }), 'judge.prompt.yml', context.name);
  const model = options.has('model') ? options.text('model') : (context.judgeModel ?? renderer.json.model);
  if (model === undefined)
    throw new PromptctlError('config', `${context.name}: no model judges`, {
      hint: 'Set eval.judge in promptctl.yaml',
    });
  return {
    async ask<T>(sample: Sample, values: Values, schema: JsonSchema, repeat: number): Promise<T> {
      const { messages, parameters } = render(renderer, values);
      const responseFormat = { type: 'json_schema', name: 'verdict', strict: true, schema } as const;
      const { text } = await sample.ask({ model, messages, parameters, tools: [], responseFormat }, repeat);
      const parsed = parseOutput<T>(compileSchema(schema), text);
      if (!parsed.ok)
        throw new EvaluatorError(`the judge gave no verdict: ${parsed.problems[0]?.message ?? ''} in ${shown(text)}`);
      return parsed.value;
    },
  };
}

function render(renderer: Renderer, values: Values): ReturnType<Renderer['render']> {
  try {
    // A judge prompt of the user's need not read everything that is known.
    return renderer.render(
      Object.fromEntries(Object.entries(values).filter(([name]) => Object.hasOwn(renderer.json.variables, name))),
    );
  } catch (error) {
    throw error instanceof PromptError
      ? new EvaluatorError(`the judge's prompt can't be rendered: ${error.message}`)
      : error;
  }
}

function loaded(source: Source, file: string, name: string): Renderer {
  const [found] = loadWorkspace(source, parseConfig('', undefined), { files: [file] }).prompts;
  if (found?.prompt) return rendererOf(found.prompt);
  throw new PromptctlError(
    'config',
    `${name}: ${file} is no prompt: ${found?.problems[0]?.message ?? 'it is not there'}`,
  );
}

/** An object with these members and no other, as strict schemas ask for it. */
export function objectSchema(properties: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}

export interface JudgeVerdict {
  readonly score: number;
  readonly reason: string;
  /** Pairwise only: whether the order of the answers decided. */
  readonly isFlipped?: boolean;
}

/** Asks `samples` times, at the same time; the mean decides, and verdicts on both sides of the threshold are borderline. */
export async function repeated(options: Options, ask: (repeat: number) => Promise<JudgeVerdict>): Promise<Score> {
  const samples = options.number('samples');
  if (!Number.isInteger(samples) || samples < 1)
    throw new EvaluatorError('samples must be a whole number of at least 1');
  const threshold = options.number('threshold');
  const verdicts = await Promise.all(Array.from({ length: samples }, (_, repeat) => ask(repeat)));
  const scores = verdicts.map(({ score }) => score);
  const score = scores.reduce((sum, one) => sum + one, 0) / samples;
  const passing = scores.filter((one) => one >= threshold).length;
  const isBorderline = passing > 0 && passing < samples;
  const spread = Math.sqrt(scores.reduce((sum, one) => sum + (one - score) ** 2, 0) / Math.max(1, samples - 1));
  const reason =
    samples === 1
      ? verdicts[0]!.reason
      : `${passing} of ${samples} verdicts pass, spread ${rounded(spread)}: ${[...new Set(verdicts.map((verdict) => verdict.reason))].join(' | ')}`;
  const mark = verdicts.some(({ isFlipped }) => isFlipped) ? 'flipped' : isBorderline ? 'borderline' : undefined;
  return { score, pass: score >= threshold, reason, ...(mark ? { mark } : {}) };
}
