import { join, relative } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import {
  evaluate,
  type Evaluation,
  exitCodeOf,
  headerOf,
  parseReducer,
  type Plan,
  processClock,
  Router,
} from '../../eval/index.ts';
import type { Prompt } from '../../model/index.ts';
import { Cache, type CacheMode, Cassettes, createRun, Journal, openRun, type RunFolder } from '../../store/index.ts';
import { findConfig } from '../../workspace/index.ts';
import type { Command, Context } from '../command.ts';
import { baselineAt, type Baseline } from '../eval/baseline.ts';
import { type Choices, choicesOf, numberOf } from '../eval/choices.ts';
import { emitPieces } from '../eval/emit-pieces.ts';
import { evalFormats, evalFormatNames, writeResults } from '../eval/formats.ts';
import { type Interrupts, listenForInterrupts } from '../eval/interrupts.ts';
import { estimate, mustBePriced, planFor } from '../eval/plan.ts';
import { ProgressLine } from '../eval/progress.ts';
import { RETRIES, routerOptions, TIMEOUT_MS } from '../eval/router-options.ts';
import { answersOfRun, failuresOfRun, runToResume } from '../eval/runs.ts';
import { gatesIn, numberIn } from '../eval/settings.ts';
import { EXIT } from '../exit.ts';
import { stopOnErrors } from '../stop-on-errors.ts';
import { type Opened, openWorkspace } from '../workspace.ts';

/** Both providers end a batch by then, done or not. */
const BATCH_WAIT_MINUTES = 24 * 60;

export const command: Command = {
  arguments: [{ name: '[ids...]', description: 'prompts by id or path; all by default' }],
  formats: evalFormatNames,
  options: [
    { flags: '--filter <text>', description: 'only tests whose $name or id contains this' },
    { flags: '--only-failed', description: 'only tests that the newest run did not pass' },
    { flags: '--baseline <ref>', description: 'also ask the version at a git ref, and judge what changed' },
    { flags: '--epochs <n>', description: 'answers to each test' },
    { flags: '--reducer <name>', description: 'mean, median, mode, max, at-least-k, pass@k or pass^k of the epochs' },
    { flags: '--shard <i/n>', description: 'only the i-th of n parts; put them together with `promptctl merge`' },
    { flags: '--concurrency <n>', description: 'never more than n requests at once (default: from 16 up to 64)' },
    { flags: '--timeout <ms>', description: `for one attempt, headers and body together (default ${TIMEOUT_MS})` },
    {
      flags: '--retries <n>',
      description: `more attempts after 408, 409, 429, 5xx, resets and timeouts (default ${RETRIES})`,
    },
    {
      flags: '--max-error-rate <share>',
      description: 'errors above this share leave the answer unknown (default 0.05)',
    },
    { flags: '--max-cost <usd>', description: 'send nothing that could cost more in all' },
    { flags: '--batch', description: "ask by the provider's batch API: at half the price, within a day" },
    {
      flags: '--batch-wait <minutes>',
      description: `how long to wait for batches before leaving them to --resume (default ${BATCH_WAIT_MINUTES})`,
    },
    { flags: '--estimate', description: 'say what the run could cost, and send nothing' },
    {
      flags: '--cache <mode>',
      description: 'read, write, refresh or off (default read)',
      choices: ['read', 'write', 'refresh', 'off'],
    },
    { flags: '--explain-cache', description: 'say for each answer where it came from, and under which key' },
    { flags: '--record', description: 'write the answers to evals/cassettes' },
    { flags: '--replay [mode]', description: 'take answers from evals/cassettes; with =strict from nowhere else' },
    { flags: '--resume [run]', description: 'go on with a run that did not end, by default the newest' },
    { flags: '--rescore <run>', description: "score a run's answers again, asking for none" },
    { flags: '--strict-gate', description: 'inconclusive fails as well' },
    { flags: '--github-exact', description: "keep to the rules of GitHub's runner, flaws and all" },
    { flags: '--provider <name>', description: 'where models go whose publisher is no configured provider' },
    { flags: '--allow-exec', description: 'run exec and module providers and evaluators' },
    { flags: '--allow-empty', description: 'no prompt, test or evaluator is no failure' },
  ],
  examples: [
    { command: 'promptctl eval', description: 'ask, score and gate every prompt' },
    { command: 'promptctl eval support/triage --filter refund', description: 'some tests of one prompt' },
    {
      command: 'promptctl eval --replay=strict --format junit=eval.xml',
      description: 'in CI on a fork: recorded answers, no key, no network',
    },
    {
      command: 'promptctl eval --baseline main --format markdown',
      description: 'what this branch changes, for a comment on the pull request',
    },
    { command: 'promptctl eval --resume', description: 'go on after an interruption' },
    {
      command: 'promptctl eval --batch --max-cost 5',
      description: 'at half the price; Ctrl-C leaves the batch there, and --resume fetches it',
    },
  ],
  run: async (context) => {
    // V8 lets garbage grow to several times what is alive before it looks at the old generation: in a long run that is most of the memory.
    setFlagsFromString('--heap-growing-percent=40');
    const session = openSession(context);
    try {
      return await runSession(context, session);
    } finally {
      session.resumed?.journal.close();
      session.resumed?.folder.release();
      // Compiled code that is kept under other flags than it is read with would be refused.
      setFlagsFromString('--heap-growing-percent=0');
    }
  },
};

