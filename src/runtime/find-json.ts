/** A JSON value found in a text. */
export interface FoundJson {
  readonly value: unknown;
  /** How deep its lists and objects nest; 0 for a scalar. */
  readonly depth: number;
  /** How many members its objects have as written, a key given twice counted twice. */
  readonly members: number;
}

/** Why there is no JSON value in a text: what should be there, and what is. */
export interface NoJson {
  readonly missing: string;
  readonly instead: string;
}

/**
 * The JSON value that a text is, or fences, or else the first complete list or object in it. A stretch in brackets that is
 * no JSON is passed over whole, so that nothing inside a broken or unfinished value is taken for the value.
 */
export function findJson(text: string): FoundJson | NoJson {
  const whole = text.trim();
  const fenced = /^```\w*\s([^]*)```$/.exec(whole)?.[1]?.trim();
  for (const candidate of fenced === undefined ? [whole] : [whole, fenced]) {
    const json = parse(candidate);
    if (json) return { ...json, ...measure(candidate, 0) };
  }
  const opening = /[[{]/g;
  const fence = /```[^\n`]*\n\s*(?=[[{])/.exec(text);
  if (fence) opening.lastIndex = fence.index + fence[0].length;
  let isBroken = false;
  for (let match = opening.exec(text); match; match = opening.exec(text)) {
    const { end, depth, members } = measure(text, match.index);
    if (end === undefined) return { missing: 'complete JSON', instead: 'JSON that ends too early' };
    const json = parse(text.slice(match.index, end));
    if (json) return { ...json, depth, members };
    isBroken = true;
    opening.lastIndex = end;
  }
  return { missing: 'valid JSON', instead: isBroken ? 'something close to it' : 'text without it' };
}

function parse(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    // A SyntaxError: that is the answer.
    return undefined;
  }
}

interface Stretch {
  /** Just after the bracket that closes the first one; undefined if none does. */
  readonly end: number | undefined;
  readonly depth: number;
  readonly members: number;
}

/** Measures the bracketed stretch that begins at `start`, or the scalar that is there. */
function measure(text: string, start: number): Stretch {
  let depth = 0;
  let deepest = 0;
  let members = 0;
  for (let i = start; i < text.length; i++) {
    const character = text[i];
    if (character === '"') i = endOfString(text, i);
    else if (character === ':') members++;
    else if (character === '{' || character === '[') deepest = Math.max(deepest, ++depth);
    else if ((character === '}' || character === ']') && --depth <= 0) return { end: i + 1, depth: deepest, members };
  }
  return { end: undefined, depth: deepest, members };
}

/** The index of the quote that closes the string opened at `start`, or the end of the text. */
function endOfString(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '"') return i;
  }
  return text.length;
}
