import { type EvalReport, exitCodeOf, type Outcome, reportOf } from '../../eval/index.ts';
import { compareText } from '../../model/index.ts';
import { createRun, END_LINE, Journal } from '../../store/index.ts';
import { findConfig } from '../../workspace/index.ts';
import type { Command } from '../command.ts';
import { numberOf } from '../eval/choices.ts';
import { emitPieces } from '../eval/emit-pieces.ts';
import { evalFormatNames, evalFormats, writeResults } from '../eval/formats.ts';
import { gatesIn } from '../eval/settings.ts';
import { readStored, type StoredRun } from '../eval/stored.ts';
import { usage } from '../exit.ts';

export const command: Command = {
  arguments: [{ name: '<runs...>', description: 'runs by name, by folder or by their results.json' }],
  formats: evalFormatNames,
  options: [
    {
      flags: '--max-error-rate <share>',
      description: 'errors above this share leave the answer unknown (default 0.05)',
    },
    { flags: '--strict-gate', description: 'inconclusive fails as well' },
  ],
  examples: [
    {
      command: 'promptctl merge shard-*/results.json --format junit=eval.xml',
      description: 'after a CI matrix of `eval --shard i/n`',
    },
  ],
  run: (context) => {
    const { folder, config } = findConfig(context.cwd, context.config);
    const runs = context.args.map((named) => readStored(folder, context.cwd, named));
    mustBeWhole(runs);
    const outcomes = mergedOutcomes(runs);
    const report = reportOf({
      prompts: firsts(
        runs.flatMap(({ prompts }) => prompts),
        ({ id }) => id,
      ),
      notRun: runs.reduce((sum, { summary }) => sum + summary.notRun, 0),
      gates: gatesIn(config.eval),
      maxErrorRate: context.options.has('maxErrorRate') ? numberOf(context, 'maxErrorRate', 0, 1) : 0.05,
      wasInterrupted: false,
      missing: runs.flatMap(({ missing }) => missing),
      dead: firsts(
        runs.flatMap(({ dead }) => dead),
        ({ provider, message }) => provider + message,
      ),
      notes: firsts(
        runs.flatMap(({ notes }) => notes),
        (note) => note,
      ),
      baseline: mergedBaseline(runs),
      wallMs: Math.max(...runs.map(({ wallMs }) => wallMs)),
      outcomes: () => outcomes,
    });
    const run = createRun(folder, Date.now());
    const journal = Journal.create(run.journal);
    journal.append(END_LINE);
    journal.close();
    run.release();
    writeResults(folder, run, report);
    emitPieces(context, report, evalFormats(context, folder), 'pretty');
    return exitCodeOf(report.verdict, { strictGate: context.options.flag('strictGate') });
  },
};

/** A shard left out would pass for a run without its tests. */
function mustBeWhole(runs: readonly StoredRun[]): void {
  const shards = runs.flatMap(({ shard }) => shard ?? []);
  const [first] = shards;
  if (!first) return;
  const other = shards.find(({ of }) => of !== first.of);
  if (other || shards.length !== runs.length)
    throw usage(
      'The runs are not shards of one run',
      `one is ${first.index}/${first.of}${other ? `, one ${other.index}/${other.of}` : ', one is no shard'}`,
    );
  for (let index = 1; index <= first.of; index++) {
    const count = shards.filter((shard) => shard.index === index).length;
    if (count !== 1) throw usage(`Shard ${index}/${first.of} is ${count === 0 ? 'missing' : 'there more than once'}`);
  }
}

/** By prompt and id: shards hold their tests in the order of the files, but not how they interleave. */
function mergedOutcomes(runs: readonly StoredRun[]): readonly Outcome[] {
  const outcomes = runs.flatMap((run) => run.outcomes);
  outcomes.sort(({ result: a }, { result: b }) => compareText(a.promptId, b.promptId) || compareText(a.id, b.id));
  const twice = outcomes.find(
    ({ result }, at) =>
      at > 0 && outcomes[at - 1]!.result.id === result.id && outcomes[at - 1]!.result.promptId === result.promptId,
  );
  if (twice) throw usage(`Test ${twice.result.id} of ${twice.result.promptId} is in two runs`);
  return outcomes;
}

function mergedBaseline(
  runs: readonly StoredRun[],
): Omit<NonNullable<EvalReport['baseline']>, 'sides' | 'comparisons'> | undefined {
  const baselines = runs.flatMap(({ baseline }) => baseline ?? []);
  const [first] = baselines;
  if (!first) return undefined;
  if (baselines.length !== runs.length || baselines.some(({ commit }) => commit !== first.commit))
    throw usage('The runs have different baselines');
  const all = (pick: (baseline: (typeof baselines)[number]) => readonly string[]): string[] => [
    ...new Set(baselines.flatMap(pick)),
  ];
  return {
    ref: first.ref,
    commit: first.commit,
    // A prompt may have no changed row in one shard and some in another.
    unchanged: all(({ unchanged }) => unchanged).filter(
      (id) => !runs.some(({ prompts }) => prompts.some((prompt) => prompt.id === id)),
    ),
    added: all(({ added }) => added),
    newOnly: all(({ newOnly }) => newOnly),
  };
}

function firsts<T>(list: readonly T[], keyOf: (entry: T) => string): T[] {
  return [...new Map(list.map((entry) => [keyOf(entry), entry])).values()];
}
