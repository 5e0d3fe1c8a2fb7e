import { Buffer } from 'node:buffer';
import { type Prompt, PromptctlError } from '../../../model/index.ts';
import type { ModelInfo, ModelOverrides } from '../../../tokens/models/index.ts';
import { countPrompt, type PromptTokens, readOverrides, worstCase } from '../../../tokens/prompt/index.ts';
import type { Workspace } from '../../../workspace/index.ts';
import type { PromptContext } from '../../rule.ts';
import { knownModels } from '../schema/models.ts';

/** What a request can weigh at most, told by its bytes: no text has more tokens than bytes, and bytes need no token table. */
export interface Ceiling {
  /** Text that every request sends. */
  readonly static: number;
  /** With the bounds of the variables; undefined where one of them has none. */
  readonly worst: number | undefined;
  readonly unbounded: ReadonlySet<string>;
}

/** Tokens that a chat format may add to a message, and the instructions that a maker puts before tools: more than any that is known. */
const A_MESSAGE = 16;
const BEFORE_TOOLS = 500;

const ceilings = new WeakMap<Prompt, Ceiling>();
const counts = new WeakMap<Prompt, PromptTokens>();
const overridesOf = new WeakMap<Workspace, { readonly overrides: ModelOverrides | undefined }>();

export function ceilingOf({ prompt }: PromptContext): Ceiling {
  let ceiling = ceilings.get(prompt);
  if (!ceiling) ceilings.set(prompt, (ceiling = measure(prompt)));
  return ceiling;
}

const bytes = (text: string): number => Buffer.byteLength(text);

function measure(prompt: Prompt): Ceiling {
  const unbounded = new Set<string>();
  let fixed = A_MESSAGE + bytes(prompt.responseFormat?.schema ?? '') + A_MESSAGE;
  let extra = 0;
  for (const tool of prompt.tools)
    fixed += 2 * bytes(`${tool.name}${tool.description ?? ''}${tool.parameters ?? ''}`) + A_MESSAGE;
  if (prompt.tools.length > 0) fixed += BEFORE_TOOLS;
  const lastUser = prompt.messages.findLast((message) => 'role' in message && message.role === 'user');
  const aroundExample = lastUser && 'text' in lastUser ? bytes(lastUser.text) : 0;
  for (const { input, output } of prompt.examples)
    fixed += aroundExample + bytes(JSON.stringify(input)) + bytes(output) + 8 * A_MESSAGE;
  for (const message of prompt.messages) {
    if ('history' in message) {
      if (message.maxTokens === undefined) unbounded.add(message.history);
      extra += message.maxTokens ?? 0;
      continue;
    }
    const worst = worstCase(message.segments, prompt, bytes);
    fixed += bytes(worst.text) + A_MESSAGE;
    extra += worst.extra + (message === lastUser ? prompt.examples.length * worst.media : 0);
    for (const name of worst.unbounded) unbounded.add(name);
  }
  return { static: fixed, worst: unbounded.size > 0 ? undefined : fixed + extra, unbounded };
}

/** The prompt's tokens, counted once for all rules. Reads a token table: ask `ceilingOf` first. */
export function countsOf({ prompt, workspace }: PromptContext): PromptTokens {
  let counted = counts.get(prompt);
  if (!counted) counts.set(prompt, (counted = countPrompt(prompt, { overrides: overridesIn(workspace) })));
  return counted;
}

/** What is wrong with the models file is for the verbs that count and price to say. */
function overridesIn(workspace: Workspace): ModelOverrides | undefined {
  let known = overridesOf.get(workspace);
  if (!known) {
    try {
      known = { overrides: readOverrides(workspace) };
    } catch (cause) {
      if (!(cause instanceof PromptctlError)) throw cause;
      known = { overrides: undefined };
    }
    overridesOf.set(workspace, known);
  }
  return known.overrides;
}

/** What is known of the prompt's own model. */
export function modelOf(context: PromptContext): ModelInfo | undefined {
  const { model } = context.prompt;
  return model === undefined ? undefined : knownModels(context).find(model.trim());
}

/** A number as the messages write it: 12 345. */
export function written(count: number): string {
  return String(Math.round(count)).replaceAll(/\B(?=(?:\d{3})+$)/g, ' ');
}

/** `2 437 tokens`, and how sure that is. */
export function tokensWritten({ tokens, kind, error }: PromptTokens['static']): string {
  const sure =
    kind === 'estimate' && error !== undefined && error >= 0.005 ? `, give or take ${Math.ceil(error * 100)} %` : '';
  return `${kind === 'estimate' ? 'about ' : ''}${written(tokens)} tokens${sure}`;
}

/** US dollars with two digits that say something. */
export function dollars(usd: number): string {
  return `$${usd >= 1 ? usd.toFixed(2) : Number(usd.toPrecision(2))}`;
}
