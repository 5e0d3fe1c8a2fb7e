import type { ChangeExample } from '../kind.ts';

const HEAD = 'promptctl: 1\nversion: 1.2.0\n';
const MODEL = 'model: openai/gpt-4o-mini\n';
const TICKET = 'variables:\n  ticket: { type: string, maxLength: 2000, trust: user }\n';
const MESSAGES =
  'messages:\n  - { role: system, content: Sort the ticket. }\n  - { role: user, content: "{{ticket}}" }\n';

/** Two texts of one prompt of a support desk; what an example does not say of model, variables and messages is filled in. */
export function example(name: string, old: string, now: string, files: ChangeExample['files'] = {}): ChangeExample {
  return { name, old: promptText(old), new: promptText(now), files };
}

export function promptText(body: string): string {
  const has = (key: string): boolean => new RegExp(`^${key}:`, 'm').test(body);
  if (has('github')) return body.replace(/^github:.*\n/, '');
  return [
    has('version') ? HEAD.split('\n', 1)[0]! + '\n' : HEAD,
    has('model') ? '' : MODEL,
    has('variables') ? '' : TICKET,
    has('messages') ? '' : MESSAGES,
    body === '' || body.endsWith('\n') ? body : `${body}\n`,
  ].join('');
}
