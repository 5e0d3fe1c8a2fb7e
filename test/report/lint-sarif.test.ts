import { describe, expect, it } from 'vitest';
import { lint, rules } from '../../src/lint/index.ts';
import { sarifLint } from '../../src/report/lint-sarif.ts';
import { exampleWorkspace } from '../lint/example-workspace.ts';
import { finding, reportOf } from './reports.ts';

interface Descriptor {
  readonly id: string;
  readonly shortDescription: { readonly text: string };
  readonly fullDescription: { readonly text: string };
  readonly help: { readonly text: string; readonly markdown: string };
  readonly defaultConfiguration: { readonly level: string };
  readonly properties: { readonly tags: readonly string[]; readonly 'security-severity'?: string };
}

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: { readonly uri: string; readonly uriBaseId: string };
      readonly region: Record<'startLine' | 'startColumn' | 'endLine' | 'endColumn', number>;
    };
  }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
}

interface Log {
  readonly $schema: string;
  readonly version: string;
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly name: string; readonly rules: readonly Descriptor[] } };
      readonly results: readonly Result[];
    },
  ];
}

const LEVELS = ['none', 'note', 'warning', 'error'];

/** Every rule at work: the findings of all the bad examples. */
const everything = rules.flatMap((rule) =>
  rule.examples.bad.flatMap((bad) => [...lint(exampleWorkspace(bad)).findings]),
);

function sarif(findings: readonly ReturnType<typeof finding>[], prefix = ''): Log {
  return JSON.parse(sarifLint(reportOf(findings), { rules, prefix })) as Log;
}

/** What the 2.1.0 schema requires of the members that are written, and what GitHub refuses beyond it. */
function expectValid(log: Log): void {
  expect(log).toMatchObject({ version: '2.1.0', $schema: expect.stringMatching(/sarif-2\.1\.0\.json$/) });
  const [{ tool, results }] = log.runs;
  expect(tool.driver.name).toBe('promptctl');
  expect(new Set(tool.driver.rules.map(({ id }) => id)).size).toBe(tool.driver.rules.length);
  for (const rule of tool.driver.rules) {
    expect(LEVELS).toContain(rule.defaultConfiguration.level);
    for (const { text } of [rule.shortDescription, rule.fullDescription]) {
      expect(text.length).toBeGreaterThan(0);
      expect(text.length).toBeLessThanOrEqual(1024);
    }
    expect(rule.help.text).not.toBe('');
    expect(rule.help.markdown).toContain(`# ${rule.id}`);
    expect(rule.properties.tags.length).toBeLessThanOrEqual(20);
    expect(new Set(rule.properties.tags).size).toBe(rule.properties.tags.length);
  }
  for (const result of results) {
    expect(tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId);
    expect(LEVELS).toContain(result.level);
    expect(result.message.text).not.toBe('');
    const [{ physicalLocation }] = result.locations as [Result['locations'][number]];
    expect(physicalLocation.artifactLocation.uri).toMatch(/^(?![/.]|[a-z]+:)[\w.!~*'()%/-]+$/);
    const { startLine, startColumn, endLine, endColumn } = physicalLocation.region;
    for (const number of [startLine, startColumn, endLine, endColumn]) {
      expect(Number.isInteger(number)).toBe(true);
      expect(number).toBeGreaterThanOrEqual(1);
    }
    expect(endLine).toBeGreaterThanOrEqual(startLine);
    if (endLine === startLine) expect(endColumn).toBeGreaterThanOrEqual(startColumn);
    expect(Object.values(result.partialFingerprints)).toEqual([expect.stringMatching(/^[0-9a-f]{16}$/)]);
  }
}

describe('SARIF', () => {
  it('says whatever any rule finds in the shape of 2.1.0', () => {
    expect(everything.length).toBeGreaterThan(100);
    expectValid(sarif(everything));
  });

  it('is valid with nothing in it', () => {
    const log = sarif([]);
    expectValid(log);
    expect(log.runs[0]).toMatchObject({ results: [], tool: { driver: { rules: [] } } });
  });

  it('describes the rules that found something, with the OWASP id as a tag', () => {
    const log = sarif([finding(), finding()]);
    expect(log.runs[0].tool.driver.rules).toHaveLength(1);
    expect(log.runs[0].tool.driver.rules[0]!.properties).toEqual({
      tags: ['security', 'OWASP LLM01:2025'],
      'security-severity': '7.5',
    });
  });

  it('tags every rule that has an OWASP id in the form of the 2025 list', () => {
    const tags = sarif(everything).runs[0].tool.driver.rules.flatMap(({ properties }) => properties.tags);
    const owasp = tags.filter((tag) => tag.startsWith('OWASP'));
    expect(owasp.length).toBeGreaterThan(5);
    for (const tag of owasp) expect(tag).toMatch(/^OWASP LLM(?:0[1-9]|10):2025$/);
  });

  it('writes paths from the top of the repository, as URIs', () => {
    const log = sarif([finding({ file: 'prompts/50% off #1.prompt.yml' })], 'apps/desk/');
    expect(log.runs[0].results[0]!.locations[0]!.physicalLocation.artifactLocation).toEqual({
      uri: 'apps/desk/prompts/50%25%20off%20%231.prompt.yml',
      uriBaseId: '%SRCROOT%',
    });
  });
});
