import { CUT, CUT_AT_MARK, CUT_BEFORE_LAST, CUT_BEFORE_TWO, END, SET_MARK, START } from './o200k-step.ts';
import { LETTER, LOWER, NEWLINE, NUMBER, SPACE, SYMBOL, UPPER } from './char-class.ts';

/*
 * The symbols that the automaton reads. Most are the bits of a character's class. What the pattern
 * names has symbols of its own, numbers that no class has.
 */
const CAPITAL: number = LETTER | UPPER;
const SMALL: number = LETTER | LOWER;
const CASELESS: number = LETTER | LOWER | UPPER;
const MARK: number = SYMBOL | LOWER | UPPER;
const LINE_END: number = SPACE | NEWLINE;
const BLANK = 17;
const APOSTROPHE = 65;
const SLASH = 66;
/** The letters of contractions: s, t, m and d; r and v; e; l. As small letters and as capitals. */
const STMD = [32, 33] as const;
const RV = [34, 35] as const;
const E = [36, 37] as const;
const L = [38, 39] as const;
/** U+017F, which is an s where case does not count. */
const LONG_S = 40;

const SMALLS = [SMALL, STMD[0], RV[0], E[0], L[0], LONG_S];
const CAPITALS = [CAPITAL, STMD[1], RV[1], E[1], L[1]];
const CASELESSES = [CASELESS, MARK];
const SYMBOLS = [SYMBOL, APOSTROPHE, SLASH];
const ALL = [...SMALLS, ...CAPITALS, ...CASELESSES, ...SYMBOLS, NUMBER, BLANK, SPACE, LINE_END, END];

const NAMED: readonly (readonly [characters: string, symbol: number])[] = [
  [' ', BLANK],
  ["'", APOSTROPHE],
  ['/', SLASH],
  ['stmd', STMD[0]],
  ['STMD', STMD[1]],
  ['rv', RV[0]],
  ['RV', RV[1]],
  ['e', E[0]],
  ['E', E[1]],
  ['l', L[0]],
  ['L', L[1]],
  ['\u017f', LONG_S],
];

/** Characters below this have at most two bytes. */
const SHORT = 0x800;

/** The symbols of the characters of one or two bytes, by code point. A longer one's symbol is its class. */
export function shortSymbols(pages: Uint16Array, classes: Uint8Array): Uint8Array {
  const symbols = new Uint8Array(SHORT);
  for (let page = 0; page < SHORT / 64; page++) {
    symbols.set(classes.subarray(pages[page], pages[page]! + 64), page * 64);
  }
  for (const [characters, symbol] of NAMED) {
    for (let at = 0; at < characters.length; at++) symbols[characters.charCodeAt(at)] = symbol;
  }
  return symbols;
}

const row = (index: number): number => index << 7;
/** In a word: capitals; caseless letters last; capitals after a caseless letter; in its [lower]+. */
const [IN_CAPITALS, IN_CASELESS, IN_LATER_CAPITALS, IN_SMALLS] = [row(1), row(2), row(3), row(4)];
/** An apostrophe after a word, and after that an r or v or an l, small or capital. */
const [QUOTE, QUOTE_RV, QUOTE_CAPITAL_RV, QUOTE_L, QUOTE_CAPITAL_L] = [row(5), row(6), row(7), row(8), row(9)];
/** A piece that nothing can make longer. */
const DONE: number = row(10);
/** One symbol, which may begin a word; more, or one after a blank; newlines and slashes after those. */
const [ONE_SYMBOL, IN_SYMBOLS, IN_TAIL] = [row(11), row(12), row(13)];
const [ONE_DIGIT, TWO_DIGITS] = [row(14), row(15)];
/** White space without a newline, one character or more, the last a blank or another. */
const [ONE_BLANK, ONE_SPACE, MORE_TO_BLANK, MORE_TO_SPACE] = [row(16), row(17), row(18), row(19)];
/** White space whose last character is a newline; and with one character or more after the newline, where the mark is. */
const [LINE, LINE_BLANK, LINE_SPACE, LINE_TO_BLANK, LINE_TO_SPACE] = [row(20), row(21), row(22), row(23), row(24)];
const STATES = 25;

type Moves = readonly (readonly [symbols: readonly number[], step: number])[];

/** What a word begins with, and where a contraction may follow it. */
const WORD: Moves = [
  [CAPITALS, IN_CAPITALS],
  [SMALLS, IN_SMALLS],
  [CASELESSES, IN_CASELESS],
];
const CONTRACTION: Moves = [[[APOSTROPHE], QUOTE]];

let built: Int32Array | undefined;

/** Steps by state | symbol. Built when first asked for: not every command that loads this counts. */
export function automatonSteps(): Int32Array {
  built ??= buildSteps();
  return built;
}

