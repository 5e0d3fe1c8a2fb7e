import { canonicalJson } from '../../model/index.ts';
import { type ChangeKind, inBoth } from '../kind.ts';
import { example } from './example.ts';

export const budgetChanged: ChangeKind = {
  kind: 'budget-changed',
  category: 'BEHAVIOR',
  level: 'patch',
  severity: 'safe',
  summary: 'what a call may use changed',
  reason: 'The request is the same; what is watched over it is not.',
  examples: [example('fewer tokens', 'budget: { inputTokens: 2000 }', 'budget: { inputTokens: 1500 }')],
  detect: inBoth(({ old, new: now }) => {
    const before = old.json.budget ?? {};
    const after = now.json.budget ?? {};
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])] as (keyof typeof before)[];
    const changed = names.filter((name) => before[name] !== after[name]);
    if (changed.length === 0) {
      const isWritten = canonicalJson(old.json.budget ?? null) !== canonicalJson(now.json.budget ?? null);
      return isWritten ? [{ path: '/budget', message: 'an empty budget came or went' }] : [];
    }
    return changed.map((name) => ({
      path: `/budget/${name}`,
      message: `the budget of ${name} is ${after[name] ?? 'open'}, not ${before[name] ?? 'open'}`,
      old: before[name] ?? null,
      new: after[name] ?? null,
    }));
  }),
};