interface Session {
  /** The workspace's folder, where runs, cache and cassettes are. */
  readonly root: string;
  readonly choices: Choices;
  readonly resumed: { readonly folder: RunFolder; readonly journal: Journal } | undefined;
}

/** What to run: as the command line says, or as the run began that is to go on. */
function openSession(context: Context): Session {
  const root = findConfig(context.cwd, context.config).folder;
  if (!context.options.has('resume')) return { root, choices: choicesOf(context), resumed: undefined };
  const folder = openRun(root, runToResume(root, context.options.text('resume')));
  const journal = Journal.open(folder.journal);
  try {
    return { root, choices: headerOf(journal).choices as unknown as Choices, resumed: { folder, journal } };
  } catch (error) {
    journal.close();
    folder.release();
    throw error;
  }
}

async function runSession(context: Context, { root, choices: chosen, resumed }: Session): Promise<number> {
  const opened = openWorkspace(context, chosen.ids);
  const checked = await stopOnErrors(context, opened);
  if ('exit' in checked) return checked.exit;
  const interrupts = listenForInterrupts((text) => context.terminal.note(text));
  const router = new Router(routerOptions(context, opened, chosen, interrupts));
  try {
    const ref = context.options.text('baseline');
    const baseline = chosen.baseline
      ? baselineAt(root, opened.config, chosen.baseline.ref, chosen.baseline.commit)
      : ref === undefined
        ? undefined
        : baselineAt(root, opened.config, ref);
    const failedRun = context.options.flag('onlyFailed') ? failuresOfRun(root, chosen.onlyFailed) : undefined;
    const choices: Choices = {
      ...chosen,
      ...(baseline ? { baseline: { ref: baseline.ref, commit: baseline.commit } } : {}),
      ...(failedRun ? { onlyFailed: failedRun.name } : {}),
    };
    const only = failedRun ?? (choices.onlyFailed === undefined ? undefined : failuresOfRun(root, choices.onlyFailed));
    const plan = planFor(context, opened, checked.prompts, choices, router, baseline, only?.ids);
    if (context.options.flag('estimate')) return estimate(context, plan);
    const folder = resumed?.folder ?? createRun(root, Date.now());
    const evaluation = await evaluated(context, opened, {
      choices,
      plan,
      folder,
      resumed: resumed?.journal,
      router,
      baseline,
      interrupts,
      prompts: checked.prompts,
    });
    try {
      return report(context, root, folder, evaluation, interrupts);
    } finally {
      if (!resumed) evaluation.close();
    }
  } finally {
    interrupts.dispose();
    await router.close();
  }
}

interface Job {
  readonly choices: Choices;
  readonly plan: Plan;
  readonly folder: RunFolder;
  readonly resumed: Journal | undefined;
  readonly router: Router;
  readonly baseline: Baseline | undefined;
  readonly interrupts: Interrupts;
  readonly prompts: readonly Prompt[];
}

