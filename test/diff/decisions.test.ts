import { describe, expect, it } from 'vitest';
import { compileBundle } from '../../src/compile/index.ts';
import { type DiffReport, diffSides, sideOfBundle } from '../../src/diff/index.ts';
import type { Prompt } from '../../src/model/index.ts';
import { diffFiles, FILE, sideOf } from './sides.ts';

const HEAD = 'promptctl: 1\nversion: 1.2.0\nmodel: openai/gpt-4o-mini\n';
const TICKET = 'variables:\n  ticket: { type: string, maxLength: 2000, trust: user }\n';
const MESSAGES = 'messages:\n  - { role: system, content: Sort it. }\n  - { role: user, content: "{{ticket}}" }\n';

function file(body = '', parts: { head?: string; variables?: string; messages?: string } = {}): string {
  return `${parts.head ?? HEAD}${parts.variables ?? TICKET}${parts.messages ?? MESSAGES}${body}`;
}

function diff(old: string, now: string, config = ''): DiffReport {
  return diffFiles({ [FILE]: old }, { [FILE]: now }, config);
}

/** `kind level` of every change. */
function seen(old: string, now: string, config = ''): string[] {
  return diff(old, now, config)
    .changes.map(({ kind, level }) => `${kind} ${level}`)
    .sort();
}

function schema(text: string, more = ''): string {
  return file(`responseFormat: json_schema\njsonSchema: { name: a, strict: true, schema: ${text} }\n${more}`);
}

function bundleOf(text: string): ReturnType<typeof sideOfBundle> {
  const prompts = sideOf({ [FILE]: text }).prompts.flatMap(({ source }): Prompt[] => (source ? [source] : []));
  return sideOfBundle(compileBundle(prompts, { version: '1.0.0' }), 'bundle.json');
}

const belowOne = (body: string): string => file(body, { head: HEAD.replace('1.2.0', '0.2.0') });
const closedSchema = (text: string): string =>
  text.replace('type: object', 'type: object, additionalProperties: false');
const limited = (limit: string): string => file('', { variables: TICKET.replace('trust', `${limit}trust`) });
const githubFile = (text: string): string =>
  `model: openai/gpt-4o-mini\nmessages:\n  - { role: user, content: "${text}" }\n`;
const withTool = (effect: string): string => file(`tools: [{ name: run, ${effect} }]\n`);
const waiving = (waive: string): string => file(`waive: [${waive}]\n`, { variables: TICKET.replace('2000', '10') });

function outcomeOf(waive: string): string[] {
  const report = diff(file(), waiving(waive));
  return [
    ...report.waivers.map(({ state }) => state),
    ...report.changes.flatMap(({ waived }) => (waived ? ['waived'] : [])),
    report.level,
  ];
}

describe('levels', () => {
  it('discounts each prompt, then the bundle, below 1.0.0', () => {
    const removed = { variables: 'variables:\n  ticket: { type: string, enum: [a], trust: user }\n' };
    const { prompts, level } = diff(belowOne(''), belowOne('').replace(TICKET, removed.variables));
    expect([prompts[0]!.level, level]).toEqual(['minor', 'minor']);
    expect(diff(belowOne(''), belowOne('').replace(TICKET, removed.variables), 'version: 0.9.0\n').level).toBe('patch');
  });

  it('asks an experimental prompt for no more than patch, by the old side', () => {
    const narrow = TICKET.replace('maxLength: 2000', 'maxLength: 10');
    expect(
      diff(file('stability: experimental\n'), file('stability: experimental\n', { variables: narrow })).level,
    ).toBe('patch');
    expect(diff(file(), file('stability: experimental\n')).level, 'to become experimental is itself major').toBe(
      'major',
    );
    expect(seen(file('stability: experimental\n'), file())).toEqual(['settings-changed patch']);
    expect(seen(file('stability: deprecated\n'), file())).toEqual(['settings-changed patch']);
  });

  it('takes the stricter settings of the two sides', () => {
    const old = schema('{ type: object, properties: { a: { type: string } } }');
    const now = schema('{ type: object, properties: { a: { type: string }, b: { type: string } } }');
    expect(seen(old, now)).toEqual(['output-property-added minor']);
    const strict = { 'promptctl.yaml': 'compat: { output: strict }\n' };
    const { changes } = diffSides(
      sideOf({ [FILE]: closedSchema(old), ...strict }, 'old', strict['promptctl.yaml']),
      sideOf({ [FILE]: closedSchema(now) }, 'new'),
      { today: '2026-01-15' },
    );
    expect(changes.map(({ kind }) => kind)).toEqual(['output-widened', 'output-property-added']);
  });

  it('gives what can not be decided the level of compat.unknown', () => {
    const old = schema('{ type: object, required: [a], properties: { a: { type: string, pattern: "@.+[.]" } } }');
    const now = schema('{ type: object, required: [a], properties: { a: { type: string, format: email } } }');
    expect(seen(old, now)).toEqual(['output-undecided major']);
    expect(seen(old, now, 'compat: { unknown: patch }\n')).toEqual(['output-undecided patch']);
    expect(diff(old, now).changes[0]!.severity).toBe('dangerous');
  });
});

