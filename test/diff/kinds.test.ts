import { describe, expect, it } from 'vitest';
import { type ChangeExample, changeKinds, type DiffReport } from '../../src/diff/index.ts';
import { diffFiles, FILE } from './sides.ts';

function run(example: ChangeExample): DiffReport {
  const { old, new: now, files } = example;
  return diffFiles(
    { ...(old === undefined ? {} : { [FILE]: old }), ...files?.old },
    { ...(now === undefined ? {} : { [FILE]: now }), ...files?.new },
  );
}

describe.each(changeKinds.map((kind) => [kind.kind, kind] as const))('%s', (name, kind) => {
  it.each(kind.examples.map((example) => [example.name, example] as const))('%s', (_, example) => {
    const { changes } = run(example);
    const found = changes.find((change) => change.kind === name);
    expect(found, changes.map((change) => change.kind).join(', ')).toBeDefined();
    expect(found).toMatchObject({
      category: kind.category,
      level: kind.level,
      severity: kind.severity,
      security: kind.security === true,
    });
    const others = changes.filter((change) => change.kind === 'settings-changed' && name !== 'settings-changed');
    expect(others, 'the catch-all sees what has a kind of its own').toEqual([]);
  });
});

it('names every kind once', () => {
  const names = changeKinds.map(({ kind }) => kind);
  expect(new Set(names).size).toBe(names.length);
  expect(changeKinds.filter(({ examples }) => examples.length === 0)).toEqual([]);
});
