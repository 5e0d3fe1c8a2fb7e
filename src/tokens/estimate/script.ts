/** Kinds of text whose tokens differ from one vocabulary to the next by about the same ratio. */
export type Script =
  | 'english'
  | 'latin'
  | 'digits'
  | 'symbols'
  | 'cyrillic'
  | 'greek'
  | 'hebrew'
  | 'arabic'
  | 'indic'
  | 'thai'
  | 'han'
  | 'kana'
  | 'hangul'
  | 'emoji'
  | 'other';

/** From each code point to the next entry's, by Unicode block; `mark` joins what stands before it. */
const BLOCKS: readonly (readonly [start: number, kind: Script | 'mark'])[] = [
  [0x0080, 'symbols'],
  [0x00c0, 'latin'],
  [0x0300, 'mark'],
  [0x0370, 'greek'],
  [0x0400, 'cyrillic'],
  [0x0530, 'other'],
  [0x0590, 'hebrew'],
  [0x0600, 'arabic'],
  [0x0700, 'other'],
  [0x0750, 'arabic'],
  [0x0780, 'other'],
  [0x08a0, 'arabic'],
  [0x0900, 'indic'],
  [0x0e00, 'thai'],
  [0x0e80, 'other'],
  [0x1100, 'hangul'],
  [0x1200, 'other'],
  [0x1e00, 'latin'],
  [0x1f00, 'greek'],
  [0x2000, 'symbols'],
  [0x200c, 'mark'],
  [0x200e, 'symbols'],
  [0x2600, 'emoji'],
  [0x27c0, 'symbols'],
  [0x2c00, 'other'],
  [0x2e80, 'han'],
  [0x3040, 'kana'],
  [0x3100, 'han'],
  [0x3130, 'hangul'],
  [0x3190, 'han'],
  [0x31f0, 'kana'],
  [0x3200, 'han'],
  [0xa000, 'other'],
  [0xac00, 'hangul'],
  [0xd800, 'other'],
  [0xf900, 'han'],
  [0xfb00, 'latin'],
  [0xfb1d, 'hebrew'],
  [0xfb50, 'arabic'],
  [0xfe00, 'mark'],
  [0xfe10, 'han'],
  [0xfe70, 'arabic'],
  [0xff00, 'han'],
  [0xfff0, 'other'],
  [0x1f000, 'emoji'],
  [0x1fb00, 'symbols'],
  [0x1fc00, 'other'],
  [0x20000, 'han'],
  [0x40000, 'other'],
];

/** The kind of one code point; an ASCII letter is `english`. */
export function scriptOf(codePoint: number): Script | 'mark' {
  if (codePoint < 0x80) {
    const letter = codePoint | 0x20;
    if (letter >= 0x61 && letter <= 0x7a) return 'english';
    return codePoint >= 0x30 && codePoint <= 0x39 ? 'digits' : 'symbols';
  }
  let low = 0;
  let high = BLOCKS.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (BLOCKS[middle]![0] <= codePoint) low = middle;
    else high = middle - 1;
  }
  return BLOCKS[low]![1];
}
