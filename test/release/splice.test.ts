import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spliceVersion } from '../../src/release/index.ts';

describe('the splice of a version', () => {
  const before = fc.constantFrom(
    '',
    '# top\n',
    'name: a # version: 9.9.9\n',
    'description: >\n  version: 8.8.8\n',
    'é: 🙂\n',
    '\uFEFF',
  );
  const after = fc.constantFrom(
    '',
    '\n',
    ' # 1.2.3\n',
    '\nmetadata: { version: 1.2.3 }\n',
    '\nlast: "1.2.3"\n...\n',
    '   \n\n',
  );
  const quote = fc.constantFrom('', "'", '"');
  const key = fc.constantFrom('version', '"version"', "'version'", 'version ');
  const gap = fc.constantFrom(' ', '    ', '\t');

  it('changes those characters and no other', () => {
    fc.assert(
      fc.property(before, key, gap, quote, after, fc.boolean(), (start, name, blank, mark, end, isCrlf) => {
        const write = (version: string): string => {
          const text = `${start}${name}:${blank}${mark}${version}${mark}${end}`;
          return isCrlf ? text.replaceAll('\n', '\r\n') : text;
        };
        expect(spliceVersion('a.yml', write('1.2.3'), '2.0.0-rc.0').text).toBe(write('2.0.0-rc.0'));
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it.each([
    ['a block', 'version: |\n  1.2.3\n'],
    ['an alias', 'a: &v 1.2.3\nversion: *v\n'],
    ['an anchor that others use', 'version: &v 1.2.3\na: *v\n'],
    ['a list', 'version: [1.2.3]\n'],
    ['nothing', 'version:\nname: a\n'],
    ['no mapping', '- version\n'],
  ])('refuses %s', (_, text) => {
    expect(() => spliceVersion('a.yml', text, '2.0.0')).toThrow(/the version can't be replaced/);
  });
});
