import fc from 'fast-check';
import { parseDocument } from 'yaml';
import { convert, type Converted } from '../../src/workspace/yaml/convert.ts';
import type { SourceProblem } from '../../src/workspace/problem.ts';

/** A text as the library reads it, with all that is wrong in it. */
export function fromLibrary(text: string): Converted & { readonly problems: readonly unknown[] } {
  const document = parseDocument(text, { version: '1.2', schema: 'core', uniqueKeys: false, prettyErrors: false });
  const problems: SourceProblem[] = [];
  if (document.contents === null) return { node: undefined, value: null, problems: document.errors };
  return { ...convert(document.contents, text, problems), problems: [...document.errors, ...problems] };
}

const SCALARS = [
  'a',
  'x y  z',
  'true',
  'null',
  'False',
  '~',
  '1',
  '-1',
  '1.5',
  '-0',
  '1e3',
  '.5',
  '0o7',
  '1.0.0',
  '2024-01-01',
  'http://x.y/z',
  'a:b',
  'a - b',
  '-x',
  '(x)',
  'é',
  '\u{1f600}',
  '\u00a0',
  'a\u00a0',
  'a, b',
  'a]',
  '[]',
  '{}',
  '',
  `"q\\n"`,
  `"\\u0041\\\\"`,
  '"\\x41"',
  `"a: b # c"`,
  `'it''s'`,
  `"it's"`,
  `''`,
  `""`,
  '"a" b',
  '{{x}}',
  'x # c',
  'x #c',
  '[a, b]',
  '[ "a", 1 , ]',
  '{ a: 1, b: [c] }',
  '{"a": 1}',
  '{"a":1}',
  '{a: b}',
  '[a: b]',
  '[[], {}]',
  '[a, , b]',
];
const scalar = fc.constantFrom(...SCALARS);
const key = fc.constantFrom('a', 'b', 'c', '"d"', "'e f'", 'f-g', '$h', 'a b', 'true', 'x.y', '"a"', '1');
const columns = fc.constantFrom(2, 2, 2, 1, 4, 0);
const trailer = fc.constantFrom('', '', '', '', ' ', ' # note', '  #x');
const lead = fc.constantFrom('', '', '', '', '\n', '# note\n', '  # note\n', '      # note\n', '   \n');

/** What stands behind a key or a dash in this column, its line end with it. */
function value(depth: number, column: number): fc.Arbitrary<string> {
  const pad = ' '.repeat(column);
  const inline = fc.tuple(scalar, trailer).map(([text, after]) => ` ${text}${after}\n`);
  const literal = fc
    .tuple(
      fc.constantFrom('|', '|-', '|', '|+', '>', '| # note'),
      fc.array(fc.constantFrom('x', '', ' ', '# y', '  z', 'q ')),
    )
    .map(([header, lines]) => ` ${header}\n${['x', ...lines].map((line) => `${pad}  ${line}\n`).join('')}`);
  const flow = fc
    .tuple(fc.constantFrom(0, 1, 2, 3), scalar)
    .map(([more, text]) => ` {\n${pad}${' '.repeat(more)}a: ${text},\n${pad}  b: c\n${pad}${' '.repeat(more)}}\n`);
  if (depth === 0) return fc.oneof(inline, inline, literal, flow);
  const below = columns.chain((more) => fc.tuple(trailer, block(depth - 1, column + more)));
  return fc.oneof(
    inline,
    literal,
    flow,
    below.map(([after, text]) => `${after}\n${text}`),
  );
}

function block(depth: number, column: number): fc.Arbitrary<string> {
  const pad = ' '.repeat(column);
  const entry = fc
    .tuple(lead, key, value(depth, column))
    .map(([before, name, text]) => `${before}${pad}${name}:${text}`);
  const item = fc.tuple(lead, value(depth, column)).map(([before, text]) => `${before}${pad}-${text}`);
  const entries = fc.array(entry, { minLength: 1, maxLength: 3 });
  const items = fc.array(item, { minLength: 1, maxLength: 3 });
  if (depth === 0) return fc.oneof(entries, items).map((lines) => lines.join(''));
  const compact = fc
    .tuple(lead, block(depth - 1, column + 2))
    .map(([before, text]) => `${before}${pad}- ${text.trimStart()}`);
  return fc.oneof(entries, items, fc.array(compact, { minLength: 1, maxLength: 3 })).map((lines) => lines.join(''));
}

const DAMAGE = [
  '\n',
  ' ',
  '  ',
  '- ',
  '-',
  ': ',
  ':',
  '#',
  ' #',
  '"',
  "'",
  '{',
  '}',
  '[',
  ']',
  ',',
  '|',
  '>',
  '&a ',
  '*a',
  '!t ',
  '\\',
  '---',
  '...',
  '%',
  '? ',
  '@',
  '`',
  '<<: ',
  '{{x}}',
  '\t',
  '\r',
  '\u00a0',
  '\u2028',
  '\ufeff',
  '~',
  '=',
  '__proto__',
];

/** Documents of the kinds that people write, a third of them damaged in one to three places. */
export const yamlText: fc.Arbitrary<string> = fc.oneof(
  block(2, 0),
  block(3, 0),
  fc
    .tuple(
      block(2, 0),
      fc.array(fc.tuple(fc.nat(), fc.nat(3), fc.constantFrom(...DAMAGE)), { minLength: 1, maxLength: 3 }),
    )
    .map(([text, places]) =>
      places.reduce((damaged, [place, removed, added]) => {
        const at = place % (damaged.length + 1);
        return damaged.slice(0, at) + added + damaged.slice(at + removed);
      }, text),
    ),
);

const SIGNS = ['a', ' ', '\n', ':', '-', '#', '"', '{', '}', ',', '|', '[', ']', "'", '1', '>'];
/** Around every short text, so that it stands where each of YAML's constructs begins. */
const AROUND: readonly (readonly [before: string, after: string])[] = [
  ['', ''],
  ['a: ', '\n'],
  ['- ', '\nb'],
  ['a:\n  ', '\n'],
  ['a: {', ' }\n'],
  ['- a: |\n', '\n'],
  ['a:\n - b\n', ''],
  ['a: "', '"\n'],
  ['a: [b', ']'],
  ['a: |\n  x\n', '\nb: c\n'],
  ['a: b', '\nc: d\n'],
];

/** Every text of up to so many signs of YAML, in every surrounding. */
export function* shortTexts(length: number): Iterable<string> {
  for (const [before, after] of AROUND) for (const text of textsOf(length)) yield before + text + after;
}

/** Every text of at most so many signs, once. */
function* textsOf(length: number): Iterable<string> {
  yield '';
  if (length === 0) return;
  for (const sign of SIGNS) for (const rest of textsOf(length - 1)) yield sign + rest;
}
