import { automatonOfTexts, findStrings, type Automaton } from './automaton.ts';
import { type Budget } from './budget.ts';
import { formatSamples, formatShape } from './formats.ts';
import { type Literal } from './formula.ts';
import { codePoints } from './json.ts';
import { empty, found, unknown, type Outcome } from './outcome.ts';
import { type TextJudge } from './texts.ts';

const longestWitness = 100_000;
const wantedStrings = 6;

interface Constraints {
  least: number;
  most: number;
  readonly patterns: Map<string, boolean>;
  readonly formats: Map<string, boolean>;
  readonly excluded: ReadonlySet<string>;
}

/** Finds strings that satisfy all `literals` (atoms on strings) and are none of `excluded`. */
export function solveString(
  literals: readonly Literal[],
  excluded: readonly unknown[],
  texts: TextJudge,
  budget: Budget,
): Outcome {
  const constraints = gather(literals, excluded);
  const { least, most, patterns, formats } = constraints;
  if (least > most) return empty;
  if (least > longestWitness) return unknown('minLength');
  if (patterns.size === 0 && formats.size === 0) return plain(constraints);

  const automata = followed(constraints, texts);
  const search = findStrings({ patterns: automata, least, most }, formats.size > 0 ? 40 : wantedStrings, budget);
  if (search.exhausted && search.strings.length === 0) return empty;
  // A sample of a format reads better than what the search makes of its shape.
  const isShaped = [...formats.values()].includes(true);
  const sampled = samples(constraints);
  const candidates = new Set(isShaped ? [...sampled, ...search.strings] : [...search.strings, ...sampled]);
  const fitting = [...candidates].filter((text) => fits(text, constraints, texts));
  if (fitting.length > 0) return found(fitting.slice(0, wantedStrings));
  return search.exhausted && [...patterns.keys()].every((pattern) => texts.automaton(pattern)) && formats.size === 0
    ? empty
    : unknown(...(patterns.size > 0 ? ['pattern'] : []), ...(formats.size > 0 ? ['format'] : []));
}

function gather(literals: readonly Literal[], excluded: readonly unknown[]): Constraints {
  const texts = new Set(excluded.filter((value) => typeof value === 'string'));
  const constraints: Constraints = {
    least: 0,
    most: Infinity,
    patterns: new Map(),
    formats: new Map(),
    excluded: texts,
  };
  for (const { formula, sign } of literals) {
    if (!('on' in formula) || formula.on !== 'string') continue;
    if (formula.kind !== 'length')
      (formula.kind === 'pattern' ? constraints.patterns : constraints.formats).set(formula.text, sign);
    else if (sign) constraints.least = Math.max(constraints.least, formula.least);
    else constraints.most = Math.min(constraints.most, formula.least - 1);
  }
  return constraints;
}

/** Without patterns or formats every string of a right length will do. */
function plain({ least, most, excluded }: Constraints): Outcome {
  const values: string[] = [];
  const shortest = Math.min(Math.max(least, 1), most);
  for (let count = 0; values.length < wantedStrings && count < excluded.size + wantedStrings; count++) {
    const text = numbered(count, shortest, most);
    if (text !== undefined && !excluded.has(text)) values.push(text);
  }
  if (least === 0 && !excluded.has('')) values.push('');
  // With room for one character there are more strings than anyone can exclude.
  if (values.length > 0) return found(values);
  return most === 0 ? empty : unknown('enum');
}

/** The `count`-th string of a series, at least `length` long: a, b, ... z, then longer ones or further letters. */
function numbered(count: number, length: number, most: number): string | undefined {
  if (length === 0) return count === 0 ? '' : undefined;
  const tail = length < 2 && most < 2 ? String.fromCodePoint(count < 26 ? 97 + count : 0x4e00 + count) : letters(count);
  return codePoints(tail) > most ? undefined : 'a'.repeat(Math.max(length - codePoints(tail), 0)) + tail;
}

function letters(count: number): string {
  const rest = Math.floor(count / 26);
  return (rest > 0 ? letters(rest - 1) : '') + String.fromCharCode(97 + (count % 26));
}

function followed(
  { patterns, formats, excluded }: Constraints,
  texts: TextJudge,
): { automaton: Automaton; found: boolean }[] {
  const wanted: { automaton: Automaton; found: boolean }[] = [];
  for (const [pattern, sign] of patterns) {
    const automaton = texts.automaton(pattern);
    if (automaton) wanted.push({ automaton, found: sign });
  }
  for (const [format, sign] of formats) {
    const shape = sign ? formatShape(format) : undefined;
    const automaton = shape === undefined ? undefined : texts.automaton(shape);
    if (automaton) wanted.push({ automaton, found: true });
  }
  if (excluded.size > 0) wanted.push({ automaton: automatonOfTexts(excluded), found: false });
  return wanted;
}

function samples({ least, most, formats }: Constraints): string[] {
  const fromFormats = [...formats]
    .filter(([, sign]) => sign)
    .flatMap(([format]) => [
      ...formatSamples(format, 1),
      ...formatSamples(format, least),
      ...(most === Infinity ? [] : formatSamples(format, most)),
    ]);
  const generic = ['a', '0', 'A', ' ', '-', 'a b', '%', '{', '.', '@', 'é', '😀', '日本', 'a1', 'aA1!'];
  const padded = generic.map((text) => {
    const length = codePoints(text);
    return length >= least ? text : text.repeat(Math.ceil(least / length)).slice(0, least);
  });
  return [...fromFormats, ...generic, ...padded, ''];
}

function fits(text: string, { least, most, patterns, formats, excluded }: Constraints, texts: TextJudge): boolean {
  const length = codePoints(text);
  return (
    length >= least &&
    length <= most &&
    !excluded.has(text) &&
    [...patterns].every(([pattern, sign]) => texts.matches(pattern, text) === sign) &&
    [...formats].every(([format, sign]) => texts.hasFormat(format, text) === sign)
  );
}
