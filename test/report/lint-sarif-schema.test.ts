import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lint, rules } from '../../src/lint/index.ts';
import type { Finding } from '../../src/model/index.ts';
import { sarifLint } from '../../src/report/lint-sarif.ts';
import { loadWorkspace, memorySource, parseConfig } from '../../src/workspace/index.ts';
import { TODAY } from '../lint/example-workspace.ts';
import { plantedRuns } from '../lint/planted-cases.ts';
import { sharedFolder } from '../support/shared.ts';
import { finding, reportOf } from './reports.ts';

const SCHEMA = fileURLToPath(
  new URL('../../node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json', import.meta.url),
);
const corpus = sharedFolder('corpus');

interface Result {
  readonly ruleId: string;
  readonly locations: readonly [{ readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } } }];
}

/** The schema is of draft 4, whose words that it uses mean the same in draft 7, but for `id`. */
function compiled(): (log: unknown) => string[] {
  const {
    $schema: _draft,
    id,
    ...rest
  } = JSON.parse(readFileSync(SCHEMA, 'utf8')) as {
    $schema: string;
    id: string;
  };
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  formats.default(ajv);
  const validate = ajv.compile({ ...rest, $id: id });
  return (log) =>
    validate(log) ? [] : validate.errors!.map(({ instancePath, message }) => `${instancePath}: ${message}`);
}

const problemsOf = compiled();

function written(
  findings: readonly Finding[],
  prefix = '',
): { readonly problems: string[]; readonly results: Result[] } {
  const log = JSON.parse(sarifLint(reportOf(findings), { rules, prefix })) as { runs: { results: Result[] }[] };
  return { problems: problemsOf(log), results: log.runs[0]!.results };
}

function findingsIn(files: Readonly<Record<string, string | Uint8Array>>): readonly Finding[] {
  return lint(loadWorkspace(memorySource(files), parseConfig('extends: all', 'promptctl.yaml')), { now: TODAY })
    .findings;
}

describe('SARIF and its 2.1.0 schema', () => {
  it("disagree on a log without the tool's name", () => {
    expect(problemsOf({ version: '2.1.0', runs: [{ tool: { driver: {} } }] })).toEqual([
      "/runs/0/tool/driver: must have required property 'name'",
    ]);
  });

  it('agree where nothing is found', () => {
    expect(written([])).toEqual({ problems: [], results: [] });
  });

  it('agree on the findings of every planted defect and every bad example', () => {
    const findings = plantedRuns().flat();
    const { problems, results } = written(findings, 'apps/desk/');
    expect(problems).toEqual([]);
    expect(results).toHaveLength(findings.length);
    const silent = new Set(['syntax/unreadable', 'security/redteam-missing']);
    const told = new Set(findings.map(({ ruleId }) => ruleId));
    expect(rules.map(({ id }) => id).filter((id) => !told.has(id) && !silent.has(id))).toEqual([]);
    expect(findings.some(({ fixes }) => fixes.length > 0)).toBe(true);
  });

  it.skipIf(corpus === undefined)('agree on the findings of the public corpus', () => {
    const folder = join(corpus!, 'github-models');
    const names = readdirSync(folder).filter((name) => /\.prompt\.ya?ml$/.test(name));
    const findings = findingsIn(Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name))])));
    expect(findings.length).toBeGreaterThan(100);
    expect(written(findings).problems).toEqual([]);
  });

  it('leave out what a comment quiets', () => {
    const prompt = "model: openai/gpt-4o-mini\nmessages:\n  - role: user\n    content: 'Say hello.'\nmodle: x\n";
    const quiet = prompt.replace('modle', '# promptctl-disable-next-line schema/unknown-key -- our own\nmodle');
    const [loud, silent] = [prompt, quiet].map((text) => written(findingsIn({ 'greet.prompt.yml': text })));
    expect(loud!.results.map(({ ruleId }) => ruleId)).toContain('schema/unknown-key');
    expect(silent!.results.map(({ ruleId }) => ruleId)).not.toContain('schema/unknown-key');
    expect(silent!.problems).toEqual([]);
  });

  it.each([
    ['prompts/grüße/заявка.prompt.yml', 'prompts/gr%C3%BC%C3%9Fe/%D0%B7%D0%B0%D1%8F%D0%B2%D0%BA%D0%B0.prompt.yml'],
    ['prompts/依頼 #2 (50%).prompt.yml', 'prompts/%E4%BE%9D%E9%A0%BC%20%232%20(50%25).prompt.yml'],
    ['a:b?c=d&[e].prompt.yml', 'a%3Ab%3Fc%3Dd%26%5Be%5D.prompt.yml'],
    ["it's $5 + 😀.prompt.yml", "it's%20%245%20%2B%20%F0%9F%98%80.prompt.yml"],
  ])('write %s as a URI that leads back to it', (file, uri) => {
    const { problems, results } = written([finding({ file })]);
    expect(problems).toEqual([]);
    const [{ physicalLocation }] = results[0]!.locations;
    expect(physicalLocation.artifactLocation.uri).toBe(uri);
    expect(new URL(uri, 'file:///repository/').href).toBe(`file:///repository/${uri}`);
    expect(decodeURIComponent(uri)).toBe(file);
  });

  it('agree, whatever a message, a pointer or a path is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme', minLength: 1 }), (text, name) => {
        const file = `prompts/${name.replaceAll('/', '')}.prompt.yml`;
        expect(written([finding({ message: `says ${text}`, pointer: text, help: text, file })]).problems).toEqual([]);
      }),
    );
  });

  it('keep the worst of more results than code scanning takes, and say so', () => {
    const infos = Array.from({ length: 25_001 }, () => finding({ severity: 'info' }));
    const many = [...infos, finding(), finding()];
    const text = sarifLint(reportOf(many), { rules, prefix: '' });
    expect(text).toContain('3 results are left out');
    expect(text.match(/"level": "error"/g)!.length).toBeGreaterThanOrEqual(2);
    expect(written(many).results).toHaveLength(25_000);
  });
});

describe('OWASP ids', () => {
  it('stand in the docs of every security rule', () => {
    const pages = rules.filter(({ id }) => id.startsWith('security/')).map(({ id }) => `docs/rules/${id}.md`);
    expect(pages.length).toBeGreaterThan(15);
    for (const page of pages) {
      const text = readFileSync(new URL(`../../${page}`, import.meta.url), 'utf8');
      expect(text, page).toMatch(/OWASP: LLM(?:0[1-9]|10):2025\./);
    }
  });

  it('are tags of every security rule, and of no rule in another form', () => {
    const every = rules.map(({ id, severity }) => finding({ ruleId: id, severity }));
    const log = JSON.parse(sarifLint(reportOf(every), { rules, prefix: '' })) as {
      runs: { tool: { driver: { rules: { id: string; properties: { tags: string[] } }[] } } }[];
    };
    for (const { id, properties } of log.runs[0]!.tool.driver.rules) {
      const owasp = properties.tags.filter((tag) => tag.startsWith('OWASP'));
      for (const tag of owasp) expect(tag, id).toMatch(/^OWASP LLM(?:0[1-9]|10):2025$/);
      expect(owasp.length, id).toBeGreaterThanOrEqual(id.startsWith('security/') ? 1 : 0);
    }
  });
});
