import { dirname } from 'node:path';
import { PromptctlError } from '../model/index.ts';
import { type Cache, type Cassettes, END_LINE, Journal, type Recording, type RunFolder } from '../store/index.ts';
import { Answers, type AnswersOptions } from './answers.ts';
import { askInBatches, type Batched, type BatchOptions } from './batch/index.ts';
import { Budget } from './budget.ts';
import type { Gates } from './gate.ts';
import type { Clock } from './limiter.ts';
import { idAt, type Plan, type PlanDigests } from './plan.ts';
import type { Reducer } from './reduce.ts';
import { type BaselineReport, type EvalReport, reportOf } from './report.ts';
import { countNotRun, outcomesOf, readBackOnce } from './results.ts';
import type { Router } from './router.ts';
import { Run, type RunOptions } from './run.ts';

export interface EvaluateOptions {
  readonly plan: Plan;
  readonly folder: RunFolder;
  /** The journal of the run that goes on; absent where a new one begins. */
  readonly resumed?: Journal | undefined;
  /** What the command line chose, kept in the journal so that `--resume` need not repeat it. */
  readonly choices: Readonly<Record<string, unknown>>;
  readonly router: Router;
  readonly evaluators: RunOptions['evaluators'];
  readonly cache?: Cache | undefined;
  readonly cassettes?: Cassettes | undefined;
  readonly replay: AnswersOptions['replay'];
  /** Writes what was answered to the cassettes; `whole` where the run covers every test of its prompts. */
  readonly record?: { readonly isWhole: boolean } | undefined;
  readonly onLookUp?: AnswersOptions['onLookUp'];
  readonly given?: RunOptions['given'];
  readonly reducer: Reducer;
  readonly shard?: EvalReport['shard'];
  readonly gates: Gates;
  readonly maxErrorRate: number;
  readonly maxCostUsd?: number | undefined;
  readonly baseline?: Pick<BaselineReport, 'ref' | 'commit' | 'added'> | undefined;
  readonly notes?: readonly string[];
  /** Asks by the providers' batch APIs. */
  readonly batch?: Pick<BatchOptions, 'waitMs' | 'onLook' | 'onNote'> | undefined;
  readonly clock: Clock;
  readonly stop: AbortSignal;
  readonly onProgress?: RunOptions['onProgress'];
  /** Told what has been paid in all, whenever it grows. */
  readonly onSpent?: (usd: number) => void;
}

export interface JournalHeader {
  readonly schema: 'promptctl.journal/1';
  readonly units: number;
  readonly digests: PlanDigests;
  readonly choices: Readonly<Record<string, unknown>>;
}

/** An evaluation that ended. The report reads the journal, so close it when the reports are written. */
export interface Evaluation {
  readonly report: EvalReport;
  readonly spentUsd: number;
  /** Says in the journal that nothing is left to do, where that is so: once the result files are written, and not before. */
  end(): void;
  close(): void;
}

/** Runs a plan to its end and says what it came to. @throws PromptctlError where the disk refuses, or where a run to resume is of other tests. */
export async function evaluate(options: EvaluateOptions): Promise<Evaluation> {
  const { plan, folder, clock } = options;
  const started = clock.now();
  const journal = options.resumed ?? Journal.create(folder.journal);
  const recordings = options.record ? Journal.open(folder.recordings) : undefined;
  const close = (): void => {
    journal.close();
    folder.release();
  };
  try {
    if (options.resumed) mustBeTheSame(headerOf(options.resumed), plan);
    else
      journal.append(
        JSON.stringify({
          schema: 'promptctl.journal/1',
          units: plan.units,
          digests: plan.digests,
          choices: options.choices,
        } satisfies JournalHeader),
      );
    const budget = new Budget(options.maxCostUsd ?? Infinity);
    const answers = new Answers({
      cache: options.cache,
      cassettes: options.cassettes,
      replay: options.replay,
      recordings,
      onLookUp: options.onLookUp,
      onPaid: (usd) => {
        budget.pay(usd);
        options.onSpent?.(budget.spentUsd);
      },
    });
    const run = new Run(plan, journal, {
      answers,
      route: (model) => options.router.route(model),
      embeddings: (level) => options.router.embeddings(level),
      evaluators: options.evaluators,
      budget: options.maxCostUsd === undefined ? undefined : budget,
      given: options.given,
      stop: options.stop,
      onProgress: options.onProgress,
    });
    if (options.resumed) run.restore((usd) => budget.pay(usd));
    const batched =
      options.batch &&
      (await askInBatches({
        ...options.batch,
        plan,
        run,
        answers,
        folder: dirname(folder.journal),
        leftUsd: (options.maxCostUsd ?? Infinity) - budget.spentUsd,
        clock,
        stop: options.stop,
      }));
    await run.finish(batched?.collected).finally(() => batched?.collected.close());
    if (recordings && options.cassettes)
      options.cassettes.write(recordingsIn(recordings), options.record!.isWhole && run.isComplete);
    return {
      report: reportOfRun(run, answers, batched, options, clock.now() - started),
      spentUsd: budget.spentUsd,
      end: () => {
        if (run.isComplete) journal.append(END_LINE);
      },
      close,
    };
  } catch (error) {
    close();
    throw error;
  } finally {
    recordings?.close();
  }
}

