import { isObject, type JsonValue, member, pointerTo } from '../../../model/index.ts';
import { promptRule, type Rule } from '../../rule.ts';
import { actsOnItsOwn, writtenTools } from './tools-written.ts';

/** Formats that leave a text no room. */
const SHORT_FORMATS = new Set(['date', 'time', 'date-time', 'duration', 'uuid', 'ipv4', 'ipv6']);

export const toolUnboundedArgument: Rule = promptRule({
  id: 'security/tool-unbounded-argument',
  severity: 'warning',
  preset: 'recommended',
  owasp: 'LLM06:2025',
  summary: 'A free argument of a tool that writes, sends or runs.',
  why: 'An argument of any length and content is where injected text leaves the model and does harm: a mail with the whole conversation, a query, a command. A bound makes the call as large as its purpose.',
  unless: 'the tool bounds its arguments itself.',
  examples: {
    bad: [
      {
        text: 'promptctl: 1\nmessages:\n  - role: user\n    content: Hello\ntools:\n  - name: open_task\n    effect: write\n    approval: confirm\n    parameters:\n      type: object\n      properties:\n        summary: { type: string }\n        photos: { type: array, items: { type: string, maxLength: 60 } }\n',
        line: 12,
      },
      {
        text: 'promptctl: 1\nmessages:\n  - role: user\n    content: Hello\ntools:\n  - name: open_task\n    effect: write\n    approval: confirm\n    parameters:\n      type: object\n      properties:\n        note: { type: object }\n',
        line: 12,
      },
    ],
    good: [
      {
        text: 'promptctl: 1\nmessages:\n  - role: user\n    content: Hello\ntools:\n  - name: open_task\n    effect: write\n    approval: confirm\n    parameters:\n      type: object\n      properties:\n        summary: { type: string, maxLength: 2000 }\n        channel: { const: desk }\n        due: { type: string, format: date }\n        isbn: { type: string, pattern: "^[0-9]{13}$" }\n        count: { type: integer }\n',
      },
      {
        text: 'promptctl: 1\nmessages:\n  - role: user\n    content: Hello\ntools:\n  - name: search\n    effect: read\n    parameters: { type: object, properties: { words: { type: string } } }\n',
      },
    ],
  },
  check: (context) => {
    for (const tool of writtenTools(context).filter(actsOnItsOwn)) {
      const root = tool.entry['parameters'];
      for (const [pointer, wants] of unbounded(root, `${tool.pointer}/parameters`, root, 0)) {
        context.report({
          message: `The argument \`${pointer.slice(pointer.lastIndexOf('/') + 1)}\` of \`${tool.name}\` has no bound`,
          help: `write ${wants}`,
          at: { pointer, part: 'key' },
        });
      }
    }
  },
});

/** Properties below a schema whose values nothing bounds, with the keyword that would. */
function unbounded(
  schema: JsonValue | undefined,
  pointer: string,
  root: JsonValue | undefined,
  depth: number,
): [pointer: string, wants: string][] {
  const properties = member(schema, 'properties');
  if (!isObject(properties) || depth > 8) return [];
  return Object.entries(properties).flatMap(([name, property]) => {
    const at = pointerTo(`${pointer}/properties`, name);
    const wants = boundWanted(resolved(property, root), root, 0);
    if (wants !== undefined) return [[at, wants] as [string, string]];
    return [
      ...unbounded(property, at, root, depth + 1),
      ...unbounded(member(property, 'items'), `${at}/items`, root, depth + 1),
    ];
  });
}

function resolved(schema: JsonValue | undefined, root: JsonValue | undefined): JsonValue | undefined {
  const reference = member(schema, '$ref');
  if (typeof reference !== 'string' || !reference.startsWith('#/')) return schema;
  let at: JsonValue | undefined = root;
  for (const part of reference.slice(2).split('/')) at = member(at, part);
  return at;
}

function boundWanted(schema: JsonValue | undefined, root: JsonValue | undefined, depth: number): string | undefined {
  if (!isObject(schema)) return schema === false ? undefined : '`type`, and its bounds';
  if (depth > 8 || member(schema, 'enum') !== undefined || member(schema, 'const') !== undefined) return undefined;
  const choices = member(schema, 'anyOf') ?? member(schema, 'oneOf');
  if (Array.isArray(choices))
    return choices
      .map((choice: JsonValue) => boundWanted(resolved(choice, root), root, depth + 1))
      .find((wants) => wants !== undefined);
  const all = member(schema, 'allOf');
  if (
    Array.isArray(all) &&
    all.some((part: JsonValue) => boundWanted(resolved(part, root), root, depth + 1) === undefined)
  )
    return undefined;
  const type = member(schema, 'type');
  const types = Array.isArray(type) ? (type as readonly JsonValue[]) : [type];
  for (const name of types) {
    if (name === 'string' && !isBoundedText(schema)) return '`maxLength`, `enum` or a pattern with an end';
    if (name === 'array') {
      if (typeof member(schema, 'maxItems') !== 'number') return '`maxItems`, and a bound of its items';
      const wants = boundWanted(resolved(member(schema, 'items'), root), root, depth + 1);
      if (wants !== undefined && !isObject(member(member(schema, 'items'), 'properties')))
        return `${wants} for its items`;
    }
    if (
      name === 'object' &&
      !isObject(member(schema, 'properties')) &&
      member(schema, 'additionalProperties') !== false
    )
      return '`properties`, and additionalProperties: false';
    if (name === undefined && all === undefined) return '`type`, and its bounds';
  }
  return undefined;
}

function isBoundedText(schema: JsonValue): boolean {
  if (typeof member(schema, 'maxLength') === 'number') return true;
  const format = member(schema, 'format');
  if (typeof format === 'string' && SHORT_FORMATS.has(format)) return true;
  const pattern = member(schema, 'pattern');
  return typeof pattern === 'string' && /^\^.*\$$/s.test(pattern) && !/(?:^|[^\\])(?:[*+]|\{\d+,\})/.test(pattern);
}
