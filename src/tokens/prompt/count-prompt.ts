import type { Prompt } from '../../model/index.ts';
import { type Renderer, rendererOf, runtimePrompt } from '../../render/index.ts';
import { type JsonSchema, type Rendered, type RenderedMessage, contentText, type Values } from '../../runtime/index.ts';
import { countMessages, countSchema, countText, countTools } from '../chat/index.ts';
import { addFigures, type Figure } from '../figure.ts';
import { findModel, type ModelInfo, type ModelOverrides } from '../models/index.ts';
import { costUsd, priceSource } from '../prices/index.ts';
import { type WorstCase, worstCase } from './worst-case.ts';

export interface CountOptions {
  /** Counts for this model instead of the prompt's own. */
  readonly model?: string | undefined;
  readonly overrides?: ModelOverrides | undefined;
  /** The values of one call: counts that call, exactly. */
  readonly values?: Values | undefined;
}

/** What a prompt's requests weigh and cost. Every figure says how it came about. */
export interface PromptTokens {
  readonly promptId: string;
  readonly model: string | undefined;
  /** What is known of the model; absent where it is unknown, and then there is no price. */
  readonly info?: ModelInfo;
  /** Text that every call sends, with examples, tools, schema and the chat format. */
  readonly static: Figure;
  /** The most that each variable adds over all its places, in tokens; undefined where nothing bounds it. */
  readonly variables: readonly { readonly name: string; readonly tokens: number | undefined }[];
  /** The longest request; absent where a variable is unbounded. */
  readonly worst?: Figure;
  /** The request with the values given. */
  readonly given?: Figure;
  readonly parts: { readonly messages: Figure; readonly tools: Figure; readonly schema: Figure };
  readonly outputTokens: number | undefined;
  /** US dollars a call: the worst case, or what was given, and the whole output limit. Absent where the price is unknown. */
  readonly costUsd?: number;
  readonly priceDate: string;
  readonly over: {
    readonly inputTokens: boolean;
    readonly outputTokens: boolean;
    readonly costUsd: boolean;
    readonly window: boolean;
  };
}

/** Where neither the prompt nor the caller names a model, text is counted under the encoding of OpenAI's current models. */
const DEFAULT_MODEL = 'openai/gpt-4o';

export function countPrompt(prompt: Prompt, options: CountOptions = {}): PromptTokens {
  const model = options.model ?? prompt.model;
  const info = model === undefined ? undefined : findModel(model, options.overrides);
  const counted = info ?? model ?? DEFAULT_MODEL;
  const count = (text: string): number => (text === '' ? 0 : countText(text, counted).tokens);
  const bare = staticRequest(prompt);
  const worsts = prompt.messages.map((message) =>
    'role' in message ? worstCase(message.segments, prompt, count) : undefined,
  );
  const parts = {
    messages: countMessages(messagesOf(prompt, worsts, bare), counted),
    tools: countTools(bare.tools, counted, { systemMessage: bare.messages.some(({ role }) => role === 'system') }),
    schema:
      bare.responseFormat?.schema === undefined
        ? { tokens: 0, kind: 'exact' as const, by: '' }
        : countSchema(bare.responseFormat.schema, counted),
  };
  const fixed = total(parts);
  const { bounds, unbounded, extra } = gathered(prompt, worsts);
  const worst = unbounded.size > 0 ? undefined : withExtra(fixed, extra);
  const given =
    options.values === undefined
      ? undefined
      : total({ ...parts, messages: countMessages(rendererOf(prompt).render(options.values).messages, counted) });
  const outputTokens = prompt.parameters.maxTokens;
  const request = given ?? worst ?? fixed;
  const cost = costUsd({ input: request.tokens, output: outputTokens ?? 0 }, info?.price);
  const { budget } = prompt;
  const input = (given ?? worst ?? fixed).tokens;
  return {
    promptId: prompt.id,
    model,
    ...(info ? { info } : {}),
    static: fixed,
    variables: [...prompt.variables.keys()]
      .filter((name) => bounds.has(name) || unbounded.has(name))
      .map((name) => ({ name, tokens: unbounded.has(name) ? undefined : bounds.get(name) })),
    ...(worst ? { worst } : {}),
    ...(given ? { given } : {}),
    parts,
    outputTokens,
    ...(cost === undefined ? {} : { costUsd: cost }),
    priceDate: info?.priceDate ?? priceSource().date,
    over: {
      inputTokens: budget?.inputTokens !== undefined && input > budget.inputTokens,
      outputTokens:
        budget?.outputTokens !== undefined && outputTokens !== undefined && outputTokens > budget.outputTokens,
      costUsd: budget?.costUsd !== undefined && cost !== undefined && cost > budget.costUsd,
      window: info?.contextWindow !== undefined && input + (outputTokens ?? 0) > info.contextWindow,
    },
  };
}

