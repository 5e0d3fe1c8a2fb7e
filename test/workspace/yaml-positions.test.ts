import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { YamlFile } from '../../src/workspace/index.ts';

/** The source text at the place that `rangeInScalar` gives for a stretch of a scalar's text. */
function sourceOf(yaml: string, pointer: string, part: string): string {
  const file = new YamlFile('a.prompt.yml', yaml);
  expect(file.problems).toEqual([]);
  const value = pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], file.value) as string;
  const start = value.indexOf(part);
  expect({ value, start }).not.toMatchObject({ start: -1 });
  const range = file.rangeInScalar(pointer, start, start + part.length);
  return yaml.slice(range.start.offset, range.end.offset);
}

describe('rangeInScalar', () => {
  it.each([
    ['plain', 'a: see {{x}} now\n'],
    ['plain over lines', 'a: see\n  here {{x}}\n\n  now\n'],
    ['single quotes', "a: 'it''s {{x}} ''now'''\n"],
    ['single quotes over lines', "a: 'it''s\n\n  then {{x}}\n  now'\n"],
    ['double quotes', 'a: "t\\"a\\\\b {{x}}"\n'],
    ['double quotes with \\n, \\t, \\x, \\u, \\U', 'a: "\\n\\t\\x41\\u00e9\\U0001F600 {{x}}"\n'],
    ['double quotes over lines', 'a: "one\n  two\n\n  three {{x}}"\n'],
    ['double quotes with an escaped break', 'a: "one\\\n    two {{x}}"\n'],
    ['an escaped break after blanks', 'a: "one \\\n    two {{x}}"\n'],
    ['an escaped blank after a break', 'a: "one\n  \\  two {{x}}"\n'],
    ['literal block', 'a: |\n  one\n  two {{x}}\n'],
    ['literal block with blank lines', 'a: |\n\n  one\n\n\n  two {{x}}\n'],
    ['literal block with deeper lines', 'a: |\n  one\n    two {{x}}\n   three\n'],
    ['literal block that strips', 'a: |-\n  one\n  two {{x}}\n'],
    ['literal block that keeps', 'a: |+\n  one\n  two {{x}}\n\n\n'],
    ['literal block with an indicator', 'a: |2\n    one\n  two {{x}}\n'],
    ['literal block with an indicator and a sign', 'a: |2-\n    one\n  two {{x}}\n'],
    ['literal block with a sign and an indicator', 'a: |-2\n    one\n  two {{x}}\n'],
    ['literal block with a comment', 'a: | # note\n  one\n  two {{x}}\n'],
    ['folded block', 'a: >\n  one\n  two {{x}}\n'],
    ['folded block with blank lines', 'a: >\n  one\n\n  two\n\n\n  three {{x}}\n'],
    ['folded block with deeper lines', 'a: >\n  one\n    two\n    three\n  four {{x}}\n'],
    ['folded block with deeper lines between blank ones', 'a: >\n  one\n\n    two\n\n  four {{x}}\n'],
    ['folded block that begins with blank lines', 'a: >\n\n\n  one {{x}}\n'],
    ['folded block with blanks at line ends', 'a: >\n  one  \n  two {{x}}\n'],
    ['a tag and an anchor before it', 'a: !!str &here "é {{x}}"\n'],
    ['an anchor before a block', 'a: &here |\n  one\n  {{x}}\n'],
  ])('%s', (_, yaml) => {
    expect(sourceOf(yaml, '/a', '{{x}}')).toBe('{{x}}');
    expect(sourceOf(yaml.replaceAll('\n', '\r\n'), '/a', '{{x}}')).toBe('{{x}}');
  });

  it('inside lists and mappings, with indicators counted from the parent', () => {
    expect(
      sourceOf('m:\n  - role: user\n    content: |2\n        one\n      two {{x}}\n', '/m/0/content', '{{x}}'),
    ).toBe('{{x}}');
    expect(sourceOf('m:\n- |1\n   one\n  two {{x}}\n', '/m/0', '{{x}}')).toBe('{{x}}');
    expect(sourceOf('m:\n  -   - >1\n          one\n       {{x}}\n', '/m/0/0', '{{x}}')).toBe('{{x}}');
  });

  it('through an alias to where the text is written', () => {
    expect(sourceOf('a: &text "see {{x}}"\nb: *text\n', '/b', '{{x}}')).toBe('{{x}}');
  });

  it('of an escape is the whole escape', () => {
    expect(sourceOf('a: "\\u007b{x}}"\n', '/a', '{{x}}')).toBe('\\u007b{x}}');
  });

  it('of any text in any style that the library writes', () => {
    const word = fc.string({ unit: fc.constantFrom(...'ab{}#:\'"\\ \n\té😀'), maxLength: 30 });
    const style = fc.constantFrom(
      'PLAIN',
      'QUOTE_SINGLE',
      'QUOTE_DOUBLE',
      'BLOCK_LITERAL',
      'BLOCK_FOLDED',
    ) as fc.Arbitrary<'PLAIN'>;
    fc.assert(
      fc.property(
        word,
        word,
        style,
        fc.constantFrom(20, 80),
        fc.constantFrom('\n', '\r\n'),
        (before, after, type, lineWidth, end) => {
          const text = `${before}{{name}}${after}`;
          const yaml = stringify({ top: [{ content: text }] }, { defaultStringType: type, lineWidth }).replaceAll(
            '\n',
            end,
          );
          const file = new YamlFile('a.prompt.yml', yaml);
          const read = (file.value as { top?: { content?: string }[] } | null)?.top?.[0]?.content;
          fc.pre(file.problems.length === 0 && read === text);
          const at = text.indexOf('{{name}}');
          const { start, end: last } = file.rangeInScalar('/top/0/content', at, at + 8);
          const found = yaml.slice(start.offset, last.offset).replaceAll(/\\\r?\n *\\?/g, '');
          expect({ yaml, found }).toEqual({ yaml, found: '{{name}}' });
        },
      ),
      { numRuns: 3000, seed: 20 },
    );
  });
});

