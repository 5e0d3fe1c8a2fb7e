import type { Prompt } from '../../src/model/index.ts';
import { isObject, type JsonValue, member } from '../../src/model/index.ts';
import type { Expr, Segment } from '../../src/runtime/index.ts';

type Tree = { [key: string]: unknown };

/** Values for every variable of a prompt: by its schema where that says enough, else by what the templates read. */
export function sampleValues(prompt: Prompt, messages: Prompt['messages'] = prompt.messages): Record<string, unknown> {
  const read: Tree = {};
  for (const message of messages) if ('segments' in message) grow(message.segments, [read]);
  const histories = new Set(messages.flatMap((message) => ('history' in message ? [message.history] : [])));
  return Object.fromEntries(
    [...prompt.variables].map(([name, { schema }]) => {
      if (histories.has(name)) return [name, []];
      const { $address, $type } = (read[name] ?? {}) as Tree;
      if ($address) return [name, `https://example.com/${name}.png?size=2&x={{y}}`];
      if ($type) return [name, 'video/mp4'];
      return [name, isOpen(schema) && read[name] !== undefined ? leaf(read[name], name) : bySchema(schema, name)];
    }),
  );
}

/** The required ones alone. */
export function requiredValues(prompt: Prompt, values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => prompt.variables.get(name)?.required));
}

function isOpen(schema: JsonValue): boolean {
  const type = member(schema, 'type');
  if (type === 'object') return !isObject(member(schema, 'properties'));
  return type === 'array' ? !isObject(member(schema, 'items')) : type === undefined;
}

function grow(segments: readonly Segment[], frames: readonly Tree[]): void {
  for (const segment of segments) {
    switch (segment.kind) {
      case 'text':
        break;
      case 'value':
        touch(segment.value, frames);
        break;
      case 'media':
        (touch(segment.url, frames) ?? {})['$address'] = true;
        if (segment.contentType) (touch(segment.contentType, frames) ?? {})['$type'] = true;
        break;
      case 'if':
        touch(segment.test, frames);
        grow(segment.then, frames);
        grow(segment.else, frames);
        break;
      default: {
        const over = segment.kind === 'each' ? segment.over : segment.value;
        const node = touch(over, frames) ?? {};
        if (segment.kind === 'each') node['$list'] = true;
        grow(segment.body, [...frames, node]);
        grow(segment.else, frames);
      }
    }
  }
}

function touch(expr: Expr, frames: readonly Tree[]): Tree | undefined {
  if ('op' in expr) expr.args.forEach((arg) => touch(arg, frames));
  if (!('ref' in expr)) return undefined;
  let node = frames[expr.scope]!;
  for (const part of expr.ref) node = (node[part] ??= {}) as Tree;
  return node;
}

function leaf(node: unknown, path: string): unknown {
  const { $list, ...members } = node as Tree;
  const names = Object.keys(members);
  const one = (at: string): unknown =>
    names.length === 0
      ? `${path}${at} <b>"it's" & {{more}}</b>`
      : Object.fromEntries(names.map((name) => [name, leaf(members[name], `${path}${at}.${name}`)]));
  return $list ? [one('[0]'), one('[1]')] : one('');
}

function bySchema(schema: JsonValue, name: string): unknown {
  const choices = member(schema, 'enum');
  if (Array.isArray(choices)) return choices[0];
  const type = member(schema, 'type');
  switch (Array.isArray(type) ? type[0] : type) {
    case 'integer':
      return 7;
    case 'number':
      return 2.5;
    case 'boolean':
      return true;
    case 'array':
      return [
        bySchema(member(schema, 'items') ?? {}, `${name}[0]`),
        bySchema(member(schema, 'items') ?? {}, `${name}[1]`),
      ];
    case 'object': {
      const properties = member(schema, 'properties');
      return isObject(properties)
        ? Object.fromEntries(Object.entries(properties).map(([key, inner]) => [key, bySchema(inner, `${name}.${key}`)]))
        : {};
    }
    default:
      return `${name} <b>"it's" & {{more}}</b>\nsecond line`;
  }
}