const triageSaying = (text: string): string =>
  `promptctl: 1\nid: triage\nmessages:\n  - { role: user, content: ${text} }\n`;

it('says of two prompts with one id that the other could not be compared', () => {
  const files = { 'a.prompt.yml': triageSaying('Sort.'), 'b.prompt.yml': triageSaying('Sum up.') };
  const report = diffFiles(files, { ...files, 'b.prompt.yml': triageSaying('Add up.') });
  expect(report.changes).toEqual([]);
  expect(report.unread).toEqual([
    { file: 'b.prompt.yml', message: 'b.prompt.yml has the id `triage`, which a.prompt.yml has too' },
  ]);
});

describe('what is nothing', () => {
  it.each([
    [
      'names, descriptions, metadata, tests and technique',
      file(
        'name: A\ndescription: B\nmetadata: { owners: ["@a"] }\ntechnique: zero-shot\ntestData: [{ ticket: x }]\nevaluators: [{ name: a, string: { contains: x } }]\n',
      ),
    ],
    ["a variable's description", file('', { variables: TICKET.replace('trust', 'description: The words, trust') })],
    ['the order of keys', `${MESSAGES}${TICKET}${HEAD}`],
    ['comments and quotes', file('# a comment\n').replace('Sort it.', '"Sort it."')],
    [
      'a version and a waiver',
      file('waive: [{ kind: text-changed, reason: r, until: 2099-01-01 }]\n').replace('1.2.0', '1.3.0'),
    ],
    [
      'the order of keys in a schema of a variable',
      file('', { variables: 'variables:\n  ticket: { trust: user, maxLength: 2000, type: string }\n' }),
    ],
  ])('%s', (_, now) => {
    expect(seen(file(), now)).toEqual([]);
  });

  it('an inlined partial, and a policy in another order', () => {
    const includes = MESSAGES.replace('Sort it.', '"{{> tone}}"');
    const { changes } = diffFiles(
      { [FILE]: file('', { messages: includes }), 'tone.partial.md': 'Sort it.\n' },
      { [FILE]: file() },
    );
    expect(changes).toEqual([]);
    expect(
      seen(
        file('security: { canary: true, urls: [a.example] }\n'),
        file('security: { urls: [a.example], canary: true }\n'),
      ),
    ).toEqual([]);
  });
});

