import type { EvaluatorKind } from '../evaluator.ts';
import { choice, factuality, groundedness, relevance } from './choice.ts';
import { pairwise } from './pairwise.ts';
import { rubric } from './rubric.ts';

export const judgeKinds: readonly EvaluatorKind[] = [rubric, choice, pairwise, factuality, groundedness, relevance];
