import type { ChangeExample } from '../kind.ts';
import { example } from './example.ts';

export const SEARCH =
  '{ name: search, description: Searches the articles., effect: read, parameters: { type: object, additionalProperties: false, required: [query], properties: { query: { type: string, maxLength: 200 } } } }';

/** Two lists of tools of one prompt, as flow YAML. */
export function toolExample(name: string, old: string, now: string): ChangeExample {
  return example(name, `tools: [${old}]`, `tools: [${now}]`);
}
