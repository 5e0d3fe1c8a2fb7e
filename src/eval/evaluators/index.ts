import { type EvaluatorSpec, isObject, PromptctlError } from '../../model/index.ts';
import { nearest } from '../../runtime/index.ts';
import { costKinds } from './cost.ts';
import { customKinds } from './custom.ts';
import type { EvaluatorContext, EvaluatorKind, Family, Scorer } from './evaluator.ts';
import { githubUses, llmScorer, stringScorer } from './github.ts';
import { judgeKinds } from './judge/index.ts';
import { meaningKinds } from './meaning.ts';
import { readOptions } from './options.ts';
import { referenceKinds } from './reference.ts';
import { structureKinds } from './structure.ts';
import { textKinds } from './text.ts';

export {
  EvaluatorError,
  type EvaluatorContext,
  type EvaluatorKind,
  type Family,
  type JudgeRequest,
  type Mark,
  type Sample,
  type Score,
  type Scorer,
} from './evaluator.ts';
export type { OptionSpec } from './options.ts';

/** Every evaluator of ours, as `uses: promptctl/<id>` names it. */
export const evaluatorKinds: readonly EvaluatorKind[] = [
  ...textKinds,
  ...structureKinds,
  ...referenceKinds,
  ...meaningKinds,
  ...judgeKinds,
  ...costKinds,
  ...customKinds,
];

const kindById = new Map(evaluatorKinds.map((kind) => [kind.id, kind]));
const OURS = 'promptctl/';

/** Makes an evaluator of a prompt file ready to score. @throws PromptctlError naming the evaluator, and the nearest name to an unknown one. */
export function scorerOf(evaluator: EvaluatorSpec, context: EvaluatorContext): Scorer {
  const { uses, spec } = evaluator;
  if (spec.string !== undefined) return stringScorer(spec.string, context);
  if (spec.llm !== undefined) return llmScorer(spec.llm, context);
  if (uses === undefined) throw new PromptctlError('config', `${context.name}: no string, llm or uses`);
  if (uses.startsWith('github/')) return githubUses(uses, context);
  const kind = uses.startsWith(OURS) ? kindById.get(uses.slice(OURS.length)) : undefined;
  if (!kind) {
    const near = nearest(
      uses,
      [...kindById.keys()].map((id) => OURS + id),
    );
    throw new PromptctlError(
      'config',
      `${context.name}: unknown evaluator \`${uses}\`${near ? `; did you mean \`${near}\`?` : ''}`,
    );
  }
  const given = spec.with;
  if (given !== undefined && !isObject(given))
    throw new PromptctlError('config', `${context.name}: \`with\` must be a mapping`);
  return kind.create(readOptions(given ?? {}, kind.options, context.name), context);
}

export function evaluatorFamily({ uses, spec }: EvaluatorSpec): Family | undefined {
  if (spec.llm !== undefined || uses?.startsWith('github/')) return 'github';
  return uses?.startsWith(OURS) ? kindById.get(uses.slice(OURS.length))?.family : undefined;
}

/** Whether an evaluator asks a model, for a verdict or for vectors. */
export function asksModels(evaluator: EvaluatorSpec): boolean {
  const family = evaluatorFamily(evaluator);
  return family === 'github' || family === 'judge' || family === 'meaning';
}

/** What decides how an evaluator scores: changes whenever the same answer may score differently. */
export function evaluatorVersion({ uses }: EvaluatorSpec): number {
  return (uses?.startsWith(OURS) ? kindById.get(uses.slice(OURS.length))?.version : undefined) ?? 1;
}
