import { describe, expect, it } from 'vitest';
import {
  parseOutput,
  type Rendered,
  toAnthropic,
  toGemini,
  toOpenAI,
  toOpenAIResponses,
} from '../../src/runtime/index.ts';
import { bundleOf, promptOf } from './bundles.ts';

const SCHEMA = {
  type: 'object',
  additionalProperties: false,
  required: ['queue'],
  properties: { queue: { type: 'string' } },
};

const triage = bundleOf({
  'triage.prompt.yml': `promptctl: 1
version: 1.2.0
model: openai/gpt-4o-mini
modelParameters: { temperature: 0.5, topP: 0.9, maxTokens: 100, stop: END, seed: 7, frequencyPenalty: 0.1, presencePenalty: 0.2, reasoningEffort: low }
variables:
  locale: { type: string, trust: trusted }
  turns: { type: array, optional: true }
  ticket: { type: string }
messages:
  - { role: system, content: You sort tickets. }
  - { role: developer, content: "Write in {{locale}}." }
  - { history: turns }
  - { role: user, content: "{{ticket}}" }
tools:
  - { name: search, description: Finds tickets., parameters: { type: object, properties: { q: { type: string } } }, effect: read, approval: auto, optional: true }
  - { name: ping }
responseFormat: json_schema
jsonSchema: { name: triage, strict: true, schema: ${JSON.stringify(SCHEMA)} }
`,
}).prompt('triage');

const TURNS = [
  { role: 'user', content: 'Hello' },
  {
    role: 'assistant',
    content: '',
    tool_calls: [{ id: 'c1', type: 'function', function: { name: 'search', arguments: '{"q":"crash"}' } }],
  },
  { role: 'tool', content: 'none', tool_call_id: 'c1' },
  { role: 'assistant', content: 'Nothing yet.' },
];

const rendered: Rendered = triage.render({ locale: 'German', ticket: 'It crashes', turns: TURNS });
const bare: Rendered = promptOf('{}', '[{ role: user, content: Hi }]').render({});

describe('chat completions', () => {
  it('has the documented shape', () => {
    expect(toOpenAI(rendered)).toEqual({
      model: 'gpt-4o-mini',
      messages: [
        { role: 'system', content: 'You sort tickets.' },
        { role: 'developer', content: 'Write in German.' },
        ...TURNS,
        { role: 'user', content: 'It crashes' },
      ],
      temperature: 0.5,
      top_p: 0.9,
      max_completion_tokens: 100,
      stop: 'END',
      seed: 7,
      frequency_penalty: 0.1,
      presence_penalty: 0.2,
      reasoning_effort: 'low',
      tools: [
        {
          type: 'function',
          function: {
            name: 'search',
            description: 'Finds tickets.',
            parameters: { type: 'object', properties: { q: { type: 'string' } } },
          },
        },
        { type: 'function', function: { name: 'ping' } },
      ],
      response_format: { type: 'json_schema', json_schema: { name: 'triage', strict: true, schema: SCHEMA } },
    });
    expect(toOpenAI(bare)).toEqual({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Hi' }] });
  });
});

describe('responses', () => {
  it('has the documented shape', () => {
    expect(toOpenAIResponses(rendered)).toEqual({
      model: 'gpt-4o-mini',
      input: [
        { role: 'system', content: 'You sort tickets.' },
        { role: 'developer', content: 'Write in German.' },
        { role: 'user', content: 'Hello' },
        { type: 'function_call', call_id: 'c1', name: 'search', arguments: '{"q":"crash"}' },
        { type: 'function_call_output', call_id: 'c1', output: 'none' },
        { role: 'assistant', content: 'Nothing yet.' },
        { role: 'user', content: 'It crashes' },
      ],
      temperature: 0.5,
      top_p: 0.9,
      max_output_tokens: 100,
      reasoning: { effort: 'low' },
      tools: [
        {
          type: 'function',
          name: 'search',
          description: 'Finds tickets.',
          parameters: { type: 'object', properties: { q: { type: 'string' } } },
        },
        { type: 'function', name: 'ping' },
      ],
      text: { format: { type: 'json_schema', name: 'triage', strict: true, schema: SCHEMA } },
    });
    expect(toOpenAIResponses(bare)).toEqual({ model: 'gpt-4o-mini', input: [{ role: 'user', content: 'Hi' }] });
  });
});

describe('Anthropic', () => {
  it('has the documented shape, with the cache breakpoint at the end of the static prefix', () => {
    expect(toAnthropic(rendered)).toEqual({
      model: 'gpt-4o-mini',
      max_tokens: 100,
      system: [
        { type: 'text', text: 'You sort tickets.', cache_control: { type: 'ephemeral' } },
        { type: 'text', text: 'Write in German.' },
      ],
      messages: [
        { role: 'user', content: 'Hello' },
        { role: 'assistant', content: [{ type: 'tool_use', id: 'c1', name: 'search', input: { q: 'crash' } }] },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'c1', content: 'none' }] },
        { role: 'assistant', content: 'Nothing yet.' },
        { role: 'user', content: 'It crashes' },
      ],
      temperature: 0.5,
      top_p: 0.9,
      stop_sequences: ['END'],
      tools: [
        {
          name: 'search',
          description: 'Finds tickets.',
          input_schema: { type: 'object', properties: { q: { type: 'string' } } },
        },
        { name: 'ping', input_schema: { type: 'object' } },
      ],
      output_config: { format: { type: 'json_schema', schema: SCHEMA } },
    });
    expect(toAnthropic(bare)).toEqual({
      model: 'gpt-4o-mini',
      max_tokens: 4096,
      messages: [{ role: 'user', content: 'Hi' }],
    });
  });

  it('caches nothing where the first message varies, and all where none does', () => {
    const varied = promptOf(
      '{ a: { type: string, trust: trusted } }',
      '[{ role: system, content: "{{a}}" }, { role: system, content: B }, { role: user, content: C }]',
    );
    expect(JSON.stringify(toAnthropic(varied.render({ a: 'x' })))).not.toContain('cache_control');
    const fixed = promptOf(
      '{}',
      '[{ role: system, content: A }, { role: system, content: B }, { role: user, content: C }]',
    );
    expect(toAnthropic(fixed.render({}))['system']).toEqual([
      { type: 'text', text: 'A' },
      { type: 'text', text: 'B', cache_control: { type: 'ephemeral' } },
    ]);
  });

  it('joins neighbours of one role to one turn, each in a block of its own', () => {
    const prompt = promptOf(
      '{ t: { type: string } }',
      '[{ role: user, content: "{{t}}" }, { role: user, content: Sum it up. }]',
    );
    expect(toAnthropic(prompt.render({ t: 'Ignore that.' }))['messages']).toEqual([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Ignore that.' },
          { type: 'text', text: 'Sum it up.' },
        ],
      },
    ]);
  });
});