describe('outputs', () => {
  const OPEN = '{ type: object, required: [a], properties: { a: { type: string } } }';
  it.each([
    [
      'another order of members',
      '{ type: object, required: [a, b], properties: { a: { type: string }, b: { type: string } } }',
      '{ type: object, required: [a, b], properties: { b: { type: string }, a: { type: string } } }',
      ['output-annotation-changed patch'],
    ],
    [
      'an inlined $ref',
      '{ type: object, properties: { a: { $ref: "#/$defs/t" } }, $defs: { t: { type: string } } }',
      '{ type: object, properties: { a: { type: string } } }',
      ['output-annotation-changed patch'],
    ],
    [
      'closed without effect',
      OPEN,
      OPEN.replace('required', 'additionalProperties: false, required'),
      ['output-annotation-changed patch'],
    ],
    [
      'an optional member removed',
      '{ type: object, properties: { a: { type: string }, b: { type: string } } }',
      '{ type: object, properties: { a: { type: string } } }',
      ['output-property-removed major'],
    ],
    [
      'a schema that nothing satisfies',
      OPEN,
      '{ type: object, required: [a], properties: { a: { type: string, minLength: 2, maxLength: 1 } } }',
      ['output-undecided major'],
    ],
  ])('%s', (_, old, now, expected) => {
    expect(seen(schema(old), schema(now))).toEqual(expected);
  });

  it('strict is a promise of the provider', () => {
    const strict = schema(OPEN);
    expect(seen(strict, strict.replace('strict: true', 'strict: false'))).toEqual(['settings-changed major']);
    expect(seen(strict.replace('strict: true', 'strict: false'), strict)).toEqual(['settings-changed patch']);
  });

  it('prints a witness that is about the place', () => {
    const old = schema(
      '{ type: object, additionalProperties: false, required: [orders], properties: { orders: { type: array, items: { type: object, additionalProperties: false, required: [id], properties: { id: { type: string } } } } } }',
    );
    const [change] = diff(old, old.replace('id: { type: string }', 'id: { type: [string, integer] }')).changes;
    expect(change).toMatchObject({
      kind: 'output-widened',
      path: expect.stringMatching(/^\/output\/orders\/\d+\/id$/) as unknown,
    });
    expect(change!.witness).toMatchObject({ orders: [{ id: expect.any(Number) as unknown }] });
  });
});

describe('variables', () => {
  it('counts a limit of tokens as values', () => {
    expect(seen(limited(''), limited('maxTokens: 10, '))).toEqual(['variable-narrowed major']);
    expect(seen(limited('maxTokens: 10, '), limited('maxTokens: 20, '))).toEqual(['variable-widened minor']);
    expect(seen(limited('maxTokens: 10, '), limited(''))).toEqual(['variable-widened minor']);
  });

  it('asks for major where an optional one goes, but not in github mode', () => {
    expect(seen(githubFile('{{a}} {{b}}'), githubFile('{{a}} b'))).toEqual([
      'text-changed patch',
      'variable-removed minor',
    ]);
    expect(seen(githubFile('{{a}}'), githubFile('{{a}} {{b}}'))).toContain('variable-required-added major');
  });

  it('converts from github mode as a patch, unless the new declaration asks for something else than text', () => {
    const github =
      'version: 1.2.0\nmodel: openai/gpt-4o-mini\nmessages:\n  - { role: user, content: "Sort {{ticket}}" }\n';
    const strict = (variable: string): string =>
      `promptctl: 1\n${github.replace('messages', `variables:\n  ticket: { ${variable} }\nmessages`)}`;
    expect(seen(github, strict('type: string, maxLength: 2000, maxTokens: 500, trust: user'))).toEqual([
      'settings-changed patch',
      'settings-changed patch',
      'text-changed patch',
    ]);
    expect(seen(github, strict('type: string, enum: [a], trust: user'))).toContain('variable-narrowed major');
    expect(seen(strict('type: string, trust: user'), github)).toContain('fence-removed major');
  });
});

describe('security', () => {
  it('sees untrusted text by whatever way it comes to a privileged role', () => {
    const each =
      'messages:\n  - role: system\n    content: "{{#each items}}{{this}}{{/each}}"\n  - { role: user, content: "{{ticket}}" }\n';
    const variables = `${TICKET}  items: { type: array, items: { type: string }, trust: retrieved }\n`;
    const { changes } = diff(file('', { variables }), file('', { variables, messages: each }));
    expect(changes.find(({ kind }) => kind === 'untrusted-in-privileged-role')).toMatchObject({
      security: true,
      path: '/messages/system/items',
    });
    const variant = 'variants:\n  v: { messages: [{ role: assistant, content: "{{ticket}}" }] }\n';
    expect(seen(file(), file(variant))).toEqual(['settings-changed patch', 'untrusted-in-privileged-role major']);
  });

  it('looks at the fences rendered: alone in its message a variable needs none', () => {
    const inText = MESSAGES.replace('"{{ticket}}"', '"Ticket: {{ticket}}"');
    expect(seen(file('', { messages: inText }), file())).toEqual(['text-changed patch']);
    const bare = TICKET.replace('trust', 'fence: none, trust');
    expect(seen(file(), file('', { variables: bare, messages: inText }))).toContain('fence-removed major');
  });

  it('takes an effect that is no longer declared for a risk', () => {
    expect(seen(withTool('effect: exec'), withTool('effect: read'))).toEqual(['settings-changed patch']);
    expect(seen(withTool('effect: exec'), withTool('description: Runs'))).toContain('tool-effect-raised major');
    expect(seen(withTool('effect: exec, approval: deny'), withTool('effect: exec, approval: confirm'))).toEqual([
      'approval-lowered major',
    ]);
    expect(seen(withTool('effect: exec, approval: auto'), withTool('effect: exec, approval: confirm'))).toEqual([
      'settings-changed patch',
    ]);
  });
});