async function evaluated(context: Context, opened: Opened, job: Job): Promise<Evaluation> {
  const { options, terminal } = context;
  const { choices, plan, folder, router, baseline } = job;
  const settings = opened.config.eval;
  const maxCostUsd = options.has('maxCost')
    ? numberOf(context, 'maxCost', 0, Infinity)
    : numberIn(settings, 'maxCostUsd');
  if (maxCostUsd !== undefined) mustBePriced(plan);
  const cacheMode = (options.text('cache') ?? 'read') as CacheMode;
  let spentUsd = 0;
  const progress = await ProgressLine.begin(terminal, () => spentUsd);
  const evaluation = await evaluate({
    plan,
    folder,
    resumed: job.resumed,
    choices: { ...choices },
    router,
    evaluators: {
      judgeModel: typeof settings.judge === 'string' ? settings.judge : undefined,
      allowExec: options.flag('allowExec'),
      environment: process.env,
      githubExact: choices.githubExact,
    },
    cache: cacheMode === 'off' ? undefined : new Cache(join(opened.folder, '.promptctl', 'cache'), cacheMode),
    cassettes: new Cassettes(join(opened.folder, 'evals', 'cassettes')),
    replay: choices.replay,
    record: choices.record
      ? { isWhole: choices.filter === undefined && !choices.shard && choices.onlyFailed === undefined }
      : undefined,
    onLookUp: options.flag('explainCache')
      ? ({ promptId, name, epoch }, key, origin) =>
          terminal.note(
            `${origin.padEnd(8)} ${key || '-'} ${promptId} ${name}${epoch > 0 ? ` epoch ${epoch + 1}` : ''}\n`,
          )
      : undefined,
    given: choices.rescore === undefined ? undefined : answersOfRun(opened.folder, choices.rescore, plan),
    reducer: parseReducer(choices.reducer, choices.epochs),
    ...(choices.shard ? { shard: choices.shard } : {}),
    gates: gatesIn(settings),
    maxErrorRate: options.has('maxErrorRate') ? numberOf(context, 'maxErrorRate', 0, 1) : 0.05,
    maxCostUsd,
    baseline: baseline && {
      ref: baseline.ref,
      commit: baseline.commit,
      added: job.prompts.filter((prompt) => !baseline.beforeOf(prompt)).map(({ id }) => id),
    },
    batch: choices.batch
      ? {
          waitMs:
            (options.has('batchWait') ? numberOf(context, 'batchWait', 0, Infinity) : BATCH_WAIT_MINUTES) * 60_000,
          onLook: (text) => progress.wait(text),
          onNote: (text) => terminal.note(`${text}\n`),
        }
      : undefined,
    clock: processClock,
    stop: job.interrupts.stop,
    onProgress: (state) => progress.show(state),
    onSpent: (usd) => {
      spentUsd = usd;
    },
  }).finally(() => progress.end());
  return evaluation;
}

/** Writes the run's files and the formats asked for, and gives the exit code. */
function report(
  context: Context,
  root: string,
  folder: RunFolder,
  { report: made, end }: Evaluation,
  interrupts: Interrupts,
): number {
  writeResults(root, folder, made);
  end();
  emitPieces(context, made, evalFormats(context, root, folder.results), 'pretty');
  const { note } = context.terminal;
  for (const { provider, message } of made.dead) note(`${provider}: ${message}\n`);
  for (const text of made.notes) note(`Note: ${text}\n`);
  for (const { key, promptId, name } of made.missing) note(`missing  ${key} ${promptId} ${name}\n`);
  note(`Run ${folder.name}: ${relative(context.cwd, folder.results) || folder.results}\n`);
  const interrupted = interrupts.exitCode();
  if (interrupted !== undefined) {
    if (made.summary.notRun > 0) note('Go on with `promptctl eval --resume`\n');
    return interrupted;
  }
  if (made.missing.length > 0) {
    note(`${made.missing.length} answers were never recorded; record them with \`promptctl eval --record\`\n`);
    return EXIT.usage;
  }
  if (made.verdict === 'inconclusive')
    note('Warning: inconclusive. See the report for how many more samples would tell.\n');
  return exitCodeOf(made.verdict, { strictGate: context.options.flag('strictGate') });
}
