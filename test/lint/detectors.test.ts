import { describe, expect, it } from 'vitest';
import { SECRETS } from '../../src/lint/detectors/secrets.ts';
import { isLinearPattern } from '../../src/runtime/index.ts';

describe('the secret detectors', () => {
  it.each(SECRETS.map(({ name, pattern }) => [name, pattern] as const))(
    '%s matches in linear time',
    (_name, pattern) => {
      expect({ pattern: pattern.source, isLinear: isLinearPattern(pattern.source) }).toEqual({
        pattern: pattern.source,
        isLinear: true,
      });
    },
  );

  it('every one has a keyword that its own pattern can hold', () => {
    expect(SECRETS.filter(({ keywords }) => keywords.length === 0)).toEqual([]);
  });
});
