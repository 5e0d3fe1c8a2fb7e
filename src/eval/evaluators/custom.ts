import { type JsonValue, PromptctlError } from '../../model/index.ts';
import { importFile, runCommand, withoutSecrets } from '../../providers/index.ts';
import {
  EvaluatorError,
  type EvaluatorContext,
  type EvaluatorKind,
  type Sample,
  type Score,
  type Scorer,
} from './evaluator.ts';
import type { Options } from './options.ts';

const TIMEOUT_MS = 30_000;

const withOptions = { with: { type: 'object', default: {}, summary: 'Passed on as it is.' } } as const;

function mustAllow({ allowExec, name }: EvaluatorContext): void {
  if (!allowExec) {
    throw new PromptctlError('config', `${name}: this evaluator runs code, which is off`, {
      hint: 'Pass --allow-exec where you trust the files',
    });
  }
}

/** What a user's code is told of an answer. */
function told(sample: Sample, options: Options): object {
  const { output, completion, fields, input } = sample;
  return { output, input, fields, completion, options: options.object('with') };
}

const javascript: EvaluatorKind = {
  id: 'javascript',
  family: 'custom',
  version: 1,
  summary:
    'A module of yours that exports `score({ output, input, fields, completion, options })`. Runs only with --allow-exec.',
  options: { file: { type: 'text', summary: 'The module, relative to the prompt file.' }, ...withOptions },
  create(options, context): Scorer {
    mustAllow(context);
    if (!options.has('file')) throw new PromptctlError('config', `${context.name}: names no file`);
    const file = options.text('file');
    let loaded: Promise<Record<string, unknown>> | undefined;
    return async (sample) => {
      const { score } = await (loaded ??= importFile(file, context.directory));
      if (typeof score !== 'function') throw new PromptctlError('config', `${file} exports no function \`score\``);
      let result: unknown;
      try {
        result = await score(told(sample, options));
      } catch (error) {
        throw new EvaluatorError(`${file} threw: ${error instanceof Error ? error.message : String(error)}`);
      }
      return readScore(result, file);
    };
  },
};

const exec: EvaluatorKind = {
  id: 'exec',
  family: 'custom',
  version: 1,
  summary:
    'A program that reads the answer as JSON on stdin and prints its score as JSON. Runs only with --allow-exec.',
  options: { command: { type: 'texts', summary: 'The program and its arguments; no shell.' }, ...withOptions },
  create(options, context): Scorer {
    mustAllow(context);
    if (!options.has('command')) throw new PromptctlError('config', `${context.name}: names no command`);
    const command = options.texts('command');
    const env = withoutSecrets(context.environment, undefined);
    return async (sample) => {
      let printed: string;
      try {
        printed = await runCommand(command, JSON.stringify(told(sample, options)), {
          env,
          directory: context.directory,
          timeoutMs: TIMEOUT_MS,
          signal: new AbortController().signal,
        });
      } catch (error) {
        throw new EvaluatorError(error instanceof Error ? error.message : String(error));
      }
      return readScore(parsed(printed, command[0]!), command[0]!);
    };
  },
};

function parsed(text: string, from: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new EvaluatorError(`${from} did not print JSON`);
  }
}

/** A verdict (true or false), a score (at least 0.5 passes), or `{ score, pass, reason }`. */
function readScore(result: unknown, from: string): Score {
  if (typeof result === 'boolean') return { score: result ? 1 : 0, pass: result };
  if (typeof result === 'number' && Number.isFinite(result)) return { score: result, pass: result >= 0.5 };
  const { score, pass, reason } = (typeof result === 'object' && result !== null ? result : {}) as Record<
    string,
    JsonValue | undefined
  >;
  if (typeof score !== 'number' && typeof pass !== 'boolean')
    throw new EvaluatorError(`${from} gave neither a score nor a verdict`);
  const number = typeof score === 'number' ? score : pass === true ? 1 : 0;
  return {
    score: number,
    pass: typeof pass === 'boolean' ? pass : number >= 0.5,
    ...(typeof reason === 'string' ? { reason } : {}),
  };
}

export const customKinds: readonly EvaluatorKind[] = [javascript, exec];
