import type { JsonSchema } from '../../runtime/index.ts';

const object = (properties: Record<string, JsonSchema>, description: string): JsonSchema => ({
  type: 'object',
  additionalProperties: false,
  description,
  properties,
});
const list = (description: string): JsonSchema => ({
  type: ['string', 'array'],
  items: { type: 'string' },
  description,
});
const mode: JsonSchema = {
  type: 'string',
  enum: ['tolerant', 'strict'],
  description: 'How readers treat what they do not know.',
};
const embeddings = (description: string): JsonSchema => ({
  ...object(
    {
      provider: { type: 'string', description: "A provider's name." },
      model: { type: 'string', description: 'The model, as the provider knows it.' },
    },
    description,
  ),
  required: ['provider'],
});

/** The shape of promptctl.yaml. */
export const configSchema: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  description: 'promptctl.yaml: where the prompts are and how they are judged. It holds no code.',
  properties: {
    version: { type: ['string', 'number'], description: "The bundle's semantic version; bump writes it." },
    prompts: list('Globs of the prompt files.'),
    root: { type: 'string', description: 'The folder that ids and partials are relative to.' },
    extends: { type: 'string', enum: ['minimal', 'recommended', 'all'], description: 'The preset of lint rules.' },
    rules: {
      type: 'object',
      description: 'Severity (error, warning, info, off) by rule id, or { severity, ...options }.',
    },
    overrides: {
      type: 'array',
      description: 'Settings for some of the files.',
      items: object(
        {
          files: list('Globs.'),
          stability: {
            type: 'string',
            enum: ['experimental', 'stable', 'deprecated'],
            description: 'Of these prompts.',
          },
          rules: { type: 'object', description: 'As the rules above.' },
        },
        'One override.',
      ),
    },
    compat: object(
      {
        against: { type: 'string', description: 'latest-tag, or a ref.' },
        input: mode,
        output: mode,
        tools: mode,
        unknown: {
          type: 'string',
          enum: ['major', 'minor', 'patch'],
          description: 'The level where neither side could be proven.',
        },
      },
      'How versions are compared.',
    ),
    models: { type: 'string', description: 'A file of price and window overrides.' },
    providers: {
      type: 'object',
      description: 'Providers by name.',
      additionalProperties: object(
        {
          kind: {
            type: 'string',
            enum: ['openai', 'openai-compatible', 'anthropic', 'gemini', 'echo', 'replay', 'exec', 'module'],
            description: 'The protocol it speaks.',
          },
          baseUrl: { type: 'string', description: 'Where it is.' },
          apiKeyEnv: { type: 'string', description: 'The environment variable that holds its key.' },
          stream: { type: 'boolean', description: 'Asks for server-sent events.' },
          api: { type: 'string', enum: ['chat', 'responses'], description: "Which of OpenAI's APIs." },
          command: list('Of exec: the program and its arguments.'),
          module: { type: 'string', description: 'Of module: the file.' },
          models: list('The models it serves.'),
        },
        'One provider.',
      ),
    },
    eval: object(
      {
        baseline: { type: 'string', description: 'The ref that results are compared with.' },
        maxCostUsd: { type: 'number', exclusiveMinimum: 0, description: 'A run stops before it costs more.' },
        concurrency: { type: 'integer', minimum: 1, description: 'Requests at once.' },
        provider: { type: 'string', description: 'The provider, where the model does not say.' },
        judge: { type: 'string', description: 'The model that judges.' },
        embeddings: embeddings(
          'Where similarity gets its vectors: a provider that serves embeddings, or energetic, which runs here.',
        ),
        tokenEmbeddings: embeddings('Where bertscore gets the vectors of single tokens.'),
        minKappa: { type: 'number', minimum: 0, maximum: 1, description: 'A judge under it may not gate.' },
        gates: object(
          {
            passRate: { type: 'number', minimum: 0, maximum: 1, description: 'The least share of tests that pass.' },
            errorRate: { type: 'number', minimum: 0, maximum: 1, description: 'The largest share of errors.' },
            p95Ms: { type: 'number', minimum: 0, description: 'The 95th percentile of latency.' },
            costUsd: { type: 'number', minimum: 0, description: 'The mean cost of an answer.' },
            means: {
              type: 'object',
              additionalProperties: { type: 'number' },
              description: 'The least mean score of evaluators, by name.',
            },
          },
          'Absolute gates.',
        ),
      },
      'Defaults of eval.',
    ),
    release: object(
      {
        tag: { type: 'string', description: 'The tag name, with {version} and, for independent versions, {id}.' },
        branch: { type: 'string', description: 'The branch that releases are cut from.' },
        changelog: { type: 'string', description: 'The changelog file.' },
        sign: { type: 'boolean', description: 'Signs the tag.' },
      },
      'How releases are made.',
    ),
    compile: object(
      {
        out: { type: 'string', description: 'The bundle file.' },
        types: { type: 'array', items: { type: 'string', enum: ['ts'] }, description: 'Languages to write types for.' },
      },
      'Where the bundle goes.',
    ),
  },
};
