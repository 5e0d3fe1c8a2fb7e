import fc from 'fast-check';
import picomatch from 'picomatch';
import { expect, it } from 'vitest';
import { globBase, globMatcher } from '../../src/workspace/glob.ts';

const GLOBS = [
  'prompts/**/*.prompt.{yml,yaml}',
  '**/*.prompt.yml',
  '*.prompt.yml',
  'prompts/*.yml',
  'prompts/**',
  './prompts/a?.yml',
  'prompts/[a-c]*/x.yml',
  'labs/{one,two}/**/*.yml',
  'a+b(c)/$d.yml',
];

const part = fc.constantFrom(
  'prompts',
  'labs',
  'one',
  'two',
  'three',
  'a',
  'ab',
  'abc',
  'x.yml',
  'ab.yml',
  'x.prompt.yml',
  'x.prompt.yaml',
  'a+b(c)',
  '$d.yml',
  'é.prompt.yml',
  '.hidden.prompt.yml',
);

it('matches the paths that picomatch matches', () => {
  const path = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('/'));
  fc.assert(
    fc.property(fc.constantFrom(...GLOBS), path, (glob, candidate) => {
      expect({ glob, candidate, matches: globMatcher([glob])(candidate) }).toEqual({
        glob,
        candidate,
        matches: picomatch(glob.replace(/^\.\//, ''), { dot: true })(candidate),
      });
    }),
    { numRuns: 5000 },
  );
});

it('takes [!a] as everything but a, as shells do', () => {
  expect(['prompts/ab/x.yml', 'prompts/b/x.yml'].filter(globMatcher(['prompts/[!a]*/x.yml']))).toEqual([
    'prompts/b/x.yml',
  ]);
});

it('takes out what a leading ! names', () => {
  const matches = globMatcher(['prompts/**/*.yml', '!prompts/labs/**']);
  expect(['prompts/a.yml', 'prompts/labs/a.yml'].filter(matches)).toEqual(['prompts/a.yml']);
});

it('never throws and never hangs, whatever the glob', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('*', '?', '[', ']', '{', '}', ',', '!', '/', '\\', 'a', '^', '-', '(', '+') }),
      fc.string(),
      (glob, path) => typeof globMatcher([glob])(path) === 'boolean',
    ),
  );
});

it.each([
  ['prompts/**/*.prompt.yml', 'prompts'],
  ['**/*.yml', ''],
  ['./a/b/{c,d}/*.yml', 'a/b'],
  ['a/b/c.prompt.yml', 'a/b'],
  ['c.prompt.yml', ''],
])('the base of %s is %j', (glob, base) => {
  expect(globBase(glob)).toBe(base);
});
