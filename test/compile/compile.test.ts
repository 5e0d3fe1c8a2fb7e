import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bundleText, compileBundle, typesText } from '../../src/compile/index.ts';
import type { BundleJson, PromptJson } from '../../src/runtime/index.ts';
import { gitSource, loadWorkspace, memorySource, parseConfig, type Source } from '../../src/workspace/index.ts';
import { runCli } from '../support/cli.ts';
import { folderOf } from '../support/folder.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const CONFIG_TEXT =
  'version: 1.2.3\nprompts: ["prompts/**/*.prompt.{yml,yaml}"]\nroot: prompts\ncompile: { out: dist/prompts.json, types: [ts] }\n';
const CONFIG = parseConfig(CONFIG_TEXT, 'promptctl.yaml');

const TRIAGE = `promptctl: 1
name: Triage
description: Puts a ticket in a queue.
version: 1.0.0
stability: stable
aliases: [sort]
model: openai/gpt-4o-mini
modelParameters: { temperature: 0, maxTokens: 100 }
variables:
  product: { type: string, enum: [app, billing], trust: trusted }
  ticket: { type: string, maxLength: 200, trust: user }
  locale: { type: string, default: en, trust: trusted }
examples:
  - { input: { product: app, ticket: It crashes }, output: bugs }
messages:
  - role: system
    content: |
      You sort tickets for {{product}}. {{> tone}}
  - { role: user, content: "{{locale}}: {{ticket}}" }
tools:
  - { name: search, description: Finds tickets., parameters: { type: object, properties: { q: { type: string } } }, effect: read }
budget: { inputTokens: 900 }
security: { canary: true }
variants:
  brief: { modelParameters: { temperature: 1 } }
metadata: { owners: ["@support"] }
testData:
  - { product: app, ticket: It crashes }
responseFormat: json_schema
jsonSchema: { name: triage, strict: true, schema: { type: object, additionalProperties: false, required: [queue, at], properties: { queue: { type: string }, at: { type: string } } } }
`;

const FILES = {
  'prompts/triage.prompt.yml': TRIAGE,
  'prompts/tone.partial.md': 'Be kind.\n',
  'prompts/a/réponse.prompt.yml':
    'model: openai/gpt-4o\nmessages:\n  - { role: user, content: "Answer {{question}} in İstanbul" }\n',
  'prompts/z.prompt.yaml': 'promptctl: 1\nmodel: openai/gpt-4o\nmessages:\n  - { role: user, content: "Say hi" }\n',
};

function bundleOf(source: Source): BundleJson {
  const { prompts } = loadWorkspace(source, CONFIG);
  return compileBundle(
    prompts.map(({ prompt }) => prompt!),
    { version: CONFIG.version! },
  );
}

function triage(text: string, files: Readonly<Record<string, string>> = FILES): PromptJson {
  return bundleOf(memorySource({ ...files, 'prompts/triage.prompt.yml': text })).prompts['triage']!;
}

