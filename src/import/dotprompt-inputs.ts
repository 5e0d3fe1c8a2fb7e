import { isObject, type JsonObject, type JsonValue, member } from '../model/index.ts';
import type { Expr, Segment } from '../runtime/index.ts';
import type { DraftMessage, DraftVariable, Note } from './draft.ts';
import { Refusal } from './refusal.ts';
import { visit } from './segments.ts';
import type { FrontMatter } from './source-text.ts';

export interface DotpromptInputs {
  readonly schema: JsonObject | undefined;
  readonly defaults: JsonObject;
  readonly messages: readonly DraftMessage[];
  readonly front: FrontMatter;
}

/** The variables of a prompt: its inputs, what a default alone declares, what comes as context, and the history. */
export function dotpromptVariables({ schema, defaults, messages, front }: DotpromptInputs): {
  readonly variables: ReadonlyMap<string, DraftVariable>;
  readonly notes: readonly Note[];
} {
  const variables = new Map(declared(schema, defaults, front.offsetOf));
  const notes = [...undeclared(defaults, variables, messages, front.offsetOf)];
  addContext(messages, variables, front, notes);
  for (const message of messages)
    if ('history' in message) variables.set(message.history, { schema: { type: 'array' }, optional: true });
  return { variables, notes };
}

function* declared(
  schema: JsonObject | undefined,
  defaults: JsonObject,
  offsetOf: FrontMatter['offsetOf'],
): Iterable<[string, DraftVariable]> {
  if (!schema) return;
  const properties = member(schema, 'properties');
  if (!isObject(properties))
    throw new Refusal('An input that is no mapping of names has no counterpart', offsetOf('/input/schema'));
  const required = member(schema, 'required');
  for (const [name, property] of Object.entries(properties)) {
    const isRequired = Array.isArray(required) && required.includes(name);
    const fallback = member(defaults, name);
    yield [
      name,
      {
        schema: isObject(property) ? withoutNull(property) : {},
        ...(fallback === undefined ? {} : { default: fallback }),
        ...(isRequired || fallback !== undefined ? {} : { optional: true }),
      },
    ];
  }
}

/** An optional input may be null in Picoschema; in promptctl it is left out. */
function withoutNull(schema: JsonObject): JsonObject {
  const { type, enum: choices } = schema;
  const types = Array.isArray(type) ? (type as readonly JsonValue[]).filter((one) => one !== 'null') : undefined;
  return {
    ...schema,
    ...(types ? { type: types.length === 1 ? types[0]! : types } : {}),
    ...(Array.isArray(choices) ? { enum: (choices as readonly JsonValue[]).filter((one) => one !== null) } : {}),
  };
}

/** Defaults of names that no schema has. */
function* undeclared(
  defaults: JsonObject,
  variables: Map<string, DraftVariable>,
  messages: readonly DraftMessage[],
  offsetOf: FrontMatter['offsetOf'],
): Iterable<Note> {
  const read = new Set(messages.flatMap((message) => ('segments' in message ? rootNames(message.segments) : [])));
  for (const [name, value] of Object.entries(defaults)) {
    if (variables.has(name)) continue;
    const offset = offsetOf(`/input/default/${name}`);
    if (read.has(name)) variables.set(name, { schema: typeOf(value), default: value });
    else
      yield {
        kind: 'lost',
        message: `The default of \`${name}\` is left out: no schema declares it and no text reads it`,
        offset,
      };
  }
}

function typeOf(value: JsonValue): JsonObject {
  if (Array.isArray(value)) return { type: 'array' };
  return value === null ? {} : { type: typeof value };
}

function rootNames(segments: readonly Segment[]): string[] {
  const names: string[] = [];
  const read = (expr: Expr): void => {
    if ('ref' in expr && expr.scope === 0) names.push(expr.ref[0]!);
    else if ('op' in expr) expr.args.forEach(read);
  };
  visit(segments, { value: ({ expr }) => read(expr), test: read, each: read });
  return names;
}

/** What the application hands over as context, `@state.name`, is a variable like others here. */
function addContext(
  messages: readonly DraftMessage[],
  variables: Map<string, DraftVariable>,
  front: FrontMatter,
  notes: Note[],
): void {
  for (const found of front.body.matchAll(/@(?!root\b|index\b|first\b|last\b|key\b)([A-Za-z_][\w-]*)/g)) {
    const name = found[1]!;
    const isRead = messages.some((message) => 'segments' in message && rootNames(message.segments).includes(name));
    if (!isRead) continue;
    const offset = front.bodyOffset + found.index;
    if (variables.has(name) && !isContext(variables.get(name)!))
      throw new Refusal(`\`@${name}\` of the context and the input \`${name}\` would be one variable`, offset);
    if (variables.has(name)) continue;
    variables.set(name, { schema: { type: 'object' } });
    notes.push({
      kind: 'changed',
      message: `\`@${name}\` came with the application's context; here it is the variable \`${name}\``,
      offset,
    });
  }
}

function isContext({ schema }: DraftVariable): boolean {
  return schema['type'] === 'object' && Object.keys(schema).length === 1;
}
