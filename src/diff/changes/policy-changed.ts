import { canonicalJson, type JsonValue } from '../../model/index.ts';
import { type ChangeKind, inBoth } from '../kind.ts';
import { example } from './example.ts';
import { guardLowered } from './guard-lowered.ts';

export const policyChanged: ChangeKind = {
  kind: 'policy-changed',
  category: 'BEHAVIOR',
  level: 'patch',
  severity: 'safe',
  summary: 'how context, conversations, a cascade or guards are handled changed',
  reason:
    'Applications call it the same way; the runtime packs, shortens, routes or checks differently. A weaker guard is guard-lowered.',
  examples: [
    example('shorter conversations', 'conversation: { maxTurns: 20 }', 'conversation: { maxTurns: 10 }'),
    example('a new guard', '', 'security: { canary: true }'),
  ],
  detect: inBoth((pair) => {
    const before = pair.old.json.policies;
    const after = pair.new.json.policies;
    const isLowered = guardLowered.detect(pair).length > 0;
    return [...new Set([...Object.keys(before), ...Object.keys(after)])]
      .filter((name) => name !== 'security' || !isLowered)
      .filter((name) => meaning(before[name]) !== meaning(after[name]))
      .map((name) => ({
        path: `/${name}`,
        message: `\`${name}\` changed`,
        old: before[name] ?? null,
        new: after[name] ?? null,
      }));
  }),
};

function meaning(policy: string | undefined): string {
  return policy === undefined ? '' : canonicalJson(JSON.parse(policy) as JsonValue);
}
