import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyFixes, lint, type LintResult } from '../../src/lint/index.ts';
import type { Finding } from '../../src/model/index.ts';
import { loadWorkspace, memorySource, parseConfig, YamlFile } from '../../src/workspace/index.ts';
import { TODAY } from './example-workspace.ts';

const TRIAGE = `name: Support triage
model: openai/gpt-4o-mini
messages:
  - role: system
    content: ''
  - role: user
    content: "{{ticket}}"
`;

function lintFiles(files: Readonly<Record<string, string | Uint8Array>>, config = 'extends: recommended'): LintResult {
  return lint(loadWorkspace(memorySource(files), parseConfig(config, 'promptctl.yaml')), { now: TODAY });
}

function lintText(text: string, config?: string): readonly Finding[] {
  return lintFiles({ 'triage.prompt.yml': text }, config).findings;
}

function loads(text: string): boolean {
  return new YamlFile('triage.prompt.yml', text).value !== null;
}

function told(findings: readonly Finding[]): string[] {
  return findings.map(
    ({ ruleId, severity, file, range }) => `${file}:${range.start.line}:${range.start.column} ${severity} ${ruleId}`,
  );
}

describe('findings', () => {
  it('stand where they are, sorted by file and place', () => {
    const { findings, files } = lintFiles({ 'z.prompt.yml': TRIAGE, 'a.prompt.yml': `${TRIAGE}modle: x\n` });
    expect(files).toBe(2);
    expect(told(findings)).toMatchInlineSnapshot(`
      [
        "a.prompt.yml:5:5 warning messages/empty-content",
        "a.prompt.yml:8:1 warning schema/unknown-key",
        "z.prompt.yml:5:5 warning messages/empty-content",
      ]
    `);
  });

  it('say what to do, and where to read on', () => {
    const [finding] = lintText(TRIAGE);
    expect(finding).toMatchObject({
      message: 'This system message is empty',
      help: 'write its text, or remove the message',
      pointer: '/messages/0/content',
      promptId: 'triage',
      docs: 'docs/rules/messages/empty-content.md',
      fixes: [],
    });
  });

  it('keep their fingerprint when lines move, and have one each', () => {
    const before = lintText(TRIAGE.replace('"{{ticket}}"', "''"));
    const after = lintText(`# moved down\n\n${TRIAGE.replace('"{{ticket}}"', "''")}`);
    expect(after.map(({ fingerprint }) => fingerprint)).toEqual(before.map(({ fingerprint }) => fingerprint));
    expect(new Set(before.map(({ fingerprint }) => fingerprint)).size).toBe(2);
  });

  it('of a partial that two prompts include are told once', () => {
    const prompt = 'promptctl: 1\nmodel: openai/gpt-4o\nmessages:\n  - role: user\n    content: "{{> tone}}"\n';
    const { findings } = lintFiles({
      'a.prompt.yml': prompt,
      'b.prompt.yml': prompt,
      'tone.partial.md': 'Be brief. {{#if}}\n',
    });
    expect(told(findings).filter((line) => line.startsWith('tone.partial.md'))).toEqual([
      'tone.partial.md:1:11 error template/parse-error',
      'tone.partial.md:1:16 error template/parse-error',
    ]);
  });
});

describe('a file that can not be read', () => {
  it('is a finding and marks the run', () => {
    const { findings, unreadable } = lintFiles({ 'large.prompt.yml': new Uint8Array(5 * 1024 * 1024) });
    expect(told(findings)).toEqual(['large.prompt.yml:1:1 error syntax/unreadable']);
    expect(unreadable).toBe(true);
  });

  it.each([
    ['UTF-16', new Uint8Array([0xff, 0xfe, 0x61, 0x00]), 'syntax/yaml-error'],
    ['a broken character', new Uint8Array([0x61, 0x3a, 0x20, 0xc3, 0x28]), 'syntax/yaml-error'],
    ['nothing', new Uint8Array(), 'syntax/not-a-prompt'],
  ])('is one finding where it holds %s', (_name, bytes, rule) => {
    const { findings, unreadable } = lintFiles({ 'triage.prompt.yml': bytes });
    expect(findings.map(({ ruleId }) => ruleId)).toEqual([rule]);
    expect(unreadable).toBe(false);
  });
});

describe('suppressions', () => {
  it('quiet the line below, or the whole file', () => {
    const inPlace = TRIAGE.replace(
      "    content: ''",
      "    # promptctl-disable-next-line messages/empty-content -- filled in later\n    content: ''",
    );
    const atHead = `# promptctl-disable messages/empty-content -- filled in later\n${TRIAGE}`;
    for (const text of [inPlace, atHead]) {
      const result = lintFiles({ 'triage.prompt.yml': text });
      expect(told(result.findings)).toEqual([]);
      expect(result.suppressed).toBe(1);
    }
  });

  it('are found out where they quiet nothing, name no rule, or give no reason', () => {
    const text = TRIAGE.replace(
      'model:',
      '# promptctl-disable-next-line schema/model-missing -- chosen by the caller\n# promptctl-disable-next-line schema/model-mising -- a slip\n# promptctl-disable-next-line schema/model-unknown\nmodel:',
    );
    const unused = lintText(text, 'extends: all').filter(({ ruleId }) => ruleId === 'suppression/unused');
    expect(unused.map(({ message }) => message)).toMatchInlineSnapshot(`
      [
        "This quiets \`schema/model-missing\`, which finds nothing here",
        "There is no rule \`schema/model-mising\`; did you mean \`schema/model-missing\`?",
        "Say why \`schema/model-unknown\` is quieted: -- reason",
      ]
    `);
  });
});

