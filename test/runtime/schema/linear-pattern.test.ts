import { array, boolean, check, constantFrom, letrec, oneof, property, string, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLinearPattern } from '../../../src/runtime/schema/index.ts';
import { countSteps, type Run, sourceOf, type Tree } from './backtracking.ts';

const LINEAR = [
  '',
  '^$',
  'billing',
  '\\bbilling\\b',
  '(^|\\s)billing',
  '\\d+',
  '\\S',
  '^[a-z0-9_-]+$',
  '^\\d{4}-\\d{2}-\\d{2}$',
  '^[A-Z]{2}[A-Z0-9]{3,}$',
  '^#[0-9a-f]{6}$',
  '^sha256:[0-9a-f]{64}$',
  '^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$',
  '^\\d{1,3}(\\.\\d{1,3}){3}$',
  '^v?\\d+\\.\\d+\\.\\d+(-[0-9A-Za-z.-]+)?$',
  '^[a-z]+(-[a-z]+)*$',
  '^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)$',
  '^(GET|POST|PUT) /\\S*$',
  '^(ab|ac)*$',
  '^https?://',
  '^.*\\.csv$',
  '^.{1,500}$',
  '^[^\\s@]+@[^\\s@.]+\\.[^\\s@.]+$',
  '^\\p{Lu}\\P{Lu}$',
  '^(?<year>\\d{4})$',
  '^[\\]a-]+\\/$',
  '^\\u{1F600}+\\x20$',
];

const NOT_LINEAR = [
  '(a+)+',
  '^(a+)+$',
  '^(a*)*$',
  '^(a|a)*$',
  '^(a|aa)+$',
  '^(a?b?)*$',
  '^(\\w+\\s?)*$',
  '^(.|x)*$',
  '^(\\p{L}|a)+$',
  '^\\d*\\d*$',
  '^.*,.*$',
  '^.+@.+\\..+$',
  '\\d+%',
  '\\s+$',
  '^a|b+c',
  '^(a?){8}a{8}$',
  '(|a|)',
];

const NOT_REGULAR = ['(?=a)', '(?!a)b', '(?<=a)b', '(?<!a)b', '(a)\\1', '(?<q>a)\\k<q>', '(', '[', '\\', 'a{2,1}'];

/** Steps after which the counting matcher gives up. */
const LIMIT = 20_000;

describe('isLinearPattern', () => {
  it.each(LINEAR)('takes %s', (source) => {
    expect(isLinearPattern(source)).toBe(true);
  });

  it.each([...NOT_LINEAR, ...NOT_REGULAR])('refuses %s', (source) => {
    expect(isLinearPattern(source)).toBe(false);
  });

  it.each([
    ['long', 'x'.repeat(1001)],
    ['wide', '[a-z]-'.repeat(101)],
    ['deep', `${'('.repeat(20_000)}${')'.repeat(20_000)}`],
    ['multiplied', `^${'(?:'.repeat(8)}a${'){8}'.repeat(8)}$`],
  ])('refuses what is too %s to prove', (_, source) => {
    expect(isLinearPattern(source)).toBe(false);
  });

  it('takes only patterns whose steps grow as the text does', () => {
    const sets: Tree[] = ['a', 'b', '[ab]', '[^a]', '.', 'c'].map((source) => {
      const pattern = new RegExp(source, 'u');
      return {
        kind: 'set',
        source,
        set: Array.from('abc')
          .filter((letter) => pattern.test(letter))
          .join(''),
      };
    });
    const signs: [sign: string, min: number, max: number][] = [
      ['*', 0, Infinity],
      ['+', 1, Infinity],
      ['?', 0, 1],
      ['{2}', 2, 2],
      ['{1,3}', 1, 3],
      ['*?', 0, Infinity],
    ];
    const { tree } = letrec<{ tree: Tree }>((tie) => {
      const parts = array(tie('tree'), { minLength: 1, maxLength: 3 });
      return {
        tree: oneof(
          { depthSize: 'small', maxDepth: 4 },
          constantFrom(...sets),
          parts.map((members): Tree => ({ kind: 'sequence', parts: members })),
          parts.map((members): Tree => ({ kind: 'alternatives', parts: members })),
          tuple(tie('tree'), constantFrom(...signs)).map(([part, [sign, min, max]]): Tree => ({
            kind: 'repeat',
            part,
            sign,
            min,
            max,
          })),
        ),
      };
    });
    const letters = string({ unit: constantFrom('a', 'b', 'c'), maxLength: 3 });
    const seen = { linear: 0, other: 0 };
    const law = property(
      tree,
      boolean(),
      boolean(),
      letters,
      letters,
      letters,
      (tree, isAnchored, isClosed, head, pump, tail) => {
        const source = `${isAnchored ? '^' : ''}${sourceOf(tree)}${isClosed ? '$' : ''}`;
        const run = (times: number): Run =>
          countSteps(tree, isAnchored, isClosed, head + pump.repeat(times) + tail, LIMIT);
        const { matched, steps } = run(3);
        // The counting matcher must itself be right, where it didn't give up.
        if (steps <= LIMIT) expect(matched).toBe(new RegExp(source, 'u').test(head + pump.repeat(3) + tail));
        if (!isLinearPattern(source)) {
          seen.other++;
          return;
        }
        seen.linear++;
        const [once, twice, fourfold] = [run(16).steps, run(32).steps, run(64).steps] as const;
        expect(fourfold, source).toBeLessThan(LIMIT);
        // Twice the text takes about twice the steps; a quadratic one would take four times as many.
        expect(fourfold - twice, source).toBeLessThanOrEqual(2.5 * Math.max(twice - once, 40));
      },
    );
    const result = check(law, { seed: 11, numRuns: 3000 });
    expect(result.failed, JSON.stringify(result.counterexample)).toBe(false);
    expect(Math.min(seen.linear, seen.other)).toBeGreaterThan(300);
  });
});
