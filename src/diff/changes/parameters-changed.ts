import { canonicalJson } from '../../model/index.ts';
import type { ParametersJson } from '../../runtime/index.ts';
import { type ChangeKind, type Found, inBoth } from '../kind.ts';
import { example } from './example.ts';

export const parametersChanged: ChangeKind = {
  kind: 'parameters-changed',
  category: 'BEHAVIOR',
  level: 'patch',
  severity: 'safe',
  summary: 'sampling parameters changed',
  reason: 'Answers come out differently, in the same shape. `stop` cuts them elsewhere, so it is minor.',
  examples: [
    example('another temperature', 'modelParameters: { temperature: 0 }', 'modelParameters: { temperature: 0.7 }'),
    example('a longer answer', 'modelParameters: { maxTokens: 100 }', 'modelParameters: { maxTokens: 200 }'),
  ],
  detect: inBoth(({ old, new: now }) => {
    const before = old.json.parameters;
    const after = now.json.parameters;
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])] as (keyof ParametersJson)[];
    return names
      .filter((name) => canonicalJson(before[name] ?? null) !== canonicalJson(after[name] ?? null))
      .filter((name) => name !== 'maxTokens' || !isReduced(before.maxTokens, after.maxTokens))
      .map((name): Found => ({
        path: `/modelParameters/${name}`,
        message: `${name} is ${text(after[name])}, not ${text(before[name])}`,
        old: before[name] ?? null,
        new: after[name] ?? null,
        ...(name === 'stop' && !isSameStop(before.stop, after.stop) ? { level: 'minor' } : {}),
      }));
  }),
};

/** A lower limit, or one where there was none. */
export function isReduced(old: number | undefined, now: number | undefined): boolean {
  return now !== undefined && (old === undefined || now < old);
}

/** One text, and a list of it, stop at the same place. */
function isSameStop(old: ParametersJson['stop'], now: ParametersJson['stop']): boolean {
  return JSON.stringify([old ?? []].flat()) === JSON.stringify([now ?? []].flat());
}

function text(value: unknown): string {
  return value === undefined ? 'left to the provider' : JSON.stringify(value);
}
