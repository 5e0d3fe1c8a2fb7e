import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  loadBundle,
  PromptError,
  toAnthropic,
  toGemini,
  toOpenAI,
  toOpenAIResponses,
} from '../../src/runtime/index.ts';
import { loadBundleFile } from '../../src/runtime/node.ts';
import { folderOf } from '../support/folder.ts';
import { bundleOf } from './bundles.ts';

const bundle = bundleOf({
  'a.prompt.yml': `promptctl: 1
model: openai/gpt-4o
aliases: [b]
modelParameters: { temperature: 0, stop: [x] }
variables: { t: { type: string, default: x, maxLength: 9 }, l: { type: array, items: { type: object, properties: { n: { type: string } } }, optional: true }, h: { type: array, optional: true } }
examples: [{ input: { t: a }, output: b }]
messages:
  - { role: system, content: "Hi" }
  - { history: h, maxTurns: 3 }
  - { role: user, content: "A {{t}}{{#if (eq t 'x')}}B{{else}}C{{/if}}{{#each l}}{{n}}{{@index}}{{/each}}{{#with l}}D{{/with}}" }
variants: { v: { messages: [{ role: user, content: "{{t}}" }] } }
responseFormat: json_schema
jsonSchema: { name: n, schema: { type: object } }
tools: [{ name: s, parameters: { type: object } }]
`,
});
const json = JSON.stringify(bundle.json);

function codeOf(load: () => unknown): string {
  try {
    load();
  } catch (error) {
    expect(error).toBeInstanceOf(PromptError);
    return (error as PromptError).code;
  }
  return 'loaded';
}

describe('loadBundle', () => {
  it('takes JSON text or the object', () => {
    expect(
      loadBundle(json)
        .prompt('b')
        .render({}, { nonce: '0'.repeat(16) }),
    ).toEqual(
      loadBundle(JSON.parse(json) as object)
        .prompt('a')
        .render({}, { nonce: '0'.repeat(16) }),
    );
  });

  it.each<[string | object, string, string]>([
    ['', 'bundle-invalid', 'The bundle is not JSON'],
    ['{', 'bundle-invalid', 'The bundle is not JSON'],
    ['null', 'bundle-invalid', 'must be an object'],
    ['[]', 'bundle-invalid', 'must be an object'],
    ['{}', 'bundle-invalid', '/schema must be "promptctl.bundle/1"'],
    [{ schema: 'promptctl.bundle/2' }, 'bundle-version', 'update promptctl in the application'],
    [
      { schema: 'promptctl.bundle/1', version: '1', digest: 'd', prompts: [] },
      'bundle-invalid',
      '/prompts must be an object',
    ],
    [
      { schema: 'promptctl.bundle/1', version: '1', digest: 'd', prompts: { a: { id: 'b' } } },
      'bundle-invalid',
      '/prompts/a/id must be',
    ],
  ])('%j', (text, code, message) => {
    expect(codeOf(() => loadBundle(text))).toBe(code);
    expect(() => loadBundle(text)).toThrow(message);
  });

  it('never fails in another way than its own, whatever is wrong in the JSON', () => {
    const places: (readonly string[])[] = [];
    const visit = (value: unknown, path: readonly string[]): void => {
      if (path.length > 0) places.push(path);
      if (typeof value === 'object' && value !== null)
        for (const [key, member] of Object.entries(value)) visit(member, [...path, key]);
    };
    visit(JSON.parse(json), []);
    const wrong = fc.constantFrom<unknown>(
      null,
      0,
      -1,
      'x',
      '{',
      '[]',
      [],
      {},
      true,
      [null],
      { kind: 'text' },
      { ref: [1], scope: 0 },
      { op: 'toString', args: [] },
      { meta: 'constructor', scope: 1 },
      undefined,
    );
    fc.assert(
      fc.property(fc.constantFrom(...places), wrong, (path, value) => {
        const spoilt = JSON.parse(json) as Record<string, unknown>;
        const parent = path
          .slice(0, -1)
          .reduce<Record<string, unknown>>((at, key) => at[key] as Record<string, unknown>, spoilt);
        if (value === undefined) delete parent[path.at(-1)!];
        else parent[path.at(-1)!] = value;
        codeOf(() => {
          const loaded = loadBundle(JSON.stringify(spoilt));
          for (const id of loaded.ids) {
            for (const variant of [undefined, 'v']) {
              const rendered = loaded
                .prompt(id)
                .render(
                  { t: 'x', l: [{ n: 'a' }], h: [{ role: 'user', content: 'x' }] },
                  variant === undefined ? {} : { variant },
                );
              for (const request of [toOpenAI, toOpenAIResponses, toAnthropic, toGemini]) request(rendered);
            }
          }
        });
      }),
      { numRuns: 4000, seed: 8 },
    );
  });

  it('is not fooled by a bundle’s own __proto__', () => {
    const text = json.replace('"prompts":{', '"prompts":{"__proto__":{"id":"__proto__"},');
    expect(codeOf(() => loadBundle(text))).toBe('bundle-invalid');
  });
});

describe('loadBundleFile', () => {
  it('reads a path or a URL, and names the file in what it throws', () => {
    const folder = folderOf({ 'prompts.json': json, 'broken.json': '{' });
    expect(loadBundleFile(`${folder}/prompts.json`).ids).toEqual(['a']);
    expect(loadBundleFile(new URL(`file://${folder}/prompts.json`)).ids).toEqual(['a']);
    expect(() => loadBundleFile(`${folder}/broken.json`)).toThrow('broken.json: The bundle is not JSON');
    expect(() => loadBundleFile(`${folder}/nowhere.json`)).toThrow(
      'nowhere.json is not there: run `promptctl compile`',
    );
    expect(() => loadBundleFile(folder)).toThrow(expect.objectContaining({ code: 'bundle-invalid' }));
  });
});
