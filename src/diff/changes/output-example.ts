import type { ChangeExample } from '../kind.ts';
import { example } from './example.ts';

/** Two output schemas of one prompt, as flow YAML. */
export function outputExample(name: string, old: string, now: string): ChangeExample {
  return example(name, body(old), body(now));
}

function body(schema: string): string {
  return `responseFormat: json_schema\njsonSchema: { name: triage, strict: true, schema: ${schema} }`;
}

export const TRIAGE =
  '{ type: object, additionalProperties: false, required: [queue], properties: { queue: { type: string, enum: [bugs, invoices] } } }';
