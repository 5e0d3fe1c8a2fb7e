import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { lint, rules } from '../../src/lint/index.ts';
import type { Finding } from '../../src/model/index.ts';
import { exampleWorkspace, TODAY } from './example-workspace.ts';

/** A defect planted in a prompt that looks like a real one; planted/README.md says what must hold. */
interface Case {
  readonly name: string;
  readonly mode: 'strict' | 'github';
  readonly preset: string;
  readonly expect?: Spot & { readonly or?: Spot; readonly severity?: string; readonly alsoAllowed?: readonly string[] };
  readonly path?: string;
  readonly config?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly bad?: string;
  readonly good?: string;
}

interface Spot {
  readonly line: number;
  readonly file?: string;
}

const FOLDER = fileURLToPath(new URL('./planted/', import.meta.url));
const CONFIG = 'prompts: ["prompts/**/*.prompt.{yml,yaml}"]\n';

/** Cases whose defect has a rule of its own by now. */
const RULE_OF: Readonly<Record<string, string>> = { 'optional variable written out': 'template/optional-unguarded' };

const known = new Set(rules.map((rule) => rule.id));
const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.yml'))
  .sort();

describe.each(files.filter((file) => known.has(file.slice(0, -4))))('%s', (file) => {
  const cases = parse(readFileSync(FOLDER + file, 'utf8')) as readonly Case[];
  for (const planted of cases) {
    if (quietsUnknown(planted)) {
      it.todo(planted.name);
      continue;
    }
    const rule = RULE_OF[planted.name] ?? file.slice(0, -4);
    const { bad, good } = planted;
    if (bad !== undefined) {
      it.each([planted.preset, 'all'])(`finds: ${planted.name} (%s)`, (preset) => {
        const found = lintText(planted, bad, preset);
        const { severity, alsoAllowed = [], or, ...spot } = planted.expect!;
        const spots = [spot, ...(or ? [or] : [])].map(({ file = pathOf(planted), line }) => `${file}:${line}`);
        const mine = found.filter(
          (finding) => finding.ruleId === rule && spots.includes(`${finding.file}:${finding.range.start.line}`),
        );
        expect(mine.length, `${rule} at ${spots.join(' or ')} in ${told(found).join('\n')}`).toBeGreaterThan(0);
        if (severity) expect(mine.map((finding) => finding.severity)).toContain(severity);
        const others = found.filter(
          (finding) => finding.ruleId !== rule && finding.file === pathOf(planted) && finding.severity !== 'info',
        );
        expect(told(others.filter((finding) => !alsoAllowed.includes(finding.ruleId)))).toEqual([]);
      });
    }
    if (good !== undefined) {
      it(`is quiet: ${planted.name}`, () => {
        const found = lintText(planted, good, planted.mode === 'strict' ? 'all' : 'recommended');
        const own = found.filter((finding) => finding.file === pathOf(planted));
        expect(told(planted.mode === 'strict' ? own : own.filter((finding) => finding.severity !== 'info'))).toEqual(
          [],
        );
        const ofRule = lintText(planted, good, 'all').filter(
          (finding) => finding.ruleId === rule && finding.file === pathOf(planted),
        );
        expect(told(ofRule)).toEqual([]);
      });
    }
  }
});

/** Whether a suppression in it names a rule that is still to come. */
function quietsUnknown({ bad = '', good = '' }: Case): boolean {
  const named = [...`${bad}\n${good}`.matchAll(/promptctl-disable\S* ([\w/-]+)/g)].map(([, rule]) => rule!);
  return named.some((rule) => !known.has(rule));
}

function lintText(planted: Case, text: string, preset: string): readonly Finding[] {
  const files = { ...planted.files, 'promptctl.yaml': planted.config ?? CONFIG };
  return lint(exampleWorkspace({ text, file: pathOf(planted), files }, preset), { now: TODAY }).findings;
}

function pathOf({ path }: Case): string {
  return path ?? 'prompts/support/triage.prompt.yml';
}

function told(findings: readonly Finding[]): string[] {
  return findings.map(
    ({ ruleId, severity, range, message }) => `${range.start.line} ${severity} ${ruleId}: ${message}`,
  );
}
