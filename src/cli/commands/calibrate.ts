import { existsSync } from 'node:fs';
import type { Interval } from '../../metrics/stats/index.ts';
import { percent } from '../../report/eval-words.ts';
import { counted, printable } from '../../report/paint.ts';
import { listRuns, runPaths } from '../../store/index.ts';
import { findConfig } from '../../workspace/index.ts';
import { type Calibration, calibrationOf } from '../calibrate/calibration.ts';
import { readLabels } from '../calibrate/labels.ts';
import type { Command } from '../command.ts';
import { emit, envelope } from '../emit.ts';
import { readStored } from '../eval/stored.ts';
import { EXIT, usage } from '../exit.ts';

interface CalibrateReport extends Calibration {
  /** The judge, where its verdicts are a run's. */
  readonly evaluator?: string;
  readonly run?: string;
  /** Labelled answers that the judge gave no verdict on. */
  readonly unjudged: number;
  readonly minKappa?: number;
  /** False for a judge under eval.minKappa. */
  readonly mayGate: boolean;
}

/** Kappa 0.4 may come out as 0.39999999999999997. */
const ROUNDING = 1e-12;

export const command: Command = {
  arguments: [
    { name: '<labels>', description: 'JSON lines, each a `label` by a person and the `id` of a test, or a `verdict`' },
  ],
  formats: ['pretty', 'json'],
  options: [
    { flags: '--run <run>', description: 'the run that has the verdicts, as `view` takes it; the newest by default' },
    { flags: '--evaluator <name>', description: 'the evaluator of the run that is the judge, where it has several' },
  ],
  examples: [
    { command: 'promptctl calibrate labels.jsonl', description: 'verdicts from the file, or from the newest run' },
    {
      command: 'promptctl calibrate labels.jsonl --run 2026-03-01-101500 --evaluator polite',
      description: 'one judge of one run; exit 1 where it is under eval.minKappa',
    },
  ],
  run: (context) => {
    const { folder, config } = findConfig(context.cwd, context.config);
    let run: string | undefined;
    const { ratings, unjudged, evaluator } = readLabels(context.cwd, context.args[0]!, () => {
      run = context.options.text('run') ?? listRuns(folder).find((name) => existsSync(runPaths(folder, name).results));
      if (run === undefined) throw usage('There is no run that has the verdicts', 'make one with `promptctl eval`');
      const results = readStored(folder, context.cwd, run).outcomes.map(({ result }) => result);
      return { name: run, results, evaluator: context.options.text('evaluator') };
    });
    const [first] = ratings;
    if (!first) throw usage(`${context.args[0]} has no answer with a label and a verdict`);
    if (ratings.every(({ label, verdict }) => label === first.label && verdict === first.label))
      throw usage(
        `Every label and every verdict is ${first.label}: that shows nothing beyond chance`,
        'label answers of the other kind as well',
      );
    const calibration = calibrationOf(ratings);
    const { minKappa } = config.eval;
    const report: CalibrateReport = {
      ...(evaluator === undefined ? {} : { evaluator }),
      ...(run === undefined ? {} : { run }),
      ...calibration,
      unjudged,
      ...(typeof minKappa === 'number' ? { minKappa } : {}),
      mayGate: typeof minKappa !== 'number' || calibration.kappa.kappa >= minKappa - ROUNDING,
    };
    emit(context, report, { pretty, json: (made) => json(folder, made) }, 'pretty');
    return report.mayGate ? EXIT.fine : EXIT.findings;
  },
};

function json(folder: string, { answers, unjudged, mayGate, ...rest }: CalibrateReport): string {
  return envelope('calibrate', folder, { summary: { answers, unjudged, mayGate }, ...rest });
}

function pretty(report: CalibrateReport): string {
  const { evaluator, answers, unjudged, accuracy, kappa, weights, minKappa, mayGate } = report;
  const lines = [
    `${evaluator === undefined ? '' : `${printable(evaluator)}: `}${counted(answers, 'answer')} with a label and a verdict${unjudged > 0 ? `, ${unjudged} without a verdict` : ''}`,
    `accuracy     ${percent(accuracy.share)} (95 %: ${percent(accuracy.low)} to ${percent(accuracy.high)})`,
    `kappa        ${range(kappa.kappa, kappa)}${weights === 'quadratic' ? ', quadratic weights' : ''}`,
    `length bias  ${biasLine(report)}`,
    '',
    ...confusionLines(report.confusion),
    '',
  ];
  if (minKappa !== undefined)
    lines.push(
      mayGate
        ? `May gate: kappa is at least eval.minKappa, ${minKappa}.`
        : `May not gate: kappa is under eval.minKappa, ${minKappa}.`,
    );
  return `${lines.join('\n').trimEnd()}\n`;
}

function biasLine({ lengthBias }: CalibrateReport): string {
  if (!lengthBias)
    return 'unknown: it takes every output, verdicts that are pass, fail or numbers, and errors that differ';
  const { correlation, low, high } = lengthBias;
  const finding = low > 0 ? 'favours long answers' : high < 0 ? 'favours short answers' : 'none seen';
  return `${range(correlation, lengthBias)}: ${finding}`;
}

function range(value: number, { low, high }: Interval): string {
  return `${value.toFixed(2)} (95 %: ${low.toFixed(2)} to ${high.toFixed(2)})`;
}

function confusionLines({ categories, counts }: Calibration['confusion']): string[] {
  const rows = [
    ['person \\ judge', ...categories.map((category) => printable(String(category)))],
    ...counts.map((row, at) => [printable(String(categories[at])), ...row.map(String)]),
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]! + 2))).join(''),
  );
}