/** The first line of a journal. @throws PromptctlError where it is none. */
export function headerOf(journal: Journal): JournalHeader {
  for (const { line } of journal.lines()) {
    try {
      const header = JSON.parse(line) as JournalHeader;
      if (header.schema === 'promptctl.journal/1') return header;
    } catch {
      // Told below: without a header nobody knows what the run was of.
    }
    break;
  }
  throw new PromptctlError('usage', `${journal.path} is no journal that can be gone on with`, {
    hint: 'Start a new run',
  });
}

const CHANGED: Readonly<Record<keyof PlanDigests, string>> = {
  tests: 'tests or their expectations',
  prompts: 'prompts',
  evaluators: 'evaluators',
  judging: 'judge model or embeddings of promptctl.yaml',
};

/** Going on with other tests would mix two runs; running nothing and calling it a success would be worse. */
function mustBeTheSame(header: JournalHeader, { units, digests }: Plan): void {
  const changed = (Object.keys(CHANGED) as (keyof PlanDigests)[]).filter((key) => header.digests[key] !== digests[key]);
  if (changed.length === 0 && header.units === units) return;
  const what = changed.length > 0 ? changed.map((key) => CHANGED[key]).join(' and the ') : 'number of answers';
  throw new PromptctlError('usage', `The run can't be resumed: the ${what} changed since it began`, {
    hint: 'Start a new run, or bring the files back as they were',
  });
}

function* recordingsIn(journal: Journal): Iterable<Recording> {
  for (const { line } of journal.lines()) yield JSON.parse(line) as Recording;
}

function reportOfRun(
  run: Run,
  answers: Answers,
  batched: Batched | undefined,
  options: EvaluateOptions,
  wallMs: number,
): EvalReport {
  const { plan, reducer, gates, baseline, router, stop, shard, maxErrorRate } = options;
  const isCut = stop.aborted || batched?.isUnfinished === true;
  const overBudget =
    run.isOverBudget || batched?.isOverBudget ? [`stopped before it could cost more than $${options.maxCostUsd}`] : [];
  return reportOf({
    prompts: plan.prompts.map(({ prompt: { id, name, description, model } }) => ({
      id,
      ...(name === undefined ? {} : { name }),
      ...(description === undefined ? {} : { description }),
      model,
    })),
    notRun: countNotRun(run),
    gates,
    maxErrorRate,
    wasInterrupted: isCut && !run.isComplete,
    emptyPasses: options.evaluators.githubExact,
    missing: answers.missing,
    dead: router.dead(),
    notes: [...(options.notes ?? []), ...overBudget],
    ...(shard ? { shard } : {}),
    baseline: baseline && { ...baseline, unchanged: plan.unchanged, newOnly: newOnlyIds(plan) },
    wallMs,
    outcomes: readBackOnce(() => outcomesOf(run, reducer)),
  });
}

function newOnlyIds(plan: Plan): string[] {
  return plan.prompts.flatMap((planned) => [...planned.newOnly].map((at) => idAt(planned, at)));
}
