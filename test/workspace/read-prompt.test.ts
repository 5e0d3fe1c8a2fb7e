import { describe, expect, it } from 'vitest';
import type { Prompt } from '../../src/model/index.ts';
import { loadWorkspace, memorySource, parseConfig } from '../../src/workspace/index.ts';

const CONFIG = parseConfig('prompts: ["prompts/**/*.prompt.yml"]\nroot: prompts\n', 'promptctl.yaml');

interface Read {
  readonly prompt: Prompt | undefined;
  /** `rule line:column message (help)` */
  readonly problems: readonly string[];
}

function read(text: string, files: Readonly<Record<string, string>> = {}): Read {
  const source = memorySource({ ...files, 'prompts/support/triage.prompt.yml': text });
  const loaded = loadWorkspace(source, CONFIG).prompts.find(
    ({ file }) => file === 'prompts/support/triage.prompt.yml',
  )!;
  return {
    prompt: loaded.prompt,
    problems: loaded.problems.map(({ rule, message, help, start, end }) => {
      const { line, column } = loaded.yaml.range(start, end).start;
      return `${rule} ${line}:${column} ${message}${help === undefined ? '' : ` (${help})`}`;
    }),
  };
}

describe('a strict prompt', () => {
  it('has its id from its path, unless it names one', () => {
    expect(read('promptctl: 1\nmessages: []\n').prompt).toMatchObject({
      id: 'support/triage',
      mode: 'strict',
      stability: 'stable',
    });
    expect(read('promptctl: 1\nid: sort\nmessages: []\n').prompt!.id).toBe('sort');
  });

  it('takes a version as text or as the number that YAML reads', () => {
    expect(read('promptctl: 1\nversion: 2.1.0\nmessages: []\n').prompt!.version).toBe('2.1.0');
    expect(read('promptctl: 1\nversion: 1.10\nmessages: []\n').prompt!.version).toBe('1.1');
  });

  it('another format number is refused', () => {
    expect(read('promptctl: 2\nmessages: []\n').problems).toEqual([
      expect.stringMatching(/^schema\/wrong-type 1:12 `promptctl`/),
    ]);
  });

  it('unknown keys, wrong types and misspelt parameters have a place', () => {
    expect(
      read(
        'promptctl: 1\nmesages: []\nmodelParameters: { temprature: 1, max_tokens: 3, topP: high }\ntools: [{ nam: x }]\nmessages:\n  - { role: user, contnt: a }\n',
      ).problems,
    ).toEqual([
      expect.stringMatching(/^schema\/unknown-key 2:1 `mesages` .*did you mean `messages`/),
      expect.stringMatching(/^schema\/unknown-key 3:20 `temprature` .*did you mean `temperature`/),
      expect.stringMatching(/^schema\/parameter-spelling 3:35 /),
      expect.stringMatching(/^schema\/wrong-type 3:56 /),
      expect.stringMatching(/^schema\/unknown-key 6:19 `contnt`.*did you mean `content`/),
      expect.stringMatching(/^schema\/unknown-key 4:11 `nam`.*did you mean `name`/),
    ]);
  });
});

const variables = (text: string): ReadonlyMap<string, unknown> =>
  read(`promptctl: 1\nvariables:\n${text}messages: []\n`).prompt!.variables;

describe('variables', () => {
  it('shorthand is a trusted default, a bare name a string from the user', () => {
    const found = variables('  locale: en\n  seats: 3\n  share: 0.5\n  urgent: true\n  ticket:\n');
    const told = [...found.values()].map((variable) => {
      const {
        name,
        schema,
        trust,
        required,
        default: fallback,
      } = variable as { name: string; schema: unknown; trust: string; required: boolean; default?: unknown };
      return [name, schema, trust, required, fallback];
    });
    expect(told).toEqual([
      ['locale', { type: 'string' }, 'trusted', false, 'en'],
      ['seats', { type: 'integer' }, 'trusted', false, 3],
      ['share', { type: 'number' }, 'trusted', false, 0.5],
      ['urgent', { type: 'boolean' }, 'trusted', false, true],
      ['ticket', { type: 'string' }, 'user', true, undefined],
    ]);
  });

  it('keep our own keys out of the schema', () => {
    const ticket = variables(
      '  ticket: { type: string, trust: retrieved, maxTokens: 9, optional: true, fence: none, description: d }\n',
    ).get('ticket');
    expect(ticket).toMatchObject({
      schema: { type: 'string', description: 'd' },
      trust: 'retrieved',
      maxTokens: 9,
      required: false,
      fenced: false,
    });
  });

  it.each([
    ['{ type: string, maxTokens: 0 }', '3:38 `maxTokens` of `ticket` must be a whole number over 0'],
    ['{ type: string, optional: yes }', '3:37 `optional` of `ticket` must be true or false'],
    ['{ type: string, fence: off }', '3:34 `fence` of `ticket` can only be none'],
    ['{ type: strng }', 'schema/variable-invalid 3:13 '],
    ['{ type: string, pattern: "(a+)+$" }', 'schema/variable-invalid 3:'],
    ['{ anyOf: [{ type: string }] }', 'schema/variable-invalid 3:13 '],
    ['[a, b]', '3:11 `ticket` must be a JSON Schema, or a default'],
    ['{ type: integer, default: x }', '3:37 The default of `ticket` does not fit its own schema'],
  ])('%s', (declaration, expected) => {
    const { problems } = read(`promptctl: 1\nvariables:\n  ticket: ${declaration}\nmessages: []\n`);
    expect(problems.filter((problem) => problem.startsWith('schema/variable-invalid'))).toEqual([
      expect.stringContaining(expected),
    ]);
  });
});

