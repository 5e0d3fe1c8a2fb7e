/**
 * A regular expression as its positions (Glushkov's construction): each place that takes one character, and which places
 * can take the next one.
 */
export interface Positions {
  /** The characters that each position takes. */
  readonly atoms: readonly Atom[];
  /** The positions that can follow each; twice where two ways lead there. */
  readonly follow: readonly (readonly number[])[];
  /** Positions after which the match is complete whatever comes next. */
  readonly accepting: ReadonlySet<number>;
}

/** The sample characters that a position takes; undefined where that isn't known, and any must be assumed. */
type Atom = ReadonlySet<string> | undefined;

/** The position before the first character; it repeats where a match can start anywhere. */
export const START = 0;

/** Largest exact count that is written out; a larger one is taken as a repetition without an end. */
const MAX_COPIES = 8;

/** Beyond these a proof would take too long, or too deep a stack. */
const MAX_LENGTH = 1000;
const MAX_POSITIONS = 100;

interface Part {
  readonly isNullable: boolean;
  readonly first: readonly number[];
  readonly last: readonly number[];
}

const EMPTY: Part = { isNullable: true, first: [], last: [] };

export const atomsOverlap = (a: Atom, b: Atom): boolean => {
  if (!a || !b) return true;
  for (const sample of a) if (b.has(sample)) return true;
  return false;
};

/**
 * The positions of `source`; undefined if it is invalid, too long, or uses what has none: lookaround, backreferences,
 * flags.
 */
export function parsePattern(source: string): Positions | undefined {
  try {
    if (source.length > MAX_LENGTH || !new RegExp(source, 'u')) return undefined;
  } catch {
    return undefined;
  }
  const samples = sampleCharacters(source);
  const atoms: Atom[] = [undefined];
  const follow: number[][] = [[]];
  let offset = 0;
  let isRegular = true;
  let hasAssertion = false;
  let isAnchored = false;

  const link = (from: readonly number[], to: readonly number[]): void => {
    for (const position of from) follow[position]!.push(...to);
  };
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = offset;
    const [text] = pattern.exec(source) ?? [];
    offset += text?.length ?? 0;
    return text;
  };

  const parseAlternatives = (isTop = false): Part => {
    let whole = parseSequence();
    while (take(/\|/y)) {
      // The leading ^ holds for the first alternative only.
      if (isTop) isAnchored = false;
      const other = parseSequence();
      // Two ways to match nothing, one after the other, are two to the power of their number.
      if (whole.isNullable && other.isNullable) isRegular = false;
      whole = {
        isNullable: whole.isNullable || other.isNullable,
        first: [...whole.first, ...other.first],
        last: [...whole.last, ...other.last],
      };
    }
    return whole;
  };

  const join = (a: Part, b: Part): Part => {
    link(a.last, b.first);
    return {
      isNullable: a.isNullable && b.isNullable,
      first: a.isNullable ? [...a.first, ...b.first] : a.first,
      last: b.isNullable ? [...a.last, ...b.last] : b.last,
    };
  };

  const parseSequence = (): Part => {
    let whole = EMPTY;
    while (offset < source.length && !/[|)]/.test(source[offset]!)) whole = join(whole, parseRepeated());
    return whole;
  };

  const parseRepeated = (): Part => {
    const start = offset;
    let part = parseAtom();
    const end = offset;
    const quantifier = take(/(?:[*+?]|\{[\d,]+\})\??/y)?.replace(/(.)\?$/, '$1');
    const after = offset;
    if (quantifier === undefined) return part;
    if (quantifier === '{0}') return EMPTY;
    const copies = /^\{\d+\}$/.test(quantifier) ? Number(quantifier.slice(1, -1)) : Infinity;
    if (copies <= MAX_COPIES) {
      for (let copy = 1; copy < copies && atoms.length <= MAX_POSITIONS; copy++) {
        offset = start;
        part = join(part, parseAtom());
      }
      offset = after;
    } else if (quantifier !== '?' && end > start) {
      link(part.last, part.first);
    }
    return /^(?:[*?]|\{0)/.test(quantifier) ? { ...part, isNullable: true } : part;
  };

  const parseAtom = (): Part => {
    if (take(/\((?:\?:|\?<[^=!][^>]*>|(?!\?))/y)) {
      const part = parseAlternatives();
      offset++;
      return part;
    }
    if (take(/\^|\$|\\[bB]/y)) {
      hasAssertion = true;
      return EMPTY;
    }
    const text = take(/\[(?:\\.|[^\]\\])*\]|\\(?:u\{[^}]+\}|[pP]\{[^}]+\}|u.{4}|x..|c.|.)|[^(]/suy);
    // Nothing fits only a group that is neither plain nor named: lookaround or flags.
    if (text === undefined || /^\\[1-9k]/.test(text)) {
      isRegular = false;
      offset = source.length;
      return EMPTY;
    }
    const position = atoms.push(charactersOf(text, samples)) - 1;
    follow.push([]);
    return { isNullable: false, first: [position], last: [position] };
  };

  isAnchored = take(/\^/y) !== undefined;
  const whole = parseAlternatives(true);
  if (!isRegular || offset < source.length || atoms.length > MAX_POSITIONS) return undefined;
  link([START], whole.first);
  if (!isAnchored) link([START], [START]);
  return { atoms, follow, accepting: new Set(hasAssertion ? [] : whole.last) };
}

/**
 * Two character sets that overlap share an end of one of the ranges they are made of, so characters at and around such
 * ends suffice: those that the pattern names, and those where `\w`, `\d`, `\s` and `.` begin and end.
 */
function sampleCharacters(source: string): string[] {
  const named = Array.from(source, (character) => character.codePointAt(0)!);
  const escaped = [...source.matchAll(/\\(?:u\{?|x)([\da-f]+)/gi)].map(([, digits]) => parseInt(digits!, 16));
  const ends = [...named, ...escaped, 0x1680, 0x2000, 0x200a, 0x2028, 0x202f, 0x205f, 0x3000, 0xfeff];
  const around = [...Array(256).keys(), ...ends.flatMap((code) => [code - 1, code, code + 1])];
  return [...new Set(around)].filter((code) => code >= 0 && code < 0x110000).map((code) => String.fromCodePoint(code));
}

function charactersOf(atom: string, samples: readonly string[]): Atom {
  // Which characters have a Unicode property can't be told from samples; a surrogate escape is half a character.
  if (/\\p|\\ud[89a-f]/i.test(atom)) return undefined;
  const pattern = new RegExp(`^${atom}$`, 'u');
  return new Set(samples.filter((sample) => pattern.test(sample)));
}
