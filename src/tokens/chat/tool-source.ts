import { isObject } from '../../model/index.ts';
import type { JsonObject } from '../../model/index.ts';

export interface ToolDefinition {
  readonly name: string;
  readonly description?: string;
  /** JSON Schema of the arguments. */
  readonly parameters?: unknown;
}

/**
 * Tools as OpenAI's chat models read them: TypeScript declarations in a namespace. The layout is not documented by OpenAI; it was
 * worked out by H. Marr in 2023 and agrees with the developer message that the Harmony format documents for gpt-oss.
 */
export function toolSource(tools: readonly ToolDefinition[]): string {
  const lines = ['namespace functions {', ''];
  for (const { name, description, parameters } of tools) {
    if (description) lines.push(`// ${description}`);
    const fields = fieldsOf(schemaOf(parameters), '');
    if (fields.length === 0) lines.push(`type ${name} = () => any;`);
    else lines.push(`type ${name} = (_: {`, ...fields, '}) => any;');
    lines.push('');
  }
  lines.push('} // namespace functions');
  return lines.join('\n');
}

function fieldsOf(schema: JsonObject, indent: string): string[] {
  const required = new Set(Array.isArray(schema['required']) ? schema['required'] : []);
  const lines: string[] = [];
  for (const [name, value] of Object.entries(schemaOf(schema['properties']))) {
    const property = schemaOf(value);
    if (typeof property['description'] === 'string') lines.push(`${indent}// ${property['description']}`);
    lines.push(`${indent}${name}${required.has(name) ? '' : '?'}: ${typeOf(property, indent)},`);
  }
  return lines;
}

function typeOf(schema: JsonObject, indent: string): string {
  if (Array.isArray(schema['enum'])) return schema['enum'].map((value) => JSON.stringify(value)).join(' | ');
  if (Array.isArray(schema['anyOf'])) return schema['anyOf'].map((one) => typeOf(schemaOf(one), indent)).join(' | ');
  const type = schema['type'];
  if (Array.isArray(type)) return type.map((one) => typeOf({ ...schema, type: one }, indent)).join(' | ');
  switch (type) {
    case 'integer':
      return 'number';
    case 'array':
      return schema['items'] === undefined ? 'any[]' : `${typeOf(schemaOf(schema['items']), indent)}[]`;
    case 'object':
      return ['{', ...fieldsOf(schema, `${indent}  `), `${indent}}`].join('\n');
    default:
      return typeof type === 'string' ? type : 'any';
  }
}

/** A schema that is `true`, or broken, says nothing. */
function schemaOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}