describe('the same tree gives the same bytes', () => {
  const bytes = bundleText(bundleOf(memorySource(FILES)));

  it('in any order of the files', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(Object.keys(FILES), { minLength: 4 }), (paths) => {
        const source = memorySource(FILES);
        expect(bundleText(bundleOf({ ...source, list: () => paths }))).toBe(bytes);
      }),
      { numRuns: 24 },
    );
  });

  it('on another path, in another locale and time zone, and from git', () => {
    const outputs = [
      { LC_ALL: 'C', TZ: 'UTC' },
      { LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8', TZ: 'Pacific/Kiritimati' },
      { LC_ALL: 'de_DE.UTF-8', LANG: 'de_DE.UTF-8', TZ: 'America/St_Johns' },
    ].map((env) => {
      const folder = folderOf({ 'promptctl.yaml': CONFIG_TEXT, ...FILES });
      expect(runCli(['compile'], { cwd: folder, env })).toMatchObject({ status: 0, stderr: '' });
      return [join(folder, 'dist/prompts.json'), join(folder, 'dist/prompts.d.ts')].map((path) =>
        readFileSync(path, 'utf8'),
      );
    });
    expect(new Set(outputs.map((output) => output.join('\0'))).size).toBe(1);

    const folder = folderOf({ 'deep/promptctl.yaml': CONFIG_TEXT, ...prefixed('deep/', FILES) });
    const git = (...args: string[]): string =>
      execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], {
        cwd: folder,
        encoding: 'utf8',
      });
    git('init', '-q', '-b', 'main');
    git('add', '.');
    git('commit', '-qm', 'Prompts');
    expect(bundleText(bundleOf(gitSource(join(folder, 'deep'), 'main')))).toBe(bytes);
  });

  it('with CRLF or a byte order mark, as far as YAML reads the same', () => {
    const crlf = Object.fromEntries(
      Object.entries(FILES).map(([path, text]) => [path, path.endsWith('.md') ? text : text.replaceAll('\n', '\r\n')]),
    );
    expect(bundleText(bundleOf(memorySource(crlf)))).toBe(bytes);
    expect(bundleText(bundleOf(memorySource({ ...FILES, 'prompts/triage.prompt.yml': `\uFEFF${TRIAGE}` })))).toBe(
      bytes,
    );
  });
});

function prefixed(prefix: string, files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [prefix + path, text]));
}

describe('the content digest', () => {
  const before = triage(TRIAGE);

  it.each<[string, string, string, 'same' | 'changed']>([
    ['the version', 'version: 1.0.0', 'version: 1.0.1', 'same'],
    ['owners', 'owners: ["@support"]', 'owners: ["@desk"]', 'same'],
    [
      'test rows',
      '  - { product: app, ticket: It crashes }\nresp',
      '  - { product: billing, ticket: x }\nresp',
      'same',
    ],
    ['the name', 'name: Triage\n', 'name: Sorting\n', 'same'],
    ['the description', 'description: Puts a ticket in a queue.', 'description: Sorts.', 'same'],
    ['a comment', 'version: 1.0.0', '# a note\nversion: 1.0.0', 'same'],
    ['the style of the YAML', '"{{locale}}: {{ticket}}"', "'{{locale}}: {{ticket}}'", 'same'],
    [
      'the order of keys',
      'name: Triage\ndescription: Puts a ticket in a queue.\n',
      'description: Puts a ticket in a queue.\nname: Triage\n',
      'same',
    ],
    ['a template comment', 'You sort', '{{! note }}You sort', 'same'],
    ['blanks in a tag', '{{product}}', '{{ product }}', 'same'],
    ['text', 'You sort', 'You order', 'changed'],
    ['a role', 'role: system', 'role: developer', 'changed'],
    ['the model', 'gpt-4o-mini', 'gpt-4o', 'changed'],
    ['a parameter', 'temperature: 0,', 'temperature: 0.1,', 'changed'],
    ['an alias', '[sort]', '[order]', 'changed'],
    ['the stability', 'stability: stable', 'stability: deprecated', 'changed'],
    ['trust', 'maxLength: 200, trust: user', 'maxLength: 200, trust: retrieved', 'changed'],
    ['a bound', 'maxLength: 200', 'maxLength: 201', 'changed'],
    ['a default', 'default: en', 'default: de', 'changed'],
    ['a fence', 'maxLength: 200, trust: user', 'maxLength: 200, fence: none, trust: user', 'changed'],
    ['an example', 'output: bugs', 'output: other', 'changed'],
    ['a tool’s description', 'Finds tickets.', 'Finds cases.', 'changed'],
    ['a tool’s effect', 'effect: read', 'effect: write', 'changed'],
    ['the budget', '900', '901', 'changed'],
    ['a policy', 'canary: true', 'canary: false', 'changed'],
    ['a variant', 'temperature: 1', 'temperature: 2', 'changed'],
    ['the output schema', 'queue: { type: string }', 'queue: { type: number }', 'changed'],
    [
      'the order of the output’s members',
      'queue: { type: string }, at: { type: string }',
      'at: { type: string }, queue: { type: string }',
      'changed',
    ],
    ['the schema’s strictness', 'strict: true', 'strict: false', 'changed'],
  ])('%s', (_, from, to, expected) => {
    expect(TRIAGE).toContain(from);
    const after = triage(TRIAGE.replace(from, to));
    expect(after.contentDigest === before.contentDigest ? 'same' : 'changed').toBe(expected);
  });

  it('covers the text of partials, and not where they stand', () => {
    expect(triage(TRIAGE, { ...FILES, 'prompts/tone.partial.md': 'Be brief.\n' }).contentDigest).not.toBe(
      before.contentDigest,
    );
    const moved = { ...FILES, 'prompts/policy/tone.partial.md': 'Be kind.' };
    expect(triage(TRIAGE.replace('{{> tone}}', '{{> policy/tone}}'), moved).contentDigest).toBe(before.contentDigest);
  });

  it('of the contract leaves texts out', () => {
    expect(triage(TRIAGE.replace('You sort', 'You order')).contractDigest).toBe(before.contractDigest);
    expect(triage(TRIAGE.replace('trust: user', 'trust: model')).contractDigest).not.toBe(before.contractDigest);
  });

  it('of the bundle covers ids and versions', () => {
    const { digest } = bundleOf(memorySource(FILES));
    expect(
      bundleOf(memorySource({ ...FILES, 'prompts/triage.prompt.yml': TRIAGE.replace('1.0.0', '1.0.1') })).digest,
    ).not.toBe(digest);
    const { 'prompts/z.prompt.yaml': z, ...rest } = FILES;
    expect(bundleOf(memorySource({ ...rest, 'prompts/y.prompt.yaml': z })).digest).not.toBe(digest);
  });
});