describe('github mode', () => {
  it('takes each placeholder for a required variable of the user', () => {
    const { prompt, problems } = read(
      'messages:\n  - { role: system, content: "{{a}} {{b.c-d}} {{ e }} {{#if f}}" }\n  - { role: User, content: "{{a}}" }\n',
    );
    expect(problems).toEqual([]);
    expect(
      [...prompt!.variables.values()].map(({ name, trust, required, fenced }) => [name, trust, required, fenced]),
    ).toEqual([
      ['a', 'user', true, false],
      ['b.c-d', 'user', true, false],
    ]);
    expect(prompt!.messages.map((message) => 'role' in message && message.role)).toEqual(['system', 'user']);
  });
});

describe('history messages', () => {
  it('must be declared, with the place of the name', () => {
    expect(read('promptctl: 1\nmessages:\n  - { history: turns, maxTurns: 4 }\n').problems).toEqual([
      'template/undeclared-variable 3:16 `turns` is not declared (declare `turns: { type: array }` under `variables:`)',
    ]);
  });

  it('take their bounds from the message, else from the conversation', () => {
    const text =
      'promptctl: 1\nvariables: { turns: { type: array } }\nconversation: { maxTurns: 9, maxTokens: 99 }\nmessages:\n  - { history: turns, maxTurns: 4 }\n';
    expect(read(text).prompt!.messages).toEqual([
      { history: 'turns', maxTurns: 4, maxTokens: 99, pointer: '/messages/0' },
    ]);
  });
});

describe('examples', () => {
  const head =
    'promptctl: 1\nvariables: { ticket: { type: string, maxLength: 9 }, locale: en, seats: { type: integer, optional: true } }\nmessages:\n  - { role: user, content: "{{locale}} {{ticket}} {{#if seats}}{{seats}}{{/if}}" }\n';

  it('may leave out what has a default or is optional', () => {
    expect(read(`${head}examples:\n  - { input: { ticket: a }, output: b }\n`).problems).toEqual([]);
  });

  it('must give what a render needs: else every call of the prompt would fail', () => {
    expect(
      read(
        `${head}examples:\n  - { input: { tickt: a }, output: b }\n  - { input: { ticket: 7, seats: 1.5 }, output: b }\n`,
      ).problems,
    ).toEqual([
      'schema/wrong-type 6:7 `examples.0.input`: `ticket` is missing: the prompt requires it',
      'schema/wrong-type 6:16 `examples.0.input`: `tickt` is no variable of this prompt; did you mean `ticket`?',
      expect.stringMatching(/^schema\/wrong-type 7:24 `examples\.1\.input\.ticket`: expected string, got 7/),
      expect.stringMatching(/^schema\/wrong-type 7:34 `examples\.1\.input\.seats`: expected integer, got 1\.5/),
    ]);
  });
});

const formatOf = (written: string, files: Readonly<Record<string, string>> = {}): Read =>
  read(`promptctl: 1\nmessages: []\njsonSchema: ${written}\n`, files);

describe('jsonSchema', () => {
  const schema = { type: 'object', properties: { queue: { type: 'string' } } };
  const strict = { type: 'json_schema', name: 'triage', strict: true, schema: JSON.stringify(schema) };

  it('is a mapping, JSON text, or a file', () => {
    const wrapped = JSON.stringify({ name: 'triage', strict: true, schema });
    expect(formatOf(wrapped).prompt!.responseFormat).toEqual(strict);
    expect(formatOf(`'${wrapped}'`).prompt!.responseFormat).toEqual(strict);
    expect(
      formatOf('{ $ref: ./triage.schema.json }', { 'prompts/support/triage.schema.json': wrapped }).prompt!
        .responseFormat,
    ).toEqual(strict);
    expect(
      formatOf('{ $ref: ./triage.schema.json }', { 'prompts/support/triage.schema.json': JSON.stringify(schema) })
        .prompt!.responseFormat,
    ).toEqual(strict);
  });

  it('keeps the order of its members', () => {
    expect(
      formatOf('{ name: t, schema: { type: object, properties: { z: {}, a: {}, m: {} } } }').prompt!.responseFormat!
        .schema,
    ).toBe('{"type":"object","properties":{"z":{},"a":{},"m":{}}}');
  });

  it.each([
    ["'{ not json'", /3:13 `jsonSchema` is not JSON: /],
    ["'[1]'", /3:13 `jsonSchema` must hold an object/],
    [
      '{ $ref: ./nowhere.json }',
      /`\.\/nowhere\.json` is not there \(the path is relative to prompts\/support\/triage\.prompt\.yml\)/,
    ],
    ['{ $ref: ../../../etc/passwd }', /leaves the workspace/],
    ['{ $ref: /etc/passwd }', /leaves the workspace/],
    ['{ $ref: ./broken.json }', /`\.\/broken\.json` is not JSON/],
  ])('%s', (written, expected) => {
    const { problems } = formatOf(written, { 'prompts/support/broken.json': '{' });
    expect(problems).toEqual([expect.stringMatching(/^output\/schema-invalid 3:13 /)]);
    expect(problems[0]).toMatch(expected);
  });
});

describe('a syntax error behind a line of braces', () => {
  it('is the placeholder without quotes where the line belongs to its value', () => {
    const text = 'messages:\n  - role: user\n    content: {{ minutes }}\n      Name each decision.\n';
    expect(read(text).problems).toEqual([expect.stringContaining('syntax/unquoted-placeholder 3:14')]);
  });

  it('is itself where the braces are text of a block', () => {
    const text = 'messages:\n  - role: user\n    content: |\n      - {{ minutes }}\n    name: "open\n';
    expect(read(text).problems).toEqual([expect.stringMatching(/^syntax\/yaml-error 5:/)]);
  });
});
