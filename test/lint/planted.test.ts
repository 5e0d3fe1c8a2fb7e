import { describe, expect, it } from 'vitest';
import { rules } from '../../src/lint/index.ts';
import type { Finding } from '../../src/model/index.ts';
import { type Case, lintPlanted, pathOfCase, plantedCases } from './planted-cases.ts';

/** Cases whose defect has a rule of its own by now. */
const RULE_OF: Readonly<Record<string, string>> = { 'optional variable written out': 'template/optional-unguarded' };

const known = new Set(rules.map((rule) => rule.id));
const filesWithRules = [...plantedCases()].filter(([file]) => known.has(file.slice(0, -4)));

describe.each(filesWithRules)('%s', (file, cases) => {
  for (const planted of cases) {
    if (quietsUnknown(planted)) {
      it.todo(planted.name);
      continue;
    }
    const rule = RULE_OF[planted.name] ?? file.slice(0, -4);
    const { bad, good } = planted;
    if (bad !== undefined) {
      it.each([planted.preset, 'all'])(`finds: ${planted.name} (%s)`, (preset) => {
        const found = lintPlanted(planted, bad, preset);
        const { severity, alsoAllowed = [], or, ...spot } = planted.expect!;
        const spots = [spot, ...(or ? [or] : [])].map(({ file = pathOfCase(planted), line }) => `${file}:${line}`);
        const mine = found.filter(
          (finding) => finding.ruleId === rule && spots.includes(`${finding.file}:${finding.range.start.line}`),
        );
        expect(mine.length, `${rule} at ${spots.join(' or ')} in ${told(found).join('\n')}`).toBeGreaterThan(0);
        if (severity) expect(mine.map((finding) => finding.severity)).toContain(severity);
        const others = found.filter(
          (finding) => finding.ruleId !== rule && finding.file === pathOfCase(planted) && finding.severity !== 'info',
        );
        expect(told(others.filter((finding) => !alsoAllowed.includes(finding.ruleId)))).toEqual([]);
      });
    }
    if (good !== undefined) {
      it(`is quiet: ${planted.name}`, () => {
        const found = lintPlanted(planted, good, planted.mode === 'strict' ? 'all' : 'recommended');
        const own = found.filter((finding) => finding.file === pathOfCase(planted));
        expect(told(planted.mode === 'strict' ? own : own.filter((finding) => finding.severity !== 'info'))).toEqual(
          [],
        );
        const ofRule = lintPlanted(planted, good, 'all').filter(
          (finding) => finding.ruleId === rule && finding.file === pathOfCase(planted),
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

function told(findings: readonly Finding[]): string[] {
  return findings.map(
    ({ ruleId, severity, range, message }) => `${range.start.line} ${severity} ${ruleId}: ${message}`,
  );
}
