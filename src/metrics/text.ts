// The references are Python programs, and their idea of white space isn't JavaScript's: str.split(), str.strip() and
// re's \s know the separators U+001C to U+001F and U+0085, and don't know U+FEFF.
const SPACE = '\\t-\\r\\x1c- \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const SPACES: RegExp = /* @__PURE__ */ new RegExp(`[${SPACE}]+`, 'g');

const isSpace = (unit: number): boolean =>
  unit === 32 ||
  (unit >= 9 && unit <= 13) ||
  (unit >= 0x1c && unit <= 0x1f) ||
  unit === 0x85 ||
  unit === 0xa0 ||
  (unit >= 0x1680 &&
    (unit === 0x1680 ||
      (unit >= 0x2000 && unit <= 0x200a) ||
      unit === 0x2028 ||
      unit === 0x2029 ||
      unit === 0x202f ||
      unit === 0x205f ||
      unit === 0x3000));

/** The words between white space, as Python's `str.split()` gives them: never an empty one. */
export function splitWords(text: string): string[] {
  const words: string[] = [];
  let start = -1;
  for (let at = 0; at < text.length; at++) {
    if (isSpace(text.charCodeAt(at))) {
      if (start >= 0) words.push(text.slice(start, at));
      start = -1;
    } else if (start < 0) start = at;
  }
  if (start >= 0) words.push(text.slice(start));
  return words;
}

/** The text without its trailing white space, as Python's `str.rstrip()`. */
export function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && isSpace(text.charCodeAt(end - 1))) end--;
  return text.slice(0, end);
}

/** The text without any white space, as Python's `''.join(text.split())`. */
export function withoutSpaces(text: string): string {
  return text.replace(SPACES, '');
}

/** The code points of a text: metrics count what Python counts, not UTF-16 units. */
export function codePoints(text: string): Int32Array {
  const points = new Int32Array(text.length);
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const point = text.codePointAt(at) as number;
    if (point > 0xffff) at++;
    points[count++] = point;
  }
  return points.subarray(0, count);
}
