import type { JsonSchema } from '../../runtime/index.ts';

const text = (description: string): JsonSchema => ({ type: 'string', description });
const object = (properties: Record<string, JsonSchema>, description: string): JsonSchema => ({
  type: 'object',
  additionalProperties: false,
  description,
  properties,
});

const parameters = object(
  {
    temperature: { type: 'number', minimum: 0, maximum: 2, description: 'Sampling temperature.' },
    topP: { type: 'number', minimum: 0, maximum: 1, description: 'Nucleus sampling.' },
    maxTokens: { type: 'integer', minimum: 1, description: 'Longest answer, in tokens.' },
    maxCompletionTokens: { type: 'integer', minimum: 1, description: 'The same as maxTokens.' },
    stop: { type: ['string', 'array'], items: { type: 'string' }, description: 'Where the answer ends.' },
    seed: { type: 'integer', description: 'Asks the provider for repeatable sampling.' },
    frequencyPenalty: { type: 'number', minimum: -2, maximum: 2, description: 'Lowers words by how often they came.' },
    presencePenalty: { type: 'number', minimum: -2, maximum: 2, description: 'Lowers words that came at all.' },
    reasoningEffort: {
      type: 'string',
      enum: ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'],
      description: 'How long a reasoning model thinks.',
    },
  },
  'Sampling parameters, in camelCase.',
);

const messages: JsonSchema = {
  type: 'array',
  description: 'The conversation. Untrusted variables belong in user messages.',
  items: object(
    {
      role: { type: 'string', description: 'system, developer, user, assistant or tool.' },
      content: text('The template of the message.'),
      history: text('A variable that holds earlier messages, in place of a message.'),
      maxTurns: { type: 'integer', minimum: 1, description: 'Keeps the newest turns of the history.' },
      maxTokens: { type: 'integer', minimum: 1, description: 'Bounds the history, in tokens.' },
    },
    'A message, or a history variable.',
  ),
};

const examples: JsonSchema = {
  type: 'array',
  description: 'Few-shot pairs, rendered as user and assistant turns before the last user message.',
  items: object(
    {
      input: { type: 'object', description: 'Values of the variables.' },
      output: { type: ['string', 'object', 'array'], description: 'The answer.' },
    },
    'One pair.',
  ),
};

const model = text('publisher/model, as in openai/gpt-4o-mini.');