describe('the bundle', () => {
  it('fits its JSON Schema, and what is spoilt does not', () => {
    const schema = JSON.parse(readFileSync(join(ROOT, 'schema/bundle.schema.json'), 'utf8')) as object;
    const validate = new Ajv2020({ strict: false }).compile(schema);
    const folder = folderOf();
    runCli(['init'], { cwd: folder });
    expect(runCli(['compile'], { cwd: folder }).status).toBe(0);
    const desk = JSON.parse(readFileSync(join(folder, 'dist/prompts.json'), 'utf8')) as unknown;
    for (const bundle of [bundleOf(memorySource(FILES)), desk])
      expect([validate(bundle), validate.errors]).toEqual([true, null]);
    const bundle = bundleOf(memorySource(FILES));
    for (const spoilt of [
      { ...bundle, schema: 'x' },
      { ...bundle, extra: 1 },
      { ...bundle, prompts: { a: {} } },
      { ...bundle, digest: 'x' },
    ]) {
      expect(validate(spoilt)).toBe(false);
    }
  });

  it('holds no path, no test row, no name of a person', () => {
    const text = bundleText(bundleOf(memorySource(FILES)));
    for (const absent of ['prompts/', '.prompt.yml', '@support', 'Puts a ticket', 'origin'])
      expect(text).not.toContain(absent);
  });

  it('refuses two prompts of one id', () => {
    const clash = { ...FILES, 'prompts/other.prompt.yml': `${FILES['prompts/z.prompt.yaml']}id: sort\n` };
    expect(() => bundleOf(memorySource(clash))).toThrow(
      expect.objectContaining({
        code: 'refused',
        message: expect.stringContaining('both answer to the id `sort`') as string,
      }),
    );
  });
});