describe('settings', () => {
  it('choose rules by preset', () => {
    const text = TRIAGE.replace('openai/gpt-4o-mini', "''") + 'testData:\n  - { ticket: It crashes }\n';
    const of = (preset: string): string[] => lintText(text, `extends: ${preset}`).map(({ ruleId }) => ruleId);
    expect(of('minimal')).not.toContain('tests/no-evaluators');
    expect(of('recommended')).toContain('tests/no-evaluators');
    expect(of('recommended')).not.toContain('style/description-missing');
    expect(of('all')).toContain('style/description-missing');
  });

  it('set a severity, or turn a rule off, for all files or some', () => {
    const config =
      'rules: { messages/empty-content: error }\noverrides: [{ files: "labs/**", rules: { messages/empty-content: off } }]';
    const { findings } = lintFiles({ 'labs/a.prompt.yml': TRIAGE, 'b.prompt.yml': TRIAGE }, config);
    expect(told(findings)).toEqual(['b.prompt.yml:5:5 error messages/empty-content']);
  });

  it('refuse a rule that is not there', () => {
    expect(() => lintText(TRIAGE, 'rules: { messages/empty-contents: off }')).toThrow(
      'did you mean `messages/empty-content`?',
    );
  });
});

describe('fixes', () => {
  it('are splices: the rest of the file stays, to the byte', () => {
    const text =
      'model: openai/gpt-4o\r\nmodelParameters: {"max_tokens":5,   top_p: 1} # odd\r\nmessages:\r\n- {role: User,   content: Hello}\r\n';
    const fixed = applyFixes(text, lintText(text));
    expect(fixed.text).toBe(
      'model: openai/gpt-4o\r\nmodelParameters: {"maxTokens":5,   topP: 1} # odd\r\nmessages:\r\n- {role: user,   content: Hello}\r\n',
    );
    expect(lintText(fixed.text).filter(({ fixes }) => fixes.length > 0)).toEqual([]);
  });

  it('make no key stand twice', () => {
    const text =
      'model: openai/gpt-4o\nmodelParameters: { max_tokens: 5, max_completion_tokens: 6 }\nmessages:\n  - role: user\n    content: Hello\n';
    expect(applyFixes(text, lintText(text)).text).toBe(text);
  });

  it('leave what is not safe to who asks for it', () => {
    const text = TRIAGE.replace('openai/gpt-4o-mini', 'gpt-4o-mini');
    expect(applyFixes(text, lintText(text)).text).toBe(text);
    expect(applyFixes(text, lintText(text), { unsafe: true }).text).toContain('model: openai/gpt-4o-mini\n');
  });

  it('change no text: a literal block says what the quotes said', () => {
    const line = fc.string({
      unit: fc.constantFrom('a', ' ', '"', "'", '#', ':', '-', '\\', '{{x}}', 'é', '\t', '|', '%', '!', '&'),
    });
    const places = fc.constantFrom(
      'messages:\n  - role: user\n    content: ',
      'messages:\n- content: ',
      'messages:\n  -   role: user\n      content:   ',
    );
    let count = 0;
    fc.assert(
      fc.property(fc.array(line, { minLength: 3, maxLength: 6 }), places, fc.boolean(), (lines, place, isLast) => {
        const quoted = JSON.stringify(lines.join('\n')).replaceAll('\\t', '\t');
        const text = `${place}${quoted}${isLast ? '' : '\nname: After it\n'}`;
        const findings = lintText(text, 'extends: all').filter(({ ruleId }) => ruleId === 'style/prefer-literal-block');
        const { text: fixed, applied } = applyFixes(text, findings);
        count += applied.length;
        expect(new YamlFile('triage.prompt.yml', fixed).value).toEqual(new YamlFile('triage.prompt.yml', text).value);
      }),
      { numRuns: 300, seed: 7 },
    );
    expect(count).toBeGreaterThan(30);
  });

  it('break no file, whatever was typed into it', () => {
    const base = `${TRIAGE}modelParameters: { max_tokens: 5, "top_p": 1 }\ntestData:\n  - { ticket: It crashes, expected: bugs }\n`;
    const junk = fc.constantFrom(
      '{{',
      '}}',
      '"',
      "'",
      '\n',
      '  ',
      '- ',
      ': ',
      ' #',
      '!x ',
      '|\n',
      '>\n',
      '\t',
      '[',
      '\\',
      '${x}',
      '{{#if x}}',
      'role: User',
      '\r\n',
      '🙂',
      '---\n',
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(base.length), junk), { minLength: 1, maxLength: 3 }), (insertions) => {
        const text = insertions.reduce((before, [at, piece]) => before.slice(0, at) + piece + before.slice(at), base);
        const findings = lintText(text, 'extends: all');
        for (const { range } of findings) {
          expect(range.start.offset).toBeLessThanOrEqual(range.end.offset);
          expect(range.end.offset).toBeLessThanOrEqual(text.length + 1);
        }
        const fixed = applyFixes(text, findings, { unsafe: true }).text;
        if (loads(text)) expect(loads(fixed)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
