import { isObject, type JsonValue, member } from '../../model/index.ts';
import { type ChangeKind, type Found, inBoth } from '../kind.ts';
import { example } from './example.ts';

export const guardLowered: ChangeKind = {
  kind: 'guard-lowered',
  category: 'CONTRACT',
  level: 'major',
  severity: 'breaking',
  security: true,
  summary: 'a guard of the answer got weaker',
  reason: 'Answers that were stopped before are let through.',
  examples: [
    example('no canary any more', 'security: { canary: true }', 'security: { canary: false }'),
    example('a text is allowed', 'security: { forbidOutput: [secret, token] }', 'security: { forbidOutput: [secret] }'),
    example(
      'a new host',
      'security: { urls: [help.example.com] }',
      'security: { urls: [help.example.com, example.net] }',
    ),
  ],
  detect: inBoth(({ old, new: now }) => {
    const before = JSON.parse(old.json.policies['security'] ?? '{}') as JsonValue;
    const after = JSON.parse(now.json.policies['security'] ?? '{}') as JsonValue;
    const found: Found[] = [];
    if (member(before, 'canary') === true && member(after, 'canary') !== true)
      found.push({ path: '/security/canary', message: 'answers are no longer searched for the canary' });
    const allowed = missingFrom(listOf(after, 'forbidOutput') ?? [], listOf(before, 'forbidOutput') ?? []);
    if (allowed.length > 0)
      found.push({
        path: '/security/forbidOutput',
        message: `answers may hold ${allowed.join(', ')} now`,
        old: allowed,
      });
    const hosts = listOf(before, 'urls');
    const open = listOf(after, 'urls');
    const added = hosts ? missingFrom(hosts, open ?? []) : [];
    if (hosts && (!open || added.length > 0))
      found.push({
        path: '/security/urls',
        message: open ? `answers may link to ${added.join(', ')} now` : 'answers may link to any host now',
        new: added,
      });
    return found;
  }),
};

function listOf(policy: JsonValue, name: string): readonly string[] | undefined {
  const list = isObject(policy) ? member(policy, name) : undefined;
  return Array.isArray(list) ? list.map(String) : undefined;
}

/** Those of `list` that `known` does not have. */
function missingFrom(known: readonly string[], list: readonly string[]): string[] {
  return list.filter((text) => !known.includes(text));
}
