import type { BundleJson, PromptJson } from '../runtime/index.ts';
import type { JsonValue } from '../model/index.ts';
import { key, pascal, TypeWriter } from './schema-type.ts';

/** TypeScript declarations for `loadBundle<Prompts>()`: the variables and the output of each prompt, by id. */
export function typesText(bundle: BundleJson): string {
  const declarations: string[] = [];
  const taken = new Set(['Prompts']);
  const members = Object.values(bundle.prompts).map((prompt) => {
    const name = pascal(prompt.id);
    const variables = variablesType(prompt, name, declarations, taken);
    return `  ${JSON.stringify(prompt.id)}: { variables: ${variables}; output: ${outputType(prompt, name, declarations, taken)} };`;
  });
  return [
    '// Written by `promptctl compile --types ts`. Do not edit.',
    '',
    ...declarations.flatMap((declaration) => [declaration, '']),
    '/** What each prompt takes and gives: `loadBundle<Prompts>(json)`. */',
    'export type Prompts = {',
    ...members,
    '};',
    '',
  ].join('\n');
}

function variablesType(prompt: PromptJson, name: string, declarations: string[], taken: Set<string>): string {
  const members = Object.entries(prompt.variables).map(([variable, { required, schema }]) => {
    const parsed = JSON.parse(schema) as JsonValue;
    const writer = new TypeWriter(name + pascal(variable), parsed, taken);
    const type = prompt.mode === 'github' ? 'string | number | boolean' : writer.type(parsed);
    declarations.push(...writer.declarations);
    return `${key(variable)}${required ? '' : '?'}: ${type}`;
  });
  return members.length > 0 ? `{ ${members.join('; ')} }` : '{ [name: string]: never }';
}

function outputType(prompt: PromptJson, name: string, declarations: string[], taken: Set<string>): string {
  const format = prompt.responseFormat;
  if (format?.schema === undefined) return format?.type === 'json_object' ? '{ [name: string]: unknown }' : 'string';
  const schema = JSON.parse(format.schema) as JsonValue;
  const writer = new TypeWriter(`${name}Output`, schema, taken);
  const type = writer.type(schema);
  declarations.push(...writer.declarations);
  return type;
}