describe('the types', () => {
  const odd = `promptctl: 1
model: openai/gpt-4o
variables:
  a-b: { type: string }
  class: { type: integer, default: 1 }
  maybe: { type: [string, "null"], optional: true }
  list: { type: array, items: { enum: [a, "b'\\"", 1, true, null] } }
  "x_1": { type: object, required: [in], properties: { in: { const: "*/" }, "odd key": { type: array, items: { type: array, items: {} } } } }
  any: {}
messages:
  - { role: user, content: "{{a-b}}{{class}}{{json list}}{{json x_1}}{{json any}}{{#if maybe}}{{maybe}}{{/if}}" }
jsonSchema:
  name: tree
  schema:
    $ref: "#/$defs/node"
    $defs:
      node:
        type: object
        required: [value, children, pair]
        properties:
          value: { anyOf: [{ type: string }, { type: number }] }
          children: { type: array, items: { $ref: "#/$defs/node" } }
          parent: { $ref: "#/$defs/node" }
          pair: { type: array, prefixItems: [{ type: string }, { type: boolean }] }
          map: { type: object, additionalProperties: { type: integer } }
          all: { allOf: [{ type: object, properties: { a: { type: string } } }, { type: object, properties: { b: { type: string } } }] }
`;
  const files = {
    'prompts/a/b-c.prompt.yml': odd,
    'prompts/a-b/c.prompt.yml': odd,
    'prompts/1st.prompt.yml': odd,
    'prompts/plain.prompt.yml':
      'model: openai/gpt-4o\nmessages:\n  - { role: user, content: "{{a.b}} {{constructor}}" }\n',
    'prompts/none.prompt.yml': 'promptctl: 1\nmodel: openai/gpt-4o\nmessages:\n  - { role: user, content: hi }\n',
  };

  const USE = `
import type { Prompts } from './prompts.d.ts';
type Of<Id extends keyof Prompts> = Prompts[Id]['variables'];
const odd: Of<'a/b-c'> = { 'a-b': 'x', list: ['a', 'b\\'"', 1, true, null], x_1: { in: '*/' }, any: 1 };
const same: Of<'a-b/c'> = { ...odd, class: 2, maybe: null };
const tree: Prompts['a/b-c']['output'] = { value: 1, children: [], pair: ['a', true], map: { a: 1 }, all: { a: 'x', b: 'y' } };
const deeper: Prompts['1st']['output'] = { value: 'x', children: [tree], pair: ['a', false] };
const plain: Of<'plain'> = { 'a.b': 1, constructor: 'x' };
const none: Of<'none'> = {};
const text: Prompts['plain']['output'] = 'x';
// @ts-expect-error a variable is missing
const missing: Of<'a/b-c'> = { list: [], x_1: { in: '*/' }, any: 1 };
// @ts-expect-error a wrong type
const wrong: Of<'a/b-c'> = { ...odd, class: 'x' };
// @ts-expect-error no such variable
const unknown_: Of<'none'> = { a: 1 };
// @ts-expect-error a pair has two members
const short: Prompts['a/b-c']['output'] = { value: 1, children: [], pair: ['a'] };
export { deeper, missing, none, plain, same, short, text, unknown_, wrong };
`;

  it('check under TypeScript for odd names and recursive schemas, and refuse what does not fit', () => {
    const types = typesText(bundleOf(memorySource(files)));
    const folder = folderOf({ 'prompts.d.ts': types, 'use.ts': USE });
    const options = [
      '--noEmit',
      '--strict',
      '--allowImportingTsExtensions',
      '--module',
      'esnext',
      '--moduleResolution',
      'bundler',
      '--target',
      'es2022',
    ];
    const run = spawnSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), ...options, 'use.ts'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(run.stdout + run.stderr).toBe('');
  });

  it('are declared once under each name', () => {
    const names = [...typesText(bundleOf(memorySource(files))).matchAll(/^export type (\w+)/gm)].map(
      (found) => found[1],
    );
    expect(new Set(names).size).toBe(names.length);
  });

  it('go beside the bundle', () => {
    const folder = folderOf({ 'promptctl.yaml': CONFIG_TEXT, ...FILES });
    expect(runCli(['compile', '--out', join('out', 'desk.json'), '--types', 'ts'], { cwd: folder }).status).toBe(0);
    expect(readFileSync(join(folder, dirname('out/desk.json'), 'desk.d.ts'), 'utf8')).toContain('export type Prompts');
    writeFileSync(join(folder, 'out/desk.d.ts'), 'old');
    expect(runCli(['compile', '--out', 'out/desk.json', '--types', 'ts', '--check'], { cwd: folder })).toMatchObject({
      status: 1,
    });
    expect(readFileSync(join(folder, 'out/desk.d.ts'), 'utf8')).toBe('old');
  });
});
