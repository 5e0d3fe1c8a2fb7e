import type { EvaluatorKind } from '../evaluator.ts';

export const judgeKinds: readonly EvaluatorKind[] = [];
