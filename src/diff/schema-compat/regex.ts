/** Inclusive ranges of code points. */
export type Ranges = readonly (readonly [number, number])[];

export type Regex =
  | { readonly kind: 'chars'; readonly ranges: Ranges }
  | { readonly kind: 'sequence' | 'choice'; readonly parts: readonly Regex[] }
  | { readonly kind: 'repeat'; readonly part: Regex; readonly least: number; readonly most: number }
  | { readonly kind: 'start' | 'end' };

const highest = 0x10ffff;
const digit: Ranges = [[48, 57]];
const word: Ranges = [[48, 57], [65, 90], [95, 95], [97, 122]]; // prettier-ignore
const space: Ranges = [[9, 13], [32, 32], [160, 160], [0x1680, 0x1680], [0x2000, 0x200a], [0x2028, 0x2029], [0x202f, 0x202f], [0x205f, 0x205f], [0x3000, 0x3000], [0xfeff, 0xfeff]]; // prettier-ignore
const lineEnd: Ranges = [[10, 10], [13, 13], [0x2028, 0x2029]]; // prettier-ignore
const classByLetter: Readonly<Record<string, Ranges>> = {
  d: digit,
  w: word,
  s: space,
  D: complement(digit),
  W: complement(word),
  S: complement(space),
};
const controlByLetter: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, v: 11, f: 12, '0': 0 };

export function complement(ranges: Ranges): Ranges {
  const gaps: [number, number][] = [];
  let from = 0;
  for (const [low, high] of ranges.toSorted((a, b) => a[0] - b[0])) {
    if (low > from) gaps.push([from, low - 1]);
    from = Math.max(from, high + 1);
  }
  if (from <= highest) gaps.push([from, highest]);
  return gaps;
}

class Unsupported extends Error {}

/**
 * Reads a pattern as ECMAScript does with the `u` flag; undefined for what no finite automaton of this room can follow
 * (lookaround, back references, word boundaries, Unicode properties).
 */
export function parseRegex(pattern: string): Regex | undefined {
  const chars = [...pattern];
  let at = 0;

  const peek = (): string | undefined => chars[at];
  const take = (): string => chars[at++] ?? fail();
  const skip = (text: string): boolean => {
    if (![...text].every((char, offset) => chars[at + offset] === char)) return false;
    at += [...text].length;
    return true;
  };

  function choice(): Regex {
    const parts = [sequence()];
    while (skip('|')) parts.push(sequence());
    return parts.length === 1 ? parts[0]! : { kind: 'choice', parts };
  }

  function sequence(): Regex {
    const parts: Regex[] = [];
    while (at < chars.length && peek() !== '|' && peek() !== ')') parts.push(quantified(atom()));
    return { kind: 'sequence', parts };
  }

  function quantified(part: Regex): Regex {
    const [least, most] = skip('*') ? [0, Infinity] : skip('+') ? [1, Infinity] : skip('?') ? [0, 1] : counts();
    if (least === undefined || most === undefined) return part;
    skip('?');
    return { kind: 'repeat', part, least, most };
  }

  function counts(): readonly [number?, number?] {
    if (peek() !== '{') return [];
    const found = /^\{(\d+)(?:(,)(\d*))?\}/.exec(chars.slice(at).join('')) ?? fail();
    at += found[0].length;
    const least = Number(found[1]);
    return [least, found[2] === undefined ? least : found[3] ? Number(found[3]) : Infinity];
  }

  function atom(): Regex {
    const char = take();
    if (char === '^') return { kind: 'start' };
    if (char === '$') return { kind: 'end' };
    if (char === '.') return { kind: 'chars', ranges: complement(lineEnd) };
    if (char === '[') return { kind: 'chars', ranges: charClass() };
    if (char === '\\') return { kind: 'chars', ranges: escape() };
    if (char !== '(') return { kind: 'chars', ranges: single(char) };
    if (skip('?:') || /^\?<[^=!>]+>/.test(chars.slice(at).join(''))) {
      if (peek() === '?') at = chars.indexOf('>', at) + 1;
    } else if (peek() === '?') fail();
    const inner = choice();
    return skip(')') ? inner : fail();
  }

  function charClass(): Ranges {
    const negated = skip('^');
    const ranges: (readonly [number, number])[] = [];
    while (!skip(']')) {
      const low = classMember();
      if (peek() === '-' && chars[at + 1] !== ']') {
        at++;
        const high = classMember();
        ranges.push([low[0]![0], high[0]![1]]);
      } else ranges.push(...low);
    }
    return negated ? complement(ranges) : ranges;
  }

  function classMember(): Ranges {
    const char = take();
    if (char !== '\\') return single(char);
    if (skip('b')) return [[8, 8]];
    return skip('-') ? single('-') : escape();
  }

  function escape(): Ranges {
    const letter = take();
    const named = Object.hasOwn(classByLetter, letter) ? classByLetter[letter] : undefined;
    if (named) return named;
    if (letter in controlByLetter) return [[controlByLetter[letter]!, controlByLetter[letter]!]];
    if (letter === 'x' || letter === 'u') return hexadecimal(letter);
    return /[\^$\\.*+?()[\]{}|/]/.test(letter) ? single(letter) : fail();
  }

  function hexadecimal(letter: 'x' | 'u'): Ranges {
    const rest = chars.slice(at).join('');
    const found = (letter === 'x' ? /^()([0-9a-f]{2})/i : /^(?:\{([0-9a-f]+)\}|([0-9a-f]{4}))/i).exec(rest) ?? fail();
    at += found[0].length;
    const code = Number.parseInt(found[1] || found[2]!, 16);
    // Half of a surrogate pair written as two escapes is one code point; leave that to the engine.
    if (code >= 0xd800 && code <= 0xdfff) fail();
    return [[code, code]];
  }

  try {
    const regex = choice();
    return at === chars.length ? regex : undefined;
  } catch (error) {
    if (error instanceof Unsupported) return undefined;
    throw error;
  }
}

function fail(): never {
  throw new Unsupported();
}

function single(char: string): Ranges {
  const code = char.codePointAt(0)!;
  return [[code, code]];
}
