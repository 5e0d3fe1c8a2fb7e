import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type AnswerResult, jsonlRows, type SampleResult } from '../../eval/index.ts';
import type { JsonObject } from '../../model/index.ts';
import type { Label } from '../../metrics/stats/index.ts';
import { openLines } from '../../store/index.ts';
import { usage } from '../exit.ts';
import type { Rating } from './calibration.ts';

/** What the judge said in a run, asked for by the test. */
export interface JudgedRun {
  readonly name: string;
  readonly results: readonly SampleResult[];
  /** The evaluator that is the judge, where `--evaluator` names it. */
  readonly evaluator: string | undefined;
}

export interface Labels {
  readonly ratings: readonly Rating[];
  /** Answers that the judge gave no verdict on. */
  readonly unjudged: number;
  readonly evaluator?: string;
}

/**
 * Reads labels: a line has a person's `label`, and either the judge's `verdict` with it (and the `output`), or the `id` of a test, whose
 * verdict and output are a run's. `runOf` is asked only where a line needs a run.
 *
 * @throws PromptctlError for a line that says neither, or a test that the run does not have.
 */
export function readLabels(cwd: string, file: string, runOf: () => JudgedRun): Labels {
  if (!existsSync(resolve(cwd, file))) throw usage(`${file} is not there`);
  const rows = jsonlRows(openLines(resolve(cwd, file)), file);
  const ratings: Rating[] = [];
  let unjudged = 0;
  let judged: ReturnType<typeof verdictsOf> | undefined;
  for (let at = 0; at < rows.length; at++) {
    const row = rows.at(at);
    const place = rows.place(at);
    const label = labelIn(row, 'label', place);
    if (row.verdict !== undefined) {
      const verdict = labelIn(row, 'verdict', place);
      ratings.push({ label, verdict, ...(typeof row.output === 'string' ? { output: row.output } : {}) });
      continue;
    }
    if (typeof row.id !== 'string') throw usage(`${place} has neither a \`verdict\` nor the \`id\` of a test`);
    judged ??= verdictsOf(runOf());
    if (label !== 'pass' && label !== 'fail')
      throw usage(`${place}: a run says pass or fail, and the label is ${JSON.stringify(label)}`);
    const rating = judged.ratingOf(row.id, row.promptId, place);
    if (rating) ratings.push({ label, ...rating });
    else unjudged++;
  }
  return { ratings, unjudged, ...(judged ? { evaluator: judged.evaluator } : {}) };
}

/** Yes and no are pass and fail, however they are written. */
function labelIn(row: JsonObject, name: 'label' | 'verdict', place: string): Label {
  const value = row[name];
  if (typeof value === 'boolean') return value ? 'pass' : 'fail';
  if (typeof value === 'string' || typeof value === 'number') return value;
  throw usage(`${place} has no \`${name}\``, 'true or false, a word, or a number');
}

function verdictsOf({ name, results, evaluator: named }: JudgedRun): {
  readonly evaluator: string;
  ratingOf(id: string, promptId: unknown, place: string): Omit<Rating, 'label'> | undefined;
} {
  const found = [...new Set(results.flatMap(({ scores = {} }) => Object.keys(scores)))];
  const evaluator = named ?? (found.length === 1 ? found[0] : undefined);
  if (evaluator === undefined || !found.includes(evaluator))
    throw usage(
      named === undefined ? `Run ${name} has ${found.length} evaluators` : `Run ${name} has no evaluator ${named}`,
      found.length === 0 ? 'it scored nothing' : `choose the judge with --evaluator: ${found.join(', ')}`,
    );
  return {
    evaluator,
    ratingOf(id, promptId, place) {
      const matching = results.filter(
        (result) => result.id === id && (promptId === undefined || result.promptId === promptId),
      );
      if (matching.length !== 1)
        throw usage(
          `${place}: run ${name} has ${matching.length === 0 ? 'no' : 'more than one'} test ${id}`,
          matching.length === 0 ? 'name the run with --run' : 'say which with `promptId`',
        );
      const [result] = matching as [SampleResult];
      const verdict = verdictOf(result, evaluator);
      if (verdict === undefined) return undefined;
      return { verdict, ...(result.output === undefined ? {} : { output: result.output }) };
    },
  };
}

/** Of several epochs, what most of them say. */
function verdictOf({ epochs, ...answer }: SampleResult, evaluator: string): 'pass' | 'fail' | undefined {
  const judged = (epochs ?? [answer]).filter(({ scores }: AnswerResult) => scores?.[evaluator] !== undefined);
  if (judged.length === 0) return undefined;
  const failed = judged.filter((one: AnswerResult) => one.failed?.includes(evaluator)).length;
  return failed * 2 > judged.length ? 'fail' : 'pass';
}
