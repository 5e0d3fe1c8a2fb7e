import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { lint, rules } from '../../src/lint/index.ts';
import type { Finding } from '../../src/model/index.ts';
import { loadWorkspace, memorySource, parseConfig } from '../../src/workspace/index.ts';
import { sharedFolder } from '../support/shared.ts';
import { TODAY } from './example-workspace.ts';

/** One line of the hand reading; corpus/README.md says how it is compared. */
interface Row {
  readonly file: string;
  readonly rules: readonly string[];
  readonly line: number;
  readonly severity: string;
  readonly isDoubtful: boolean;
}

const READING = fileURLToPath(new URL('./corpus/reading.tsv', import.meta.url));
const folder = sharedFolder('corpus');
const known = new Set(rules.map((rule) => rule.id));

function readRows(): readonly Row[] {
  return readFileSync(READING, 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'))
    .filter(([, rule]) => rule !== '-')
    .map(([file, rule, line, severity, note]) => ({
      file: file!,
      rules: [rule!, ...[...note!.matchAll(/\bor ([a-z]+\/[a-z-]+)/g)].map(([, other]) => other!)],
      line: Number(line),
      severity: severity!,
      isDoubtful: note!.includes('doubtful'),
    }));
}

function says(row: Row, finding: Finding): boolean {
  return row.file === finding.file && row.line === finding.range.start.line && row.rules.includes(finding.ruleId);
}

function lintCorpus(): readonly Finding[] {
  const corpus = join(folder!, 'github-models');
  const files = Object.fromEntries(
    readdirSync(corpus)
      .filter((name) => /\.prompt\.ya?ml$/.test(name))
      .map((name) => [name, readFileSync(join(corpus, name))]),
  );
  return lint(loadWorkspace(memorySource(files), parseConfig('extends: all', 'promptctl.yaml')), { now: TODAY })
    .findings;
}

it.skipIf(folder === undefined)('agrees with the hand reading of the public corpus', () => {
  const rows = readRows();
  const findings = [
    ...new Map(
      lintCorpus().map((finding) => [`${finding.file}:${finding.range.start.line}:${finding.ruleId}`, finding]),
    ).values(),
  ];

  const told = findings.filter(
    (finding) => finding.severity !== 'info' && !rows.some((row) => row.isDoubtful && says(row, finding)),
  );
  const wrong = told.filter((finding) => !rows.some((row) => says(row, finding)));
  const firm = rows.filter(
    (row) => row.severity !== 'info' && !row.isDoubtful && row.rules.some((rule) => known.has(rule)),
  );
  const missed = firm.filter((row) => !findings.some((finding) => says(row, finding)));
  const precision = 1 - wrong.length / told.length;
  const recall = 1 - missed.length / firm.length;
  console.log(
    `corpus: precision ${precision.toFixed(3)} of ${told.length}, recall ${recall.toFixed(3)} of ${firm.length}`,
  );
  if (process.env['SHOW_CORPUS']) {
    for (const { file, range, ruleId, message } of wrong)
      console.log(`wrong  ${file}:${range.start.line} ${ruleId} ${message}`);
    for (const { file, line, rules: ids } of missed) console.log(`missed ${file}:${line} ${ids.join(' or ')}`);
  }
  expect(precision).toBeGreaterThanOrEqual(0.95);
  expect(recall).toBeGreaterThanOrEqual(0.95);
});

it.skipIf(folder === undefined)('finds every prompt of the corpus without tests, and no other', () => {
  const rows = new Set(
    readRows()
      .filter((row) => row.rules.includes('tests/no-tests'))
      .map(({ file, line }) => `${file}:${line}`),
  );
  const found = new Set(
    lintCorpus()
      .filter(({ ruleId }) => ruleId === 'tests/no-tests')
      .map(({ file, range }) => `${file}:${range.start.line}`),
  );
  expect(found).toEqual(rows);
});