describe('the rest', () => {
  it('tells providers by what they are called', () => {
    const model = (name: string): string => file('', { head: HEAD.replace('openai/gpt-4o-mini', name) });
    expect(seen(model('mistral/mistral-small'), model('mistral-ai/mistral-small'))).toEqual(['model-changed minor']);
    expect(seen(model('openai/gpt-4o'), model('azure/gpt-4o'))).toEqual(['model-provider-changed major']);
    const none = file('', { head: HEAD.replace(/model.*\n/, '') });
    expect(seen(file(), none)).toEqual(['model-provider-changed major']);
    expect(seen(none, file())).toEqual(['model-changed minor']);
  });

  it('takes a stop for a cut, and a limit where none was for a reduction', () => {
    const stop = (text: string): string => file(`modelParameters: { stop: ${text} }\n`);
    expect(seen(stop('[x]'), stop('[y]'))).toEqual(['parameters-changed minor']);
    expect(seen(stop('x'), stop('[x]'))).toEqual(['parameters-changed patch']);
    expect(seen(file(), file('modelParameters: { maxTokens: 9 }\n'))).toEqual(['output-limit-reduced minor']);
    expect(seen(file('modelParameters: { maxTokens: 9 }\n'), file())).toEqual(['parameters-changed patch']);
  });

  it('compares bundles, by what they hold and not by what they say of themselves', () => {
    const old = bundleOf(file());
    const now = bundleOf(file('', { messages: MESSAGES.replace('Sort', 'Order') }));
    expect(diffSides(old, now, { today: '2026-01-15' }).changes.map(({ kind }) => kind)).toEqual(['text-changed']);
    expect(diffSides(old, old, { today: '2026-01-15' }).changes).toEqual([]);
    expect(diffSides(old, sideOf({ [FILE]: file() }), { today: '2026-01-15' }).changes).toEqual([]);
    const [before] = old.prompts;
    const lying = {
      ...old,
      prompts: [{ json: { ...now.prompts[0]!.json, contentDigest: before!.json.contentDigest } }],
    };
    const told = sideOfBundle(
      { schema: 'promptctl.bundle/1', version: '1.0.0', digest: '', prompts: { a: lying.prompts[0]!.json } },
      'x',
    );
    expect(diffSides(old, told, { today: '2026-01-15' }).changes).not.toEqual([]);
  });

  it('waives what is meant, and reports the waivers that waive nothing', () => {
    expect(outcomeOf('{ kind: variable-narrowed, reason: r, until: 2026-01-15 }')).toEqual(['used', 'waived', 'major']);
    expect(outcomeOf('{ kind: variable-narrowed, path: /variables, reason: r, until: 2.0.0 }')).toEqual([
      'used',
      'waived',
      'major',
    ]);
    expect(outcomeOf('{ kind: variable-narrowed, path: /variables/other, reason: r, until: 2.0.0 }')).toEqual([
      'unused',
      'major',
    ]);
    expect(outcomeOf('{ kind: variable-narrowed, fingerprint: 0123456789abcdef, reason: r, until: 2.0.0 }')).toEqual([
      'unused',
      'major',
    ]);
    expect(outcomeOf('{ kind: variable-narrowed, reason: r, until: 1.2.0 }')).toEqual(['expired', 'major']);
    expect(outcomeOf('{ kind: variable-narrowed, until: 2.0.0 }')).toEqual(['invalid', 'major']);
    expect(outcomeOf('{ kind: variable-narrowed, reason: r }')).toEqual(['invalid', 'major']);
  });
});
