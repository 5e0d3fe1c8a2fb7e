import {
  cohenKappa,
  confusionTable,
  type Interval,
  type Kappa,
  type Label,
  wilson,
} from '../../metrics/stats/index.ts';
import { type LengthBias, lengthBias } from './length-bias.ts';

/** One answer as a person and as the judge see it. */
export interface Rating {
  readonly label: Label;
  readonly verdict: Label;
  /** What was judged, where it is known. */
  readonly output?: string;
}

/** How far a judge agrees with people. */
export interface Calibration {
  readonly answers: number;
  readonly accuracy: Interval & { readonly share: number };
  readonly kappa: Kappa;
  /** Of numbers, kappa counts a near miss less than a far one. */
  readonly weights: 'none' | 'quadratic';
  /** Its categories are the order of the rows (the person's) and the columns (the judge's) of its counts. */
  readonly confusion: { readonly categories: readonly Label[]; readonly counts: readonly (readonly number[])[] };
  /** Only where verdicts have an order and outputs are known. */
  readonly lengthBias?: LengthBias;
}

/** @throws RangeError for no ratings. */
export function calibrationOf(ratings: readonly Rating[]): Calibration {
  const labels = ratings.map(({ label }) => label);
  const verdicts = ratings.map(({ verdict }) => verdict);
  const categories = categoriesOf([...labels, ...verdicts]);
  const weights = categories.every((category) => typeof category === 'number') ? 'quadratic' : 'none';
  const agreed = ratings.filter(({ label, verdict }) => label === verdict).length;
  const bias = biasOf(ratings);
  return {
    answers: ratings.length,
    accuracy: { share: agreed / ratings.length, ...wilson(agreed, ratings.length) },
    kappa: cohenKappa(labels, verdicts, { categories, weights }),
    weights,
    confusion: { categories, counts: confusionTable(labels, verdicts, categories) },
    ...(bias ? { lengthBias: bias } : {}),
  };
}

/** Pass comes before fail; numbers by size; words by their letters. */
function categoriesOf(labels: readonly Label[]): Label[] {
  const found = [...new Set(labels)];
  if (found.every((label) => label === 'pass' || label === 'fail')) return found.sort().reverse();
  return found.sort((a, b) =>
    typeof a === 'number' && typeof b === 'number' ? a - b : String(a) < String(b) ? -1 : 1,
  );
}

function biasOf(ratings: readonly Rating[]): LengthBias | undefined {
  const lengths: number[] = [];
  const errors: number[] = [];
  for (const { label, verdict, output } of ratings) {
    const [person, judge] = [levelOf(label), levelOf(verdict)];
    if (output === undefined || person === undefined || judge === undefined) return undefined;
    lengths.push(output.length);
    errors.push(judge - person);
  }
  return lengthBias(lengths, errors);
}

function levelOf(label: Label): number | undefined {
  if (typeof label === 'number') return label;
  return label === 'pass' ? 1 : label === 'fail' ? 0 : undefined;
}