describe('rangeOf', () => {
  const yaml = 'messages:\n  - role: user\n    content:   "hi"\nmodel:\ntestData: [ { a: 1 }, { a: [2] } ]\n';
  const file = new YamlFile('a.prompt.yml', yaml);
  const at = (pointer: string, part?: 'key' | 'value'): string => {
    const { start, end } = file.rangeOf(pointer, part);
    return `${start.line}:${start.column} ${yaml.slice(start.offset, end.offset)}`;
  };

  it('a value, a key, a list entry', () => {
    expect(at('/messages/0/content')).toBe('3:16 "hi"');
    expect(at('/messages/0/content', 'key')).toBe('3:5 content');
    expect(at('/testData/1/a/0')).toBe('5:29 2');
  });

  it('a key without a value stands at the key', () => {
    expect(at('/model')).toBe('4:1 model');
  });

  it('what is not there stands at the nearest parent that is', () => {
    expect(at('/messages/0/name')).toMatch(/^2:5 /);
    expect(at('/messages/7/content')).toBe('1:1 messages');
    expect(at('/nowhere/at/all')).toBe('1:1 messages');
  });

  it('keys that need escapes in a pointer, and keys of objects', () => {
    const odd = new YamlFile('a.prompt.yml', 'a/b: 1\n~c: 2\n__proto__: 3\nconstructor: { toString: 4 }\n1: 5\n');
    expect(odd.rangeOf('/a~1b').start.line).toBe(1);
    expect(odd.rangeOf('/~0c').start.line).toBe(2);
    expect(odd.rangeOf('/__proto__').start.line).toBe(3);
    expect(odd.rangeOf('/constructor/toString').start.column).toBe(26);
    expect(odd.rangeOf('/1').start.line).toBe(5);
    expect(Object.hasOwn(odd.value as object, '__proto__')).toBe(true);
    expect(Object.getPrototypeOf(odd.value)).toBe(Object.prototype);
  });

  it('lies in the file for any text', () => {
    const soup = fc.string({
      unit: fc.constantFrom(
        'a',
        ':',
        ' ',
        '\n',
        '-',
        '[',
        ']',
        '{',
        '}',
        '"',
        "'",
        '|',
        '>',
        '&',
        '*',
        '!',
        '#',
        '\t',
        '\r\n',
        '%',
        '?',
        ',',
        'é',
      ),
      maxLength: 40,
    });
    fc.assert(
      fc.property(soup, (text) => {
        const read = new YamlFile('a.prompt.yml', text);
        const places = [
          read.firstKey(),
          read.rangeOf('/a/0/a'),
          ...read.problems.map(({ start, end }) => read.range(start, end)),
        ];
        for (const { start, end } of places) {
          expect(start.offset).toBeGreaterThanOrEqual(0);
          expect(end.offset).toBeGreaterThanOrEqual(start.offset);
          expect(start.offset).toBeLessThanOrEqual(text.length + 1);
        }
      }),
      { numRuns: 5000, seed: 21 },
    );
  });
});

const told = (yaml: string): string[] =>
  new YamlFile('a.prompt.yml', yaml).problems.map(({ rule, start, end }) => `${rule} ${yaml.slice(start, end)}`);

describe('traps', () => {
  it.each([
    ['content: {{x}}\n', 'syntax/unquoted-placeholder {{x}}'],
    ['messages:\n  - role: user\n    content: {{x}} and more\n', 'syntax/unquoted-placeholder {{x}} and more'],
    ['name: !important note\n', 'syntax/tagged-scalar !important note'],
    ['name: see #{{ticket}}\n', 'syntax/comment-cut-text #{{ticket}}'],
    ['seed: 12345678901234567890\n', 'syntax/lossy-number 12345678901234567890'],
    ['a: 1\na: 2\n', 'syntax/duplicate-key a'],
    ['name: *bold* move\n', 'syntax/yaml-error'],
  ])('%j', (yaml, expected) => {
    const problems = told(yaml);
    expect(problems).toHaveLength(1);
    expect(problems[0]!.startsWith(expected)).toBe(true);
  });

  it.each([
    'name: "{{x}}"\n',
    'variables: { ticket: { type: string } }\n',
    'name: a # a note\n',
    'seed: 9007199254740991\n',
    'a: &b 1\nc: *b\n',
  ])('not %j', (yaml) => {
    expect(told(yaml)).toEqual([]);
  });
});
