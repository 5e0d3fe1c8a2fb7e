import fc from 'fast-check';
import { expect, it } from 'vitest';
import { excerpt, wordRuns } from '../../src/diff/index.ts';

it('tells neighbouring words as one change', () => {
  expect(wordRuns('for our team.', 'for the billing team.')).toEqual([
    { kind: 'same', text: 'for ' },
    { kind: 'removed', text: 'our' },
    { kind: 'added', text: 'the billing' },
    { kind: 'same', text: ' team.' },
  ]);
});

it('gives both texts back', () => {
  const words = fc.array(fc.constantFrom('a', 'b', 'c', ' ', '  ', '\n', '.', 'ä')).map((parts) => parts.join(''));
  fc.assert(
    fc.property(words, words, (old, now) => {
      const side = (left: 'removed' | 'added'): string =>
        wordRuns(old, now)
          .filter(({ kind }) => kind !== left)
          .map(({ text }) => text)
          .join('');
      expect(side('added')).toBe(old);
      expect(side('removed')).toBe(now);
    }),
    { seed: 1, numRuns: 500 },
  );
});

it('cuts what is far from a change', () => {
  const long = 'word '.repeat(50);
  const [head, , , tail] = excerpt(wordRuns(`${long}old ${long}`, `${long}new ${long}`));
  expect(head!.text).toMatch(/^\.\.\. (?:word )+$/);
  expect(tail!.text).toMatch(/^(?: word)+ \.\.\.$/);
});

it('gives up on the fewest words where texts have little in common', () => {
  const runs = wordRuns(longText(7919), longText(104_729));
  expect(runs.map(({ kind }) => kind)).toEqual(['removed', 'added']);
});

function longText(step: number): string {
  return Array.from({ length: 20_000 }, (_, at) => `w${(at * step) % 20_011}`).join(' ');
}
