import { existsSync, readFileSync } from 'node:fs';
import { headerOf, type Plan, recordOf, type UnitRecord } from '../../eval/index.ts';
import { isFinished, isHeld, Journal, listRuns, runPaths } from '../../store/index.ts';
import { usage } from '../exit.ts';

/** The run that `--resume` means. @throws PromptctlError where there is nothing to go on with. */
export function runToResume(root: string, named: string | undefined): string {
  if (named !== undefined) {
    const runs = listRuns(root);
    if (!runs.includes(named))
      throw usage(
        `There is no run ${named}`,
        runs.length > 0 ? `the newest is ${runs[0]}` : 'no run has been made here',
      );
    if (isFinished(root, named))
      throw usage(
        `Nothing to resume: run ${named} ended`,
        'score its answers again with --rescore, or run its failures with --only-failed',
      );
    return named;
  }
  const found = listRuns(root).find((name) => !isFinished(root, name) && !isHeld(root, name));
  if (found === undefined) throw usage('Nothing to resume: every run here ended');
  return found;
}

/** The tests that a run did not pass. */
export function failuresOfRun(
  root: string,
  named: string | undefined,
): { readonly name: string; readonly ids: ReadonlySet<string> } {
  const name = named ?? listRuns(root).find((run) => existsSync(runPaths(root, run).results));
  const path = name === undefined ? undefined : runPaths(root, name).results;
  if (name === undefined || path === undefined || !existsSync(path))
    throw usage('There is no run whose failures could be run again');
  const { results } = JSON.parse(readFileSync(path, 'utf8')) as {
    readonly results: readonly { readonly id: string; readonly status: string }[];
  };
  return { name, ids: new Set(results.filter(({ status }) => status !== 'passed').map(({ id }) => id)) };
}

/** The answers of an earlier run, by unit. @throws PromptctlError where the prompts have changed: its answers are to other questions. */
export function answersOfRun(root: string, name: string, plan: Plan): (unit: number) => UnitRecord | undefined {
  if (!existsSync(runPaths(root, name).journal)) throw usage(`There is no run ${name}`);
  const journal = Journal.open(runPaths(root, name).journal);
  const header = headerOf(journal);
  if (header.units !== plan.units || header.digests.prompts !== plan.digests.prompts) {
    journal.close();
    throw usage(
      `Run ${name} can't be scored again: the prompts, or the values they are asked with, changed since`,
      'give it the ids and options that it was made with, or start a new run',
    );
  }
  const offsets = new Float64Array(plan.units).fill(-1);
  for (const { line, offset } of journal.lines()) {
    const record = recordOf(line);
    if (record && offsets[record.unit] === -1) offsets[record.unit] = offset;
  }
  return (unit) => (offsets[unit]! < 0 ? undefined : recordOf(journal.read(offsets[unit]!)));
}