function buildSteps(): Int32Array {
  const steps = new Int32Array(STATES << 7);
  /** Fills a state's row: `moves`, and for other symbols the steps of the state `other` with more cuts. */
  const fillRow = (state: number, other: number, cuts: number, moves: Moves): void => {
    for (const symbol of ALL) steps[state | symbol] = cuts | steps[other | symbol]!;
    for (const [symbols, step] of moves) {
      for (const symbol of symbols) steps[state | symbol] = step;
    }
  };

  fillRow(START, START, 0, [
    ...WORD,
    [SYMBOLS, ONE_SYMBOL],
    [[NUMBER], ONE_DIGIT],
    [[BLANK], ONE_BLANK],
    [[SPACE], ONE_SPACE],
    [[LINE_END], LINE],
  ]);
  fillRow(DONE, START, CUT, []);

  // [upper]*[lower]+ or [upper]+[lower]*. If no small letter follows capitals after a caseless letter, the word
  // ends after the caseless letter, and the capitals are a word of their own.
  fillRow(IN_CAPITALS, START, CUT, [...WORD, ...CONTRACTION]);
  fillRow(IN_CASELESS, START, CUT, [...WORD, [CAPITALS, IN_LATER_CAPITALS | SET_MARK], ...CONTRACTION]);
  fillRow(IN_LATER_CAPITALS, IN_CAPITALS, CUT_AT_MARK, [...WORD, [CAPITALS, IN_LATER_CAPITALS]]);
  fillRow(IN_SMALLS, START, CUT, [[[...SMALLS, ...CASELESSES], IN_SMALLS], ...CONTRACTION]);

  //  ?[^\s\p{L}\p{N}]+[\r\n/]*
  const tail: Moves = [[[LINE_END], IN_TAIL]];
  fillRow(ONE_SYMBOL, START, CUT, [...WORD, [SYMBOLS, IN_SYMBOLS], ...tail]);
  fillRow(IN_SYMBOLS, START, CUT, [[[...SYMBOLS, MARK], IN_SYMBOLS], ...tail]);
  fillRow(IN_TAIL, START, CUT, [[[SLASH], IN_TAIL], ...tail]);

  // (?i:'s|'t|'re|'ve|'m|'ll|'d). If it is none, the word has ended before the apostrophe, which begins the next piece.
  fillRow(QUOTE, ONE_SYMBOL, CUT_BEFORE_LAST, [
    [[...STMD, LONG_S], DONE],
    [[RV[0]], QUOTE_RV],
    [[RV[1]], QUOTE_CAPITAL_RV],
    [[L[0]], QUOTE_L],
    [[L[1]], QUOTE_CAPITAL_L],
  ]);
  fillRow(QUOTE_RV, IN_SMALLS, CUT_BEFORE_TWO, [[E, DONE]]);
  fillRow(QUOTE_CAPITAL_RV, IN_CAPITALS, CUT_BEFORE_TWO, [[E, DONE]]);
  fillRow(QUOTE_L, IN_SMALLS, CUT_BEFORE_TWO, [[L, DONE]]);
  fillRow(QUOTE_CAPITAL_L, IN_CAPITALS, CUT_BEFORE_TWO, [[L, DONE]]);

  // \p{N}{1,3}
  fillRow(ONE_DIGIT, START, CUT, [[[NUMBER], TWO_DIGITS]]);
  fillRow(TWO_DIGITS, START, CUT, [[[NUMBER], DONE]]);

  // \s*[\r\n]+|\s+(?!\S)|\s+, where the last of many may begin a word, and a blank the symbols.
  const more: Moves = [
    [[BLANK], MORE_TO_BLANK],
    [[SPACE], MORE_TO_SPACE],
    [[LINE_END], LINE],
  ];
  fillRow(ONE_BLANK, START, CUT, [...WORD, [SYMBOLS, IN_SYMBOLS], ...more]);
  fillRow(ONE_SPACE, START, CUT, [...WORD, ...more]);
  fillRow(MORE_TO_BLANK, ONE_BLANK, CUT_BEFORE_LAST, [...more, [[END], CUT]]);
  fillRow(MORE_TO_SPACE, ONE_SPACE, CUT_BEFORE_LAST, [...more, [[END], CUT]]);
  fillRow(LINE, START, CUT, [
    [[LINE_END], LINE],
    [[BLANK], LINE_BLANK | SET_MARK],
    [[SPACE], LINE_SPACE | SET_MARK],
  ]);
  const lineMore: Moves = [
    [[BLANK], LINE_TO_BLANK],
    [[SPACE], LINE_TO_SPACE],
    [[LINE_END], LINE],
  ];
  fillRow(LINE_BLANK, ONE_BLANK, CUT_AT_MARK, lineMore);
  fillRow(LINE_SPACE, ONE_SPACE, CUT_AT_MARK, lineMore);
  fillRow(LINE_TO_BLANK, ONE_BLANK, CUT_AT_MARK | CUT_BEFORE_LAST, [...lineMore, [[END], CUT_AT_MARK | CUT]]);
  fillRow(LINE_TO_SPACE, ONE_SPACE, CUT_AT_MARK | CUT_BEFORE_LAST, [...lineMore, [[END], CUT_AT_MARK | CUT]]);
  return steps;
}
