import { findJson } from './find-json.ts';
import type { PromptJson } from './bundle.ts';
import {
  compileSchema,
  isObject,
  type JsonSchema,
  pointerStep,
  type SchemaProblem,
  type Validate,
} from './schema/index.ts';

/** What `parseOutput` needs of a prompt: a `RuntimePrompt` has it. */
export interface OutputContract<T = unknown> {
  readonly json: Pick<PromptJson, 'responseFormat'>;
  /** Never there: it carries the type of the output from the generated declarations. */
  readonly output?: T;
}

const validators = new WeakMap<object, Validate>();

/** Compiled at the first answer, here and not where prompts load: an application without JSON output never carries it. */
function validatorOf({ json }: OutputContract): Validate | undefined {
  const schema = json.responseFormat?.schema;
  if (schema === undefined) return undefined;
  let validate = validators.get(json);
  if (!validate) validators.set(json, (validate = compileSchema(JSON.parse(schema) as JsonSchema)));
  return validate;
}

export interface ParseOutputOptions {
  /** Longest text that is looked at, in UTF-8 bytes; 1 000 000 unless given. */
  readonly maxBytes?: number;
  /** Deepest nesting of lists and objects; 64 unless given. */
  readonly maxDepth?: number;
}

export type ParsedOutput<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly SchemaProblem[] };

/**
 * The JSON value in a model's answer, checked against the prompt's output schema, or what is wrong with it.
 *
 * The answer may be nothing but JSON, or hold it inside a code fence or behind a preamble; then the first complete list or
 * object counts. JSON is never repaired: trailing commas, comments, single quotes and an answer cut short are problems,
 * and so are a key given twice, a key named `__proto__`, a number too large for JavaScript, and too much text or nesting.
 * Never throws.
 *
 * @example
 * const parsed = parseOutput(prompt, answer);
 * if (parsed.ok) route(parsed.value.queue);
 * else messages.push({ role: 'user', content: retryMessage(parsed.problems) });
 */
export function parseOutput<T = unknown>(
  prompt: OutputContract<T> | Validate,
  text: string,
  { maxBytes = 1_000_000, maxDepth = 64 }: ParseOutputOptions = {},
): ParsedOutput<T> {
  const bytes = sizeAgainst(text, maxBytes);
  if (bytes > maxBytes) return refused('size', `at most ${maxBytes} bytes`, `${bytes}`);
  const found = findJson(text);
  if ('missing' in found) return refused('json', found.missing, found.instead);
  if (found.depth > maxDepth) return refused('depth', `at most ${maxDepth} levels of nesting`, `${found.depth}`);
  const unsafe = inspect(found.value, '');
  if (unsafe.problem) return { ok: false, problems: [unsafe.problem] };
  if (unsafe.members < found.members) return refused('duplicate', 'every key of an object once', 'one twice');
  const validate = typeof prompt === 'function' ? prompt : validatorOf(prompt);
  const problems = validate?.(found.value) ?? [];
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: found.value as T };
}

/**
 * The message with which to ask the model once more. What it says of the schema is the author's; the paths, which can hold
 * keys the model made up, stand in a code fence as JSON that can't close it. Nothing else of the answer is repeated.
 */
export function retryMessage(problems: readonly SchemaProblem[]): string {
  const lines = problems
    .slice(0, 20)
    .map(({ path, expected }) => JSON.stringify({ at: path.slice(0, 200), expected }).replaceAll('`', '\\u0060'));
  return [
    'Your last answer could not be used. Each line says where (a JSON pointer into your answer) and what was expected there:',
    ['```json', ...lines, '```'].join('\n'),
    'Answer again with one complete JSON value and nothing else.',
  ].join('\n\n');
}

function problem(path: string, keyword: string, expected: string, received: string): SchemaProblem {
  return { path, keyword, message: `expected ${expected}, got ${received}`, expected, schemaPath: '' };
}

function refused(keyword: string, expected: string, received: string): ParsedOutput<never> {
  return { ok: false, problems: [problem('', keyword, expected, received)] };
}

/** Bytes in UTF-8; for a text of more UTF-16 units than the limit, those, which can't be more. */
function sizeAgainst(text: string, limit: number): number {
  return text.length > limit ? text.length : new TextEncoder().encode(text).length;
}

interface Inspection {
  readonly problem?: SchemaProblem;
  /** How many members the objects in the value have together: fewer than were written where a key was given twice. */
  readonly members: number;
}

/** Looks for what `JSON.parse` lets through. Called for values of bounded depth only. */
function inspect(value: unknown, path: string): Inspection {
  if (value === Infinity || value === -Infinity) {
    return { problem: problem(path, 'number', 'a number that a double can hold', 'a larger one'), members: 0 };
  }
  if (!isObject(value) && !Array.isArray(value)) return { members: 0 };
  if (Object.hasOwn(value, '__proto__')) {
    return { problem: problem(path, '__proto__', 'no key named __proto__', 'one'), members: 0 };
  }
  let members = 0;
  for (const [key, member] of Object.entries(value)) {
    const inner = inspect(member, path + pointerStep(key));
    if (inner.problem) return inner;
    members += inner.members + (Array.isArray(value) ? 0 : 1);
  }
  return { members };
}
