import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lint, lintKept } from '../../src/lint/index.ts';
import { loadWorkspace, memorySource, parseConfig } from '../../src/workspace/index.ts';
import { TODAY } from './example-workspace.ts';

type Files = Record<string, string>;

const prompt = (more: string, text = 'Hello {{> tone}}'): string =>
  `promptctl: 1\nversion: 1.0.0\n${more}messages:\n  - role: system\n    content: "${text}"\n`;

/** Every file that an edit may write, each with texts that the rules tell apart. */
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  'prompts/a.prompt.yml': [
    prompt(''),
    prompt('id: same\n'),
    prompt('aliases: [b]\n'),
    prompt('', 'TODO {{> tone}}'),
    prompt('', 'Hello {{name}}'),
    'a: [',
    '# promptctl-disable template/partial-missing -- it comes later\n' + prompt(''),
  ],
  'prompts/b.prompt.yml': [
    prompt('id: same\n'),
    prompt(''),
    prompt('', 'Hi {{> tome}}'),
    prompt('tests: ./rows.jsonl\nvariables: { name: { type: string, trust: trusted } }\n', 'Hi {{name}}'),
    prompt('responseFormat: json_schema\njsonSchema: { $ref: ./answer.schema.json }\n', 'Answer in JSON {{> tone}}'),
  ],
  'prompts/c.prompt.yml': [prompt('', 'Hey {{> tone}}'), prompt('id: b\n'), prompt('model: openai/gpt-4o\n')],
  'prompts/tone.partial.md': [
    'Be kind.',
    'Be {{kind.',
    'Key: sk-proj-abcdefGHIJKL0123456789mnopqrstUVWX',
    '{{> b}}',
    '{{name}}',
  ],
  'prompts/tome.partial.md': ['A book.'],
  'prompts/rows.jsonl': ['{"name":"x"}\n', '{"nam":"x"}\n', '{'],
  'prompts/answer.schema.json': ['{"type":"object"}', '{"type":"object","additionalProperties":false}', '[]'],
};

const edit = fc
  .constantFrom(...Object.keys(TEXTS))
  .chain((file) => fc.tuple(fc.constant(file), fc.constantFrom(undefined, ...TEXTS[file]!)));

const CONFIGS = [
  'extends: all',
  'extends: recommended',
  'extends: all\nrules: { template/undeclared-variable: off }',
].map((text) => parseConfig(`prompts: ["prompts/*.prompt.yml"]\nroot: prompts\n${text}\n`, 'promptctl.yaml'));

describe('the findings that are kept between runs', () => {
  it('change no result, whatever was edited in between', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.array(edit, { maxLength: 4 }), fc.constantFrom(...CONFIGS, CONFIGS[0]!, CONFIGS[0]!)), {
          minLength: 2,
          maxLength: 8,
        }),
        (runs) => {
          const files: Files = {};
          let kept: string | undefined;
          for (const [edits, config] of runs) {
            for (const [file, text] of edits) {
              if (text === undefined) delete files[file];
              else files[file] = text;
            }
            const run = lintKept(memorySource(files), config, { build: 'a', now: TODAY, kept });
            expect(run.result).toEqual(lint(loadWorkspace(memorySource(files), config), { now: TODAY }));
            kept = run.text;
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('save the reading of every prompt that did not change', () => {
    const files: Files = Object.fromEntries(Object.entries(TEXTS).map(([file, [text]]) => [file, text!]));
    const options = { build: 'a', now: TODAY };
    const first = lintKept(memorySource(files), CONFIGS[0]!, { ...options, kept: undefined });
    expect(first.workspace.prompts).toHaveLength(3);
    const again = lintKept(memorySource(files), CONFIGS[0]!, { ...options, kept: first.text });
    expect(again.workspace.prompts).toHaveLength(0);
    expect(again.text).toBe(first.text);
    const edited = { ...files, 'prompts/c.prompt.yml': prompt('', 'Good day') };
    const one = lintKept(memorySource(edited), CONFIGS[0]!, { ...options, kept: again.text });
    expect(one.workspace.prompts.map(({ file }) => file)).toEqual(['prompts/c.prompt.yml']);
  });

  it.each([
    ['another build', { build: 'b' }],
    ['another day', { now: new Date(TODAY.getTime() + 86_400_000) }],
    ['a text cut short', { kept: '{"salt":"' }],
    ['a text of something else', { kept: '[]' }],
  ])('are of no use to %s', (_, change) => {
    const files: Files = { 'prompts/c.prompt.yml': prompt('', 'Good day') };
    const options = { build: 'a', now: TODAY };
    const kept = lintKept(memorySource(files), CONFIGS[0]!, { ...options, kept: undefined }).text;
    expect(lintKept(memorySource(files), CONFIGS[0]!, { ...options, kept, ...change }).workspace.prompts).toHaveLength(
      1,
    );
  });
});