/** The shape of a prompt file: what the linter checks it against, and what editors complete it by. */
export const promptSchema: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  description: 'A prompt file of promptctl: a superset of the .prompt.yml format of GitHub Models.',
  properties: {
    promptctl: { type: 'integer', const: 1, description: 'Turns the strict mode on.' },
    id: text('Default: the path under the root, without the extension.'),
    name: text('What people call it.'),
    description: text('What it is for.'),
    version: { type: ['string', 'number'], description: 'A semantic version, quoted or not: 2.1.0.' },
    stability: {
      type: 'string',
      enum: ['experimental', 'stable', 'deprecated'],
      description: 'How firm the contract is.',
    },
    aliases: { type: 'array', items: { type: 'string' }, description: 'Former ids.' },
    waive: {
      type: 'array',
      description: 'Changes that the gate lets through, with a reason and an end.',
      items: object(
        {
          kind: text('The change kind.'),
          path: text('JSON pointer into the change.'),
          fingerprint: text('Of the one change meant.'),
          reason: text('Why.'),
          until: text('A version or a date.'),
        },
        'A waiver.',
      ),
    },
    variants: {
      type: 'object',
      description: 'Alternatives with the same contract, for experiments.',
      additionalProperties: object({ model, modelParameters: parameters, messages, examples }, 'A variant.'),
    },
    model,
    modelParameters: parameters,
    technique: {
      type: 'string',
      enum: ['zero-shot', 'few-shot', 'chain-of-thought', 'self-consistency', 'decomposition', 'react'],
      description: 'What the prompt relies on; the linter checks that the file does it.',
    },
    variables: {
      type: 'object',
      description: 'Each a JSON Schema plus trust, optional, maxTokens and fence; or a default, for a trusted string.',
    },
    examples,
    messages,
    responseFormat: {
      type: 'string',
      enum: ['text', 'json_object', 'json_schema'],
      description: 'What the answer is.',
    },
    jsonSchema: {
      type: ['string', 'object'],
      description: 'A mapping { name, strict, schema }, the same as JSON text, or { $ref: ./file.json }.',
    },
    tools: {
      type: 'array',
      description: 'Functions that the model may call.',
      items: object(
        {
          name: text('Of the function.'),
          description: text('What it does, for the model.'),
          parameters: { type: ['object', 'boolean'], description: 'JSON Schema of the arguments.' },
          optional: { type: 'boolean', description: 'An application may leave it out.' },
          effect: { type: 'string', enum: ['read', 'write', 'egress', 'exec'], description: 'What a call can do.' },
          approval: { type: 'string', enum: ['auto', 'confirm', 'deny'], description: 'Who lets a call through.' },
        },
        'A tool.',
      ),
    },
    budget: object(
      {
        inputTokens: { type: 'integer', minimum: 1, description: 'Tokens of the request, at the worst case.' },
        outputTokens: { type: 'integer', minimum: 1, description: 'Tokens of the answer.' },
        costUsd: { type: 'number', exclusiveMinimum: 0, description: 'Of one call, in US dollars.' },
        latencyMs: { type: 'number', exclusiveMinimum: 0, description: 'Of one call, in milliseconds.' },
      },
      'What a call may use.',
    ),
    context: { type: 'object', description: 'Sections and how they are packed.' },
    conversation: object(
      {
        maxTurns: { type: 'integer', minimum: 1, description: 'Keeps the newest turns.' },
        maxTokens: { type: 'integer', minimum: 1, description: 'Bounds the history, in tokens.' },
        consolidate: { type: 'object', description: 'everyTurns or everyTokens, mode, keepLast.' },
      },
      'How a long conversation is kept short.',
    ),
    cascade: { type: 'object', description: 'Models tried in order.' },
    security: object(
      {
        canary: { type: 'boolean', description: 'Plants a marker that an answer must not hold.' },
        forbidOutput: { type: 'array', items: { type: 'string' }, description: 'Texts that an answer must not hold.' },
        urls: { type: 'array', items: { type: 'string' }, description: 'Hosts that an answer may link to.' },
      },
      'What guards the answer.',
    ),
    metadata: object(
      {
        owners: { type: 'array', items: { type: 'string' }, description: 'Who answers for it.' },
        tags: { type: 'array', items: { type: 'string' }, description: 'For lists.' },
      },
      'For people; not part of the contract.',
    ),
    tests: text('A file of more rows: jsonl, csv or yaml, relative to this file.'),
    testData: {
      type: 'array',
      items: { type: 'object' },
      description: 'Rows of variables; keys that begin with $ are ours.',
    },
    evaluators: {
      type: 'array',
      description: 'What judges an answer.',
      items: object(
        {
          name: text('In reports.'),
          uses: text('github/... or promptctl/...'),
          with: { type: 'object', description: 'Options of the evaluator.' },
          string: object(
            {
              equals: text('Exactly.'),
              contains: text('Somewhere.'),
              startsWith: text('At the start.'),
              endsWith: text('At the end.'),
            },
            "GitHub's string evaluator.",
          ),
          llm: object(
            {
              modelId: text('The judge.'),
              prompt: text('What the judge reads.'),
              systemPrompt: text('Its instructions.'),
              choices: {
                type: 'array',
                description: 'Verdicts and their scores.',
                items: object(
                  {
                    choice: text('As the judge answers it.'),
                    score: { type: 'number', minimum: 0, maximum: 1, description: '0 to 1.' },
                  },
                  'One verdict.',
                ),
              },
            },
            "GitHub's judge.",
          ),
        },
        'One evaluator.',
      ),
    },
  },
};

/** What `modelParameters` is often written as, and what reads it. */
export const PARAMETER_SPELLINGS: Readonly<Record<string, string>> = {
  max_tokens: 'maxTokens',
  max_completion_tokens: 'maxTokens',
  max_output_tokens: 'maxTokens',
  maxOutputTokens: 'maxTokens',
  top_p: 'topP',
  frequency_penalty: 'frequencyPenalty',
  presence_penalty: 'presencePenalty',
  reasoning_effort: 'reasoningEffort',
  stop_sequences: 'stop',
  stopSequences: 'stop',
};
