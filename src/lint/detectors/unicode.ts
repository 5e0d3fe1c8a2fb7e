export interface FoundCharacter {
  readonly codePoint: number;
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

const NAMES: Readonly<Record<number, string>> = {
  0xad: 'soft hyphen',
  0x61c: 'Arabic letter mark',
  0x115f: 'Hangul filler',
  0x1160: 'Hangul filler',
  0x180e: 'Mongolian vowel separator',
  0x200b: 'zero width space',
  0x200c: 'zero width non-joiner',
  0x200d: 'zero width joiner',
  0x200e: 'left-to-right mark',
  0x200f: 'right-to-left mark',
  0x202a: 'left-to-right embedding',
  0x202b: 'right-to-left embedding',
  0x202c: 'end of a direction',
  0x202d: 'left-to-right override',
  0x202e: 'right-to-left override',
  0x2060: 'word joiner',
  0x2061: 'invisible function sign',
  0x2062: 'invisible times',
  0x2063: 'invisible separator',
  0x2064: 'invisible plus',
  0x2066: 'left-to-right isolate',
  0x2067: 'right-to-left isolate',
  0x2068: 'first strong isolate',
  0x2069: 'end of an isolate',
  0x3164: 'Hangul filler',
  0xfeff: 'byte order mark',
  0xffa0: 'Hangul filler',
};

const INVISIBLE =
  /[\ufe00-\ufe0f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2060-\u2064\u206a-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e01ef}]/gu;
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
/** Letters that joiners shape: Arabic, Syriac, N'Ko, Mandaic, Mongolian and the scripts of India and its neighbours. */
const JOINED = /[\u1b00-\u1bff\u0600-\u0dff\u0e00-\u109f\u1780-\u18af\u1a20-\u1aaf\ua800-\uabff]/;
const PICTURE = /[\ufe0f\p{Extended_Pictographic}\p{Emoji_Modifier}\u{1f1e6}-\u{1f1ff}]/u;
/** What a variation selector may follow: emoji and symbols, ideographs, Mongolian, digits of keycaps. */
const VARIED =
  /[\p{Extended_Pictographic}\p{Script=Han}\p{Script=Mongolian}\p{S}\p{Po}\d#*\p{Script=Phags_Pa}\p{Script=Myanmar}]/u;
const TAG_END = 0xe007f;

/** Whether a text has anything but ASCII: without it, none of this room's other questions need asking. */
export function isAscii(text: string): boolean {
  return !/[\u0080-\uffff]/.test(text);
}

/** Characters that nobody sees and a model reads. Those that writing needs are left out: joiners, marks beside right-to-left letters, emoji. */
export function findHidden(text: string): readonly FoundCharacter[] {
  const found: FoundCharacter[] = [];
  for (const match of text.matchAll(INVISIBLE)) {
    const codePoint = match[0].codePointAt(0)!;
    if (isNeeded(codePoint, text, match.index, match.index + match[0].length)) continue;
    found.push({ codePoint, name: nameOf(codePoint), start: match.index, end: match.index + match[0].length });
  }
  return found;
}

function nameOf(codePoint: number): string {
  const known = NAMES[codePoint];
  if (known !== undefined) return known;
  if (codePoint >= 0xe0000 && codePoint <= TAG_END) return 'tag character';
  if (codePoint >= 0xfe00 && codePoint <= 0xfe0f) return 'variation selector';
  return codePoint >= 0xe0100 ? 'variation selector' : 'format character';
}

function isNeeded(codePoint: number, text: string, start: number, end: number): boolean {
  const before = characterBefore(text, start);
  const after = end < text.length ? String.fromCodePoint(text.codePointAt(end)!) : '';
  switch (true) {
    case codePoint === 0xfeff:
      return start === 0;
    case codePoint === 0x200c || codePoint === 0x200d:
      return (
        JOINED.test(before) ||
        (codePoint === 0x200d && PICTURE.test(before) && /[\p{Extended_Pictographic}\p{Emoji_Modifier}]/u.test(after))
      );
    case codePoint === 0x200e || codePoint === 0x200f || codePoint === 0x61c:
      return RIGHT_TO_LEFT.test(lineAround(text, start));
    case codePoint >= 0xfe00 && codePoint <= 0xfe0f:
      return VARIED.test(before);
    case codePoint >= 0xe0100:
      return /\p{Script=Han}/u.test(before);
    case codePoint >= 0xe0020 && codePoint <= TAG_END:
      return isFlag(text, start);
    default:
      return false;
  }
}

/** Units of the longest tag sequence of a flag: six characters and the end tag. */
const LONGEST_FLAG = 14;

/** The flags of England, Scotland, Wales and other parts of countries: a black flag, then tags to the end tag. */
function isFlag(text: string, at: number): boolean {
  let start = at;
  while (start > at - LONGEST_FLAG && start >= 2 && isTag(text.codePointAt(start)!)) start -= 2;
  let end = at;
  while (end < at + LONGEST_FLAG && isTag(text.codePointAt(end) ?? 0) && text.codePointAt(end) !== TAG_END) end += 2;
  return text.codePointAt(start) === 0x1f3f4 && text.codePointAt(end) === TAG_END && end - start <= LONGEST_FLAG;
}

function isTag(codePoint: number): boolean {
  return codePoint >= 0xe0020 && codePoint <= TAG_END;
}

function characterBefore(text: string, at: number): string {
  if (at === 0) return '';
  const unit = text.charCodeAt(at - 1);
  return unit >= 0xdc00 && unit <= 0xdfff ? text.slice(at - 2, at) : text[at - 1]!;
}

/** How far a line is looked at to either side: without a bound, a long line would be read once for each character in it. */
const NEAR = 120;

function lineAround(text: string, at: number): string {
  const near = text.slice(Math.max(0, at - NEAR), at + NEAR);
  const middle = Math.min(at, NEAR);
  const end = near.indexOf('\n', middle);
  return near.slice(near.lastIndexOf('\n', middle - 1) + 1, end < 0 ? near.length : end);
}

const DIRECTION = /[\u202a-\u202e\u2066-\u2069]/g;

/** Characters that make a text be shown in another order than it is read. Closed isolates around right-to-left words are how such text is written. */
export function findBidi(text: string): readonly FoundCharacter[] {
  const found: FoundCharacter[] = [];
  for (const match of text.matchAll(DIRECTION)) {
    const codePoint = match[0].charCodeAt(0);
    if (codePoint >= 0x2066 && isolatesRightToLeft(lineAround(text, match.index))) continue;
    found.push({ codePoint, name: nameOf(codePoint), start: match.index, end: match.index + 1 });
  }
  return found;
}

function isolatesRightToLeft(line: string): boolean {
  const opened = line.match(/[\u2066-\u2068]/g)?.length ?? 0;
  const closed = line.match(/\u2069/g)?.length ?? 0;
  return opened === closed && RIGHT_TO_LEFT.test(line);
}

const WORD = /[\p{L}\p{M}]+/gu;
const LATIN = /\p{Script=Latin}/u;
/** Letters of other alphabets that are drawn as Latin ones (Unicode TS 39, confusables). */
const LOOKALIKE = /[аеорсухіјѕһԁԛԝԍкАВЕКМНОРСТХУІЈЅԌԚԜοορνιυακΑΒΕΖΗΙΚΜΝΟΡΤΥΧϲաօսոցհՏՕᎪᏴᏟᎬᏀᎻᎫᏦᏞᎷᏢᏒᏚᎢᏙᎳᏃ]/u;
const OTHER = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]/u;

