import { describe, expect, it } from 'vitest';
import { type CliRun, runCli } from '../support/cli.ts';
import { deskFolder, newestRun, runEval } from '../support/eval-cli.ts';
import { folderOf } from '../support/folder.ts';
import { LlmServer } from '../support/llm-server.ts';

type Row = Readonly<Record<string, unknown>>;

const lines = (rows: readonly Row[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
const times = (count: number, row: Row): Row[] => Array.from({ length: count }, () => row);

function calibrate(rows: readonly Row[], minKappa?: number, args: readonly string[] = []): CliRun {
  const cwd = folderOf({
    'promptctl.yaml': JSON.stringify({ eval: minKappa === undefined ? {} : { minKappa } }),
    'labels.jsonl': lines(rows),
  });
  return runCli(['calibrate', 'labels.jsonl', ...args], { cwd });
}

function kappaOf(rows: readonly Row[]): number {
  return (JSON.parse(calibrate(rows, undefined, ['--json']).stdout) as { kappa: { kappa: number } }).kappa.kappa;
}

/** The worked example of Cohen's kappa: 20 and 15 agreed, 5 and 10 not; kappa is 0.4. */
const example = [
  ...times(20, { label: true, verdict: true }),
  ...times(5, { label: true, verdict: false }),
  ...times(10, { label: false, verdict: 'pass' }),
  ...times(15, { label: 'fail', verdict: 'fail' }),
];

describe('calibrate', () => {
  it('says how far judge and people agree', () => {
    const { status, stdout } = calibrate(example);
    expect(status).toBe(0);
    expect(stdout).toMatchInlineSnapshot(`
      "50 answers with a label and a verdict
      accuracy     70 % (95 %: 56.2 % to 80.9 %)
      kappa        0.40 (95 %: 0.15 to 0.65)
      length bias  unknown: it takes every output, verdicts that are pass, fail or numbers, and errors that differ

      person \\ judge  pass  fail
      pass              20     5
      fail              10    15
      "
    `);
  });

  it('exits 1 for a judge under eval.minKappa, and 0 for one that reaches it', () => {
    expect(calibrate(example, 0.4).status).toBe(0);
    const { status, stdout } = calibrate(example, 0.41, ['--json']);
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 'promptctl.calibrate/1',
      summary: { answers: 50, unjudged: 0, mayGate: false },
      accuracy: { share: 0.7 },
      confusion: {
        categories: ['pass', 'fail'],
        counts: [
          [20, 5],
          [10, 15],
        ],
      },
      minKappa: 0.41,
    });
  });

  it('sees a judge that favours long answers', () => {
    // scipy.stats.spearmanr(lengths, [0, -1, 0, 0, 1, 0, 1, 1]), 1.17
    const rows = [
      { label: true, verdict: true, output: 'a'.repeat(10) },
      { label: true, verdict: false, output: 'a'.repeat(20) },
      { label: false, verdict: false, output: 'a'.repeat(20) },
      { label: true, verdict: true, output: 'a'.repeat(40) },
      { label: false, verdict: true, output: 'a'.repeat(50) },
      { label: false, verdict: false, output: 'a'.repeat(60) },
      { label: false, verdict: true, output: 'a'.repeat(75) },
      { label: false, verdict: true, output: 'a'.repeat(80) },
    ];
    const { lengthBias } = JSON.parse(calibrate(rows, undefined, ['--json']).stdout) as {
      readonly lengthBias: Record<string, number>;
    };
    expect(lengthBias.correlation).toBeCloseTo(0.728123280212635, 12);
    expect(lengthBias.low).toBeCloseTo(0.0222824033495646, 12);
    expect(calibrate(rows).stdout).toContain('favours long answers');
  });

  it('counts a near miss less where verdicts are numbers', () => {
    const near = [1, 2, 3, 4, 5, 5].map((stars) => ({ label: stars, verdict: Math.min(5, stars + 1) }));
    const far = [1, 2, 3, 4, 5, 5].map((stars) => ({ label: stars, verdict: stars === 5 ? 5 : 5 - stars }));
    expect(kappaOf(near)).toBeGreaterThan(kappaOf(far) + 0.3);
  });

  it('takes verdicts from a run by the ids of its tests', async () => {
    const server = await LlmServer.start({ answer: ({ user }) => (user.includes('4') ? 'no' : user) });
    const rows = [1, 2, 3, 4].map((at) => ({ $id: `t${at}`, ticket: `T-${at}`, expected: `T-${at}` }));
    const evaluators = [
      { name: 'polite', uses: 'promptctl/contains' },
      { name: 'short', uses: 'promptctl/word-count', with: { max: 9 } },
    ];
    const files = { 'labels.jsonl': lines([1, 2, 3, 4].map((at) => ({ id: `t${at}`, label: at < 3 }))) };
    const folder = deskFolder({ url: server.url, rows, evaluators, files });
    await runEval(folder);
    await server.stop();

    const unnamed = runCli(['calibrate', 'labels.jsonl'], { cwd: folder });
    expect([unnamed.status, unnamed.stderr]).toEqual([2, expect.stringContaining('--evaluator: polite, short')]);
    const run = newestRun(folder);
    const { status, stdout } = runCli(['calibrate', 'labels.jsonl', '--evaluator', 'polite', '--run', run, '--json'], {
      cwd: folder,
    });
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      evaluator: 'polite',
      accuracy: { share: 0.75 },
      confusion: {
        counts: [
          [2, 0],
          [1, 1],
        ],
      },
    });
  });

  it.each<[string, readonly Row[], string]>([
    ['a line without a label', [{ verdict: true }], 'labels.jsonl:1 has no `label`'],
    ['a line without a verdict', [{ label: true }], 'labels.jsonl:1 has neither a `verdict` nor the `id` of a test'],
    ['a test of no run', [{ label: true, id: 't1' }], 'There is no run that has the verdicts'],
    ['an empty file', [], 'labels.jsonl has no answer with a label and a verdict'],
    ['labels of one kind only', times(9, { label: true, verdict: true }), 'shows nothing beyond chance'],
  ])('refuses %s', (_, rows, message) => {
    const { status, stderr } = calibrate(rows, 0.5);
    expect([status, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});
