import { describe, expect, it } from 'vitest';
import { importPrompts } from '../../src/import/index.ts';
import { memorySource } from '../../src/workspace/index.ts';

type Files = Readonly<Record<string, string | Uint8Array>>;

function textOf(files: Files): string {
  const { converted, refused } = importPrompts(memorySource(files));
  expect(refused).toEqual([]);
  return converted.map(({ text }) => text).join('---\n');
}

function refusalOf(files: Files): string {
  const { converted, refused } = importPrompts(memorySource(files));
  expect(converted).toEqual([]);
  return refused.map(({ from, line, column, reason }) => `${from}:${line}:${column} ${reason}`).join('\n');
}

describe('dotprompt', () => {
  it('Picoschema, roles, partials and ifEquals become variables, messages and tests', () => {
    const text = textOf({
      'menu/order.prompt': `---
model: googleai/gemini-2.5-flash
config: { temperature: 0.4, topK: 3 }
input:
  schema:
    dish: string, what to cook
    diet?(enum, how they eat): [vegan, kosher]
  default: { dish: soup }
output: { format: json, schema: { price: number, tags(array): string } }
---
{{role "system"}}
{{>house}}
{{role "user"}}
Make {{dish}}{{#ifEquals diet "vegan"}} without meat{{else}} as usual{{/ifEquals}}.
`,
      'menu/_house.prompt': 'You cook at "Chez {{!-- note --}}Nous".',
    });
    expect(text).toBe(`promptctl: 1
model: googleai/gemini-2.5-flash
modelParameters: { temperature: 0.4 }
variables:
  dish: { type: string, default: soup, trust: user, fence: none, description: what to cook }
  diet: { enum: [ vegan, kosher ], optional: true, trust: user, description: how they eat }
messages:
  - role: system
    content: |-
${' '.repeat(6)}
      You cook at "Chez Nous".
  - role: user
    content: |-
${' '.repeat(6)}
      Make {{dish}}{{#if (eq diet "vegan")}} without meat{{else}} as usual{{/if}}.
responseFormat: json_schema
jsonSchema:
  name: output
  schema:
    type: object
    properties:
      price: { type: number }
      tags:
        type: array
        items: { type: string }
    required: [ price, tags ]
    additionalProperties: false
`);
  });

  it.each([
    ['a helper of the application', 'Hello {{shout name}}', 'a.prompt:1:7 `shout` is no helper of dotprompt'],
    ['a partial that is not there', '\n{{>nowhere}}', 'a.prompt:2:1 There is no partial `nowhere`'],
    ['a partial out of reach', '{{>../../../etc/passwd}}', 'a.prompt:1:1 There is no partial'],
    ['a block that is never closed', 'Hello {{#if name}}x', 'a.prompt:1:7 '],
    ['a medium of no address', 'Look: {{media photo}}', 'a.prompt:1:7 `media` is carried over with `url`'],
    [
      'a whole list',
      '---\ninput: { schema: { names(array): string } }\n---\nHello {{names}}',
      'a.prompt:4:7 `names` is a list',
    ],
    ['a name of the language', 'Hello {{constructor}}', "a.prompt:1:7 `constructor` can't name a variable"],
    ['YAML that is none', '---\nmodel: [a\n---\nHello', 'a.prompt:2:'],
    [
      'an alias bomb',
      `---\na: &a [x,x,x,x,x,x,x,x,x,x]\n${'bcdefghi'
        .split('')
        .map((name, at) => `${name}: &${name} [${Array(10).fill(`*${'abcdefgh'[at]}`).join()}]`)
        .join('\n')}\n---\nHello`,
      'a.prompt:',
    ],
    ['nothing', '', 'a.prompt:1:1 The file is empty'],
  ])('refuses %s, with its place', (_, text, reason) => {
    expect(refusalOf({ 'a.prompt': text })).toContain(reason);
  });

  it('shows media as it does', () => {
    const text = textOf({
      'a.prompt':
        '---\ninput: { schema: { photo: string, kind?: string } }\n---\nLook: {{media url=photo contentType=kind}} {{#if kind}}{{media url="https://a.b/c"}}{{/if}}',
    });
    expect(text).toContain('photo: { type: string, trust: user }');
    expect(text).toContain('{{media url=photo contentType=kind}} {{#if kind}}{{media url=\\"https://a.b/c\\"}}{{/if}}');
  });

  it('a partial that includes itself, and blocks without an end of depth, are refused', () => {
    expect(refusalOf({ 'a.prompt': '{{>x}}', '_x.prompt': 'x{{>x}}' })).toContain('a.prompt:1:1');
    expect(refusalOf({ 'a.prompt': `${'{{#if a}}'.repeat(5000)}x${'{{/if}}'.repeat(5000)}` })).toContain('a.prompt:');
  });
});