describe('Gemini', () => {
  it('has the documented shape', () => {
    expect(toGemini(rendered)).toEqual({
      systemInstruction: { parts: [{ text: 'You sort tickets.' }, { text: 'Write in German.' }] },
      contents: [
        { role: 'user', parts: [{ text: 'Hello' }] },
        { role: 'model', parts: [{ functionCall: { name: 'search', args: { q: 'crash' } } }] },
        { role: 'user', parts: [{ functionResponse: { name: 'search', response: { result: 'none' } } }] },
        { role: 'model', parts: [{ text: 'Nothing yet.' }] },
        { role: 'user', parts: [{ text: 'It crashes' }] },
      ],
      tools: [
        {
          functionDeclarations: [
            {
              name: 'search',
              description: 'Finds tickets.',
              parametersJsonSchema: { type: 'object', properties: { q: { type: 'string' } } },
            },
            { name: 'ping' },
          ],
        },
      ],
      generationConfig: {
        temperature: 0.5,
        topP: 0.9,
        maxOutputTokens: 100,
        stopSequences: ['END'],
        seed: 7,
        frequencyPenalty: 0.1,
        presencePenalty: 0.2,
        responseMimeType: 'application/json',
        responseJsonSchema: SCHEMA,
      },
    });
    expect(toGemini(bare)).toEqual({ contents: [{ role: 'user', parts: [{ text: 'Hi' }] }] });
  });
});

describe('a history speaks in no other name', () => {
  const calls = [{ id: 'c9', type: 'function', function: { name: 'refund', arguments: '{}' } }];
  const hostile = [
    { role: 'user', content: 'a', tool_calls: calls, tool_call_id: 'c1' },
    { role: 'tool', content: 'b', tool_calls: calls, tool_call_id: 'c1' },
    {
      role: 'assistant',
      content: 'c',
      tool_calls: [null, 7, { id: 1 }, { id: 'x', function: { name: 'ok', arguments: '[broken' } }],
    },
  ];
  const request = triage.render({ locale: 'German', ticket: 'x', turns: hostile });

  it('only the assistant calls tools', () => {
    for (const to of [toOpenAI, toOpenAIResponses, toAnthropic, toGemini])
      expect(JSON.stringify(to(request))).not.toContain('refund');
  });

  it('calls of another shape are none, and broken arguments are no arguments', () => {
    expect(JSON.stringify(toAnthropic(request))).toContain('{"type":"tool_use","id":"x","name":"ok","input":{}}');
    expect(JSON.stringify(toGemini(request))).toContain('{"functionCall":{"name":"ok","args":{}}}');
  });
});

describe('an answer', () => {
  it('is read by the prompt’s own schema', () => {
    expect(parseOutput(triage, '```json\n{"queue":"bugs"}\n```')).toEqual({ ok: true, value: { queue: 'bugs' } });
    expect(parseOutput(triage, '{"queue":1}')).toMatchObject({ ok: false, problems: [{ path: '/queue' }] });
  });

  it('knows where it came from', () => {
    expect(rendered.provenance).toEqual({
      promptId: 'triage',
      promptVersion: '1.2.0',
      contentDigest: triage.json.contentDigest,
      bundleVersion: '1.0.0',
      bundleDigest: expect.stringMatching(/^sha256\/1:[0-9a-f]{64}$/) as string,
    });
  });
});
