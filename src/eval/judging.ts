import { resolve } from 'node:path';
import { type EvaluatorSpec, isObject, type JsonValue } from '../model/index.ts';
import { fileDigest } from '../store/index.ts';
import { evaluatorFamily, evaluatorVersion } from './evaluators/index.ts';

/** What promptctl.yaml says of how answers are judged. */
export interface JudgingSettings {
  readonly judge?: JsonValue | undefined;
  readonly embeddings?: JsonValue | undefined;
  readonly tokenEmbeddings?: JsonValue | undefined;
}

/** Options that name a file which decides how an evaluator scores: a judge's prompt, a module. */
const FILES = ['prompt', 'file'] as const;

/** Everything in and beside the prompt file that decides how an evaluator scores, for a digest. */
export function evaluatorIdentity(evaluator: EvaluatorSpec, directory: string): object {
  const given = optionsOf(evaluator);
  const files = FILES.flatMap((name) => {
    const file = given[name];
    // A file that is not there is told when the evaluator is made.
    return typeof file === 'string' ? [fileDigest(resolve(directory, file)) ?? ''] : [];
  });
  return {
    spec: evaluator.spec,
    version: evaluatorVersion(evaluator),
    ...(files.length > 0 ? { files } : {}),
  };
}

/** The settings that an evaluator goes by, and no others: what it does not read may change. */
export function settingsRead(evaluator: EvaluatorSpec, settings: JudgingSettings): object {
  const { judge = null, embeddings = null, tokenEmbeddings = null } = settings;
  switch (evaluatorFamily(evaluator)) {
    case 'judge':
      return optionsOf(evaluator)['model'] === undefined ? { judge } : {};
    case 'meaning':
      return { embeddings, tokenEmbeddings };
    default:
      return {};
  }
}

function optionsOf({ spec }: EvaluatorSpec): Readonly<Record<string, unknown>> {
  return isObject(spec.with) ? spec.with : {};
}