/**
 * The request that is counted, for a provider that counts itself: with values the call that they make, without them what every call
 * sends, the longer branches taken and nothing in the place of values.
 */
export function countedRequest(prompt: Prompt, options: CountOptions = {}): Rendered {
  const model = options.model ?? prompt.model;
  if (options.values) return { ...rendererOf(prompt).render(options.values), model };
  const bare = staticRequest(prompt);
  const worsts = prompt.messages.map((message) =>
    'role' in message ? worstCase(message.segments, prompt, lengthOf) : undefined,
  );
  return {
    ...bare,
    messages: messagesOf(prompt, worsts, bare),
    model,
    parameters: {},
    staticMessages: 0,
    provenance: { promptId: prompt.id, contentDigest: '', bundleVersion: '', bundleDigest: '' },
  };
}

/** Good enough to choose the longer branch where the provider does the counting. */
function lengthOf(text: string): number {
  return text.length;
}

/** The request's fixed parts: examples, tools and the response format come from the runtime, as applications get them. */
function staticRequest(prompt: Prompt): Pick<Rendered, 'messages' | 'tools' | 'responseFormat'> {
  const json = runtimePrompt(prompt);
  const last = prompt.messages.findLast((message) => 'role' in message && message.role === 'user');
  const bodies = last ? json.examples : [];
  const asked = last && bodies.length > 0 ? rendererOf({ ...prompt, examples: [], messages: [last] }) : undefined;
  const shown = bodies.flatMap(({ input, output }) => [
    { role: 'user' as const, content: exampleText(asked!, input) },
    { role: 'assistant' as const, content: output },
  ]);
  const format = json.responseFormat;
  return {
    messages: shown,
    tools: json.tools.map(({ name, description, parameters }) => ({
      name,
      ...(description === undefined ? {} : { description }),
      ...(parameters === undefined ? {} : { parameters: JSON.parse(parameters) as JsonSchema }),
    })),
    ...(format
      ? {
          responseFormat: {
            type: format.type,
            ...(format.schema === undefined ? {} : { schema: JSON.parse(format.schema) as JsonSchema }),
          },
        }
      : {}),
  };
}

/** An example's user turn. One that can't be rendered, which lint tells, weighs what its values do. */
function exampleText(asked: Renderer, input: string): string {
  try {
    return contentText(asked.render(JSON.parse(input) as Values).messages[0]?.content ?? input);
  } catch {
    return input;
  }
}

function messagesOf(
  prompt: Prompt,
  worsts: readonly (WorstCase | undefined)[],
  bare: Pick<Rendered, 'messages'>,
): RenderedMessage[] {
  const written = prompt.messages.flatMap((message, at) =>
    'role' in message ? [{ role: message.role, content: worsts[at]!.text }] : [],
  );
  return [...bare.messages, ...written];
}

function gathered(
  prompt: Prompt,
  worsts: readonly (WorstCase | undefined)[],
): { bounds: Map<string, number>; unbounded: Set<string>; extra: number } {
  const bounds = new Map<string, number>();
  const unbounded = new Set<string>();
  let extra = 0;
  const lastUser = prompt.messages.findLastIndex((message) => 'role' in message && message.role === 'user');
  for (const [at, worst] of worsts.entries()) {
    const message = prompt.messages[at]!;
    if ('history' in message) {
      if (message.maxTokens === undefined) unbounded.add(message.history);
      else bounds.set(message.history, message.maxTokens);
      extra += message.maxTokens ?? 0;
    }
    if (!worst) continue;
    extra += worst.extra + (at === lastUser ? prompt.examples.length * worst.media : 0);
    for (const [name, bound] of worst.bounds) bounds.set(name, (bounds.get(name) ?? 0) + bound);
    for (const name of worst.unbounded) unbounded.add(name);
  }
  return { bounds, unbounded, extra };
}

function total(parts: PromptTokens['parts']): Figure {
  return addFigures(Object.values(parts).filter(({ tokens }) => tokens > 0));
}

/** A bound is no count: what it adds makes the sum a formula at best. */
function withExtra(fixed: Figure, extra: number): Figure {
  const kind = fixed.kind === 'exact' ? 'formula' : fixed.kind;
  return {
    ...fixed,
    tokens: fixed.tokens + extra,
    kind,
    by: extra > 0 ? `${fixed.by} + bounds of the variables` : fixed.by,
  };
}
