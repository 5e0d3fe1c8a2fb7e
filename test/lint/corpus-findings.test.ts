import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { importPrompts } from '../../src/import/index.ts';
import { lint, rules } from '../../src/lint/index.ts';
import type { Finding } from '../../src/model/index.ts';
import { diskSource, loadWorkspace, memorySource, parseConfig, type Source } from '../../src/workspace/index.ts';
import { sharedFolder } from '../support/shared.ts';
import { TODAY } from './example-workspace.ts';

/** One finding that was read and judged; corpus/README.md says how. */
interface Verdict {
  readonly rule: string;
  readonly place: string;
  readonly isTrue: boolean;
}

const TABLE = fileURLToPath(new URL('./corpus/findings.tsv', import.meta.url));
const JUDGED = /^(?:output|tokens|cache|technique|security|conversation|style)\//;
const corpus = sharedFolder('corpus');

function readTable(): readonly Verdict[] {
  const [, ...lines] = readFileSync(TABLE, 'utf8').trimEnd().split('\n');
  return lines
    .map((line) => line.split('\t'))
    .map(([set, file, rule, place, verdict]) => ({
      rule: rule!,
      place: `${set}/${file} ${rule} ${place}`,
      isTrue: verdict === 'true',
    }));
}

/** The prompts of one format, converted where it is not ours. */
function promptsOf(set: string): Source {
  const source = diskSource(`${corpus!}/${set}`);
  if (set === 'github-models') return source;
  return memorySource(Object.fromEntries(importPrompts(source).converted.map(({ path, text }) => [path, text])));
}

function findingsOf(set: string): readonly (readonly [place: string, finding: Finding])[] {
  const workspace = loadWorkspace(promptsOf(set), parseConfig('extends: all', 'promptctl.yaml'));
  return lint(workspace, { now: TODAY })
    .findings.filter(({ ruleId }) => JUDGED.test(ruleId))
    .map((finding) => [`${set}/${finding.file} ${finding.ruleId} ${placeIn(set, finding)}`, finding] as const);
}

/** A line in a file of the corpus. A converted file has no lines of its own: there it is a pointer, and what the finding names. */
function placeIn(set: string, { ruleId, range, pointer, message }: Finding): string {
  if (set === 'github-models') return String(range.start.line);
  const isNamed = /^(?:security\/untrusted-unfenced|security\/tool-without-schema|tokens\/variable-unbounded)$/.test(
    ruleId,
  );
  return `${pointer || '/'}${isNamed ? ` ${/`([^`]+)`/.exec(message)![1]!}` : ''}`;
}

it.skipIf(corpus === undefined)(
  'what the rules of the later categories find in public prompts was read, and is right',
  () => {
    const table = readTable();
    const found = ['github-models', 'dotprompt', 'prompty'].flatMap(findingsOf);
    const listed = new Set(table.map(({ place }) => place));
    const recommended = new Set(rules.filter(({ preset }) => preset !== 'all').map(({ id }) => id));

    const unread = found.filter(([place, { ruleId }]) => recommended.has(ruleId) && !listed.has(place));
    expect(unread.map(([place, { message }]) => `${place}: ${message}`)).toEqual([]);

    const told = new Set(found.map(([place]) => place));
    const judged = new Map<string, Verdict[]>();
    for (const verdict of table.filter(({ place }) => told.has(place))) {
      judged.set(verdict.rule, [...(judged.get(verdict.rule) ?? []), verdict]);
    }
    expect(judged.size).toBeGreaterThan(12);
    const wrong = [...judged].filter(([, verdicts]) => precisionOf(verdicts) < 0.95);
    expect(wrong.map(([rule, verdicts]) => `${rule}: ${precisionOf(verdicts)}`)).toEqual([]);
    const kept = table.filter(({ place }) => told.has(place)).length;
    console.log(
      `corpus findings: ${kept} of ${table.length} judged, precision ${precisionOf([...judged.values()].flat())}`,
    );
    expect(kept).toBeGreaterThan(0.9 * table.length);
  },
);

function precisionOf(verdicts: readonly Verdict[]): number {
  return verdicts.filter(({ isTrue }) => isTrue).length / verdicts.length;
}
