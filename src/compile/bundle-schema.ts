import type { JsonSchema } from '../runtime/index.ts';

const text: JsonSchema = { type: 'string' };
const jsonText = (description: string): JsonSchema => ({ type: 'string', description: `JSON text: ${description}` });
const digest: JsonSchema = { type: 'string', pattern: '^sha256/1:[0-9a-f]{64}$' };
const segments: JsonSchema = { type: 'array', items: { $ref: '#/$defs/segment' } };
const expr: JsonSchema = { $ref: '#/$defs/expr' };
const scope: JsonSchema = {
  type: 'integer',
  minimum: 0,
  description: 'Which context, from outside; 0 is the variables.',
};
const closed = (properties: Record<string, JsonSchema>, required: readonly string[]): JsonSchema => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});

const parameters: JsonSchema = closed(
  {
    temperature: { type: 'number' },
    topP: { type: 'number' },
    maxTokens: { type: 'integer' },
    stop: { type: ['string', 'array'], items: text },
    seed: { type: 'integer' },
    frequencyPenalty: { type: 'number' },
    presencePenalty: { type: 'number' },
    reasoningEffort: text,
  },
  [],
);

const messages: JsonSchema = {
  type: 'array',
  items: {
    oneOf: [
      closed({ role: { enum: ['system', 'developer', 'user', 'assistant', 'tool'] }, segments }, ['role', 'segments']),
      closed({ history: text, maxTurns: { type: 'integer' }, maxTokens: { type: 'integer' } }, ['history']),
    ],
  },
};

const examples: JsonSchema = {
  type: 'array',
  items: closed({ input: jsonText('values by variable'), output: text }, ['input', 'output']),
};

/** JSON Schema of the bundle; docs/bundle.md says what each member means. */
export const bundleSchema: JsonSchema = {
  description: 'A bundle of prompts, as `promptctl compile` writes it.',
  ...closed(
    {
      schema: { const: 'promptctl.bundle/1' },
      version: text,
      digest,
      prompts: { type: 'object', additionalProperties: { $ref: '#/$defs/prompt' } },
      experiments: {
        type: 'object',
        additionalProperties: { type: 'object' },
        description: 'Experiments by key, as their files say them.',
      },
    },
    ['schema', 'version', 'digest', 'prompts'],
  ),
  $defs: {
    prompt: closed(
      {
        id: text,
        version: text,
        mode: { enum: ['strict', 'github'] },
        stability: { enum: ['experimental', 'stable', 'deprecated'] },
        aliases: { type: 'array', items: text },
        contentDigest: digest,
        contractDigest: digest,
        model: text,
        parameters,
        messages,
        examples,
        variables: {
          type: 'object',
          additionalProperties: closed(
            {
              trust: { enum: ['trusted', 'user', 'retrieved', 'tool', 'model'] },
              required: { type: 'boolean' },
              schema: jsonText('the JSON Schema of the value'),
              default: jsonText('the value where none is given'),
              maxTokens: { type: 'integer', minimum: 1 },
            },
            ['trust', 'required', 'schema'],
          ),
        },
        responseFormat: closed(
          {
            type: { enum: ['text', 'json_object', 'json_schema'] },
            name: text,
            strict: { type: 'boolean' },
            schema: jsonText('the JSON Schema of the output, in source order'),
          },
          ['type'],
        ),
        tools: {
          type: 'array',
          items: closed(
            {
              name: text,
              description: text,
              parameters: jsonText('the JSON Schema of the arguments'),
              optional: { type: 'boolean' },
              effect: { enum: ['read', 'write', 'egress', 'exec'] },
              approval: { enum: ['auto', 'confirm', 'deny'] },
            },
            ['name'],
          ),
        },
        budget: closed(
          {
            inputTokens: { type: 'number' },
            outputTokens: { type: 'number' },
            costUsd: { type: 'number' },
            latencyMs: { type: 'number' },
          },
          [],
        ),
        policies: { type: 'object', additionalProperties: jsonText('the section of the prompt file') },
        tokens: closed(
          {
            encoding: text,
            kind: { enum: ['exact', 'estimate'] },
            messages: { type: 'array', items: { type: 'array', items: { type: 'integer', minimum: 0 } } },
          },
          ['encoding', 'kind', 'messages'],
        ),
        variants: { type: 'object', additionalProperties: closed({ model: text, parameters, messages, examples }, []) },
      },
      [
        'id',
        'mode',
        'stability',
        'aliases',
        'contentDigest',
        'contractDigest',
        'parameters',
        'messages',
        'examples',
        'variables',
        'tools',
        'policies',
        'variants',
      ],
    ),
    segment: {
      oneOf: [
        closed({ kind: { const: 'text' }, text }, ['kind', 'text']),
        closed(
          {
            kind: { const: 'value' },
            value: expr,
            trust: { enum: ['trusted', 'user', 'retrieved', 'tool', 'model'] },
            fence: text,
          },
          ['kind', 'value', 'trust'],
        ),
        closed(
          {
            kind: { const: 'media' },
            url: expr,
            contentType: expr,
            trust: { enum: ['trusted', 'user', 'retrieved', 'tool', 'model'] },
          },
          ['kind', 'url', 'trust'],
        ),
        closed({ kind: { const: 'if' }, test: expr, then: segments, else: segments }, ['kind', 'test', 'then', 'else']),
        closed({ kind: { const: 'each' }, over: expr, body: segments, else: segments }, [
          'kind',
          'over',
          'body',
          'else',
        ]),
        closed({ kind: { const: 'with' }, value: expr, body: segments, else: segments }, [
          'kind',
          'value',
          'body',
          'else',
        ]),
      ],
    },
    expr: {
      oneOf: [
        closed({ ref: { type: 'array', items: text }, scope }, ['ref', 'scope']),
        closed({ meta: { enum: ['index', 'first', 'last', 'key'] }, scope }, ['meta', 'scope']),
        closed({ literal: { type: ['string', 'number', 'boolean', 'null'] } }, ['literal']),
        closed(
          { op: { enum: ['eq', 'ne', 'and', 'or', 'not', 'json'] }, args: { type: 'array', items: expr, minItems: 1 } },
          ['op', 'args'],
        ),
      ],
    },
  },
};