describe('Prompty', () => {
  it('inputs, samples, roles and conditions become variables, a row and messages', () => {
    const text = textOf({
      'chat.prompty': `---
name: Desk
authors: [ann]
model:
  api: chat
  configuration: { type: openai, name: gpt-4o-mini }
  parameters: { max_tokens: 100 }
inputs:
  who: { type: string, default: friend }
sample: { who: Bo, ask: Why? }
---
system:
Be brief{% if who == "Bo" %}, and kind{% endif %}.

user:
{{ask}} {# a note #}
`,
    });
    expect(text).toContain('modelParameters: { maxTokens: 100 }');
    expect(text).toContain('who: { type: string, default: friend, trust: user }');
    expect(text).toContain('"Be brief{{#if (eq who \\"Bo\\")}}, and kind{{/if}}."');
    expect(text).toContain('- { who: Bo, ask: Why? }');
    expect(text).toContain('owners: [ ann ]');
  });

  it.each([
    ['a filter', 'user:\n{{ name | upper }}', 'a.prompty:2:'],
    ['a macro', 'user:\n{% macro x() %}{% endmacro %}hi', 'a.prompty:2:1'],
    ['a role that a value brings', 'user:\n{% for m in list %}{{m.role}}:\n{{m.text}}{% endfor %}', 'a.prompty:2:'],
    [
      'a file that is not there',
      '---\nmodel: ${file:../secret.json}\n---\nuser:\nhi',
      'a.prompty:2:1 There is no file ../secret.json',
    ],
    [
      'text that is no UTF-8',
      new Uint8Array([0xff, 0xfe, 0x41]),
      'a.prompty:1:1 The file is empty, or no text in UTF-8',
    ],
  ])('refuses %s, with its place', (_, text, reason) => {
    expect(refusalOf({ 'a.prompty': text })).toContain(reason);
  });
});

describe('GitHub Models', () => {
  it('placeholders become variables; braces that GitHub sends as they are stay text', () => {
    const text = textOf({
      'sum.prompt.yml': `name: Sum up
model: openai/gpt-4o
messages:
  - role: system
    content: ''
  - role: System
    content: "Sum up in {{language}}. Keep {{ this }} and {{#if}} as they are."
  - role: user
    content: '{{input}}'
testData:
  - { language: French, input: Bonjour, expected: Salut, gold: Hi, other: x }
evaluators:
  - { name: same, string: { equals: '{{gold}}' } }
  - { name: shape, json: { schema: {} } }
`,
    });
    expect(text).toBe(`promptctl: 1
name: Sum up
model: openai/gpt-4o
variables:
  language: { type: string, trust: trusted }
  input: { type: string, trust: user }
messages:
  - { role: system, content: "Sum up in {{language}}. Keep \\\\{{ this }} and \\\\{{#if}} as they are." }
  - { role: user, content: "{{input}}" }
testData:
  - { language: French, input: Bonjour, expected: Salut, gold: Hi }
evaluators:
  - name: same
    string: { equals: "{{gold}}" }
`);
  });

  it('says what is left out, and where', () => {
    const { converted } = importPrompts(
      memorySource({
        'a.prompt.yml':
          'model: openai/gpt-4o\nmessages:\n  - { role: user, content: hi }\nstream: true\nevaluators:\n  - { name: x, jsonn: {} }\n',
      }),
    );
    expect(converted[0]!.notes.map(({ kind, line, message }) => `${kind} ${line} ${message}`)).toEqual([
      'lost 4 `stream` has no counterpart',
      'lost 6 This evaluator is left out: GitHub has none of its kind (string, llm, uses)',
    ]);
  });

  it('leaves strict files alone', () => {
    const report = importPrompts(memorySource({ 'a.prompt.yml': 'promptctl: 1\nmessages: []\n' }));
    expect(report).toEqual({ converted: [], refused: [], partials: [] });
  });

  it.each([
    ['no messages', 'model: a/b\n', 'a.prompt.yml:1:1 The file has no message with a text'],
    [
      'a role of its own',
      'messages:\n  - { role: narrator, content: x }\n',
      'a.prompt.yml:2:5 "narrator" is no role of a message',
    ],
    [
      'a list as content',
      'messages:\n  - { role: user, content: [x] }\n',
      'a.prompt.yml:2:5 The content of a message is text',
    ],
    ['a name with a dot', 'messages:\n  - { role: user, content: "{{a.b}}" }\n', 'a.prompt.yml:2:'],
  ])('refuses %s', (_, text, reason) => {
    expect(refusalOf({ 'a.prompt.yml': text })).toContain(reason);
  });
});

it('two files that would become one are not both written', () => {
  const { converted, refused } = importPrompts(memorySource({ 'a.prompt': 'Hello', 'a.prompty': 'user:\nHello' }));
  expect(converted.map(({ from }) => from)).toEqual(['a.prompt']);
  expect(refused.map(({ from, reason }) => `${from}: ${reason}`)).toEqual([
    'a.prompty: a.prompt becomes a.prompt.yml already',
  ]);
});
