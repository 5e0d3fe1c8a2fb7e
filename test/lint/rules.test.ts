import { describe, expect, it } from 'vitest';
import { applyFixes, lint, PRESETS, rules, type Rule, type RuleExample } from '../../src/lint/index.ts';
import type { Finding } from '../../src/model/index.ts';
import { YamlFile } from '../../src/workspace/index.ts';
import { exampleWorkspace, pathOf, TODAY } from './example-workspace.ts';

/** Rules whose bad case no text can show. */
const WITHOUT_BAD = new Set(['syntax/unreadable', 'security/redteam-missing']);

function findingsOf(rule: Rule, example: RuleExample): readonly Finding[] {
  const { findings } = lint(exampleWorkspace(example), { now: TODAY });
  return findings.filter((finding) => finding.ruleId === rule.id);
}

function isGrave({ severity }: Finding): boolean {
  return severity !== 'info';
}

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  it('documents itself', () => {
    expect(id).toMatch(/^[a-z]+\/[a-z]+(?:-[a-z]+)*$/);
    expect(PRESETS).toContain(rule.preset);
    expect(rule.summary).toMatch(/\.$/);
    expect(rule.why.length).toBeGreaterThan(40);
    if (!WITHOUT_BAD.has(id)) expect(rule.examples.bad.length).toBeGreaterThan(0);
    expect(rule.examples.good.length).toBeGreaterThan(0);
  });

  it.each(rule.examples.bad.map((example, at) => [at, example] as const))(
    'finds bad example %i at its line',
    (_at, example) => {
      const lines = findingsOf(rule, example)
        .filter((finding) => example.line !== undefined || finding.file === pathOf(example))
        .map((finding) => finding.range.start.line);
      expect(lines.length).toBeGreaterThan(0);
      if (example.line !== undefined) expect(lines).toContain(example.line);
    },
  );

  it.each(rule.examples.good.map((example, at) => [at, example] as const))(
    'is quiet on good example %i',
    (_at, example) => {
      expect(findingsOf(rule, example)).toEqual([]);
    },
  );

  it('makes nothing worse by its fixes', () => {
    for (const example of rule.examples.bad) {
      const path = pathOf(example);
      const before = lint(exampleWorkspace(example), { now: TODAY }).findings.filter(({ file }) => file === path);
      const mine = before.filter((finding) => finding.ruleId === id && finding.fixes.length > 0);
      if (rule.fixable === undefined) expect(mine).toEqual([]);
      if (mine.length === 0) continue;
      const { text, applied } = applyFixes(example.text, mine, { unsafe: true });
      expect(applied.length).toBeGreaterThan(0);
      expect(new YamlFile(path, text).problems.filter((problem) => problem.rule === 'syntax/yaml-error')).toEqual([]);
      const after = lint(exampleWorkspace({ ...example, text }), { now: TODAY }).findings.filter(
        ({ file }) => file === path,
      );
      expect(after.filter((finding) => finding.ruleId === id).length).toBeLessThan(mine.length);
      // What a syntax error hid may come to light; else no other rule may have more to say.
      if (rule.id.startsWith('syntax/')) continue;
      expect(after.filter(isGrave).length).toBeLessThanOrEqual(before.filter(isGrave).length);
    }
  });
});

it('has each rule once', () => {
  const ids = rules.map((rule) => rule.id);
  expect(new Set(ids).size).toBe(ids.length);
});
