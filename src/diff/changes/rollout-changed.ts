import { canonicalJson, type JsonObject, type JsonValue, member } from '../../model/index.ts';
import type { ChangeExample, ChangeKind, Found } from '../kind.ts';
import { promptText } from './example.ts';

const HALVES = 'variants:\n  - { prompt: support/triage, weight: 5000 }\n  - { prompt: support/triage, variant: terse, weight: 5000 }\n'; // prettier-ignore

function rollout(name: string, old: string | undefined, now: string | undefined): ChangeExample {
  const prompt = promptText('variants: { terse: { modelParameters: { temperature: 0 } } }');
  return { name, old: prompt, new: prompt, files: { old: filesOf(old), new: filesOf(now) } };
}

function filesOf(text: string | undefined): Record<string, string> {
  return text === undefined
    ? {}
    : { 'experiments/tone.yaml': `key: tone\nalgorithm: pc1\nsalt: tone-1\nunit: user\n${text}` };
}

export const rolloutChanged: ChangeKind = {
  kind: 'rollout-changed',
  category: 'BEHAVIOR',
  level: 'patch',
  severity: 'safe',
  summary: 'an experiment came, went, or deals its units otherwise',
  reason:
    'Which prompt, or which variant of one, a user gets is decided by the bundle, so the bundle is another. Every variant keeps the contract of its prompt, so nobody breaks.',
  examples: [
    rollout('a new experiment', undefined, HALVES),
    rollout('other weights', HALVES, HALVES.replace('weight: 5000', 'weight: 9000').replace(/5000 }\n$/, '1000 }\n')),
    rollout('switched off', HALVES, `${HALVES}off: true\n`),
  ],
  detect: () => [],
  detectInBundle: (old, now) => {
    const unread = new Set(now.unread.map(({ file }) => file));
    return [...new Set([...old.experiments.keys(), ...now.experiments.keys()])].sort().flatMap((key): Found[] => {
      const [was, is] = [old.experiments.get(key), now.experiments.get(key)];
      // A file that can't be read now is a problem of its own; its experiment is not gone.
      if (!is && was?.file !== undefined && unread.has(was.file)) return [];
      const [before, after] = [was?.meaning, is?.meaning];
      if (canonicalJson(before ?? null) === canonicalJson(after ?? null)) return [];
      const name = `the experiment \`${key}\``;
      const message = !before
        ? `${name} is new: ${shares(after!)}`
        : after
          ? `${name} changed: ${differences(before, after)}`
          : `${name} is gone`;
      return [{ path: `/experiments/${key}`, message, old: before ?? null, new: after ?? null }];
    });
  },
};

function differences(before: JsonObject, after: JsonObject): string {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => canonicalJson(member(before, name) ?? null) !== canonicalJson(member(after, name) ?? null),
  );
  const isDealtAnew = names.some((name) => ['algorithm', 'salt', 'unit'].includes(name));
  return [
    ...(names.includes('variants') ? [`${shares(after)}, before ${shares(before)}`] : []),
    ...names
      .filter((name) => name !== 'variants')
      .map((name) => `${name} is ${said(after, name)}, not ${said(before, name)}`),
    ...(isDealtAnew ? ['every unit may get another variant'] : []),
  ].join('; ');
}

function said(experiment: JsonObject, name: string): string {
  const value = member(experiment, name);
  return value === undefined ? 'unset' : JSON.stringify(value);
}

function shares(experiment: JsonObject): string {
  const variants = (member(experiment, 'variants') ?? []) as readonly JsonValue[];
  return variants
    .map((variant) => {
      const name = member(variant, 'variant');
      const arm = `${String(member(variant, 'prompt'))}${typeof name === 'string' ? ` (${name})` : ''}`;
      return `${Number(member(variant, 'weight')) / 100} % ${arm}`;
    })
    .join(', ');
}