export interface FoundWord {
  readonly word: string;
  /** The letter that is not Latin. */
  readonly letter: string;
  readonly start: number;
  readonly end: number;
}

/** Words of Latin letters with a lookalike among them. A Russian ending on a Latin name, or a Greek sign before it, is no such word. */
export function findMixedScript(text: string): readonly FoundWord[] {
  if (!OTHER.test(text)) return [];
  const found: FoundWord[] = [];
  for (const match of text.matchAll(WORD)) {
    const [word] = match;
    if (word.length < 3 || !OTHER.test(word) || !LATIN.test(word)) continue;
    const foreign = [...word].filter((letter) => OTHER.test(letter));
    const latin = [...word].filter((letter) => LATIN.test(letter));
    if (latin.length < 2 || foreign.length > latin.length || !foreign.every((letter) => LOOKALIKE.test(letter)))
      continue;
    if (isInflected(word) && OTHER.test(lineAround(text, match.index).replaceAll(word, ''))) continue;
    found.push({ word, letter: foreign[0]!, start: match.index, end: match.index + word.length });
  }
  return found;
}

/** Latin letters, then the other ones: `JSONа` in a Russian sentence. */
function isInflected(word: string): boolean {
  return /^\p{Script=Latin}+[^\p{Script=Latin}]+$/u.test(word);
}
