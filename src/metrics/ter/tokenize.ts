import { splitWords, trimEnd } from '../text.ts';

export interface TerOptions {
  /** Splits punctuation off words and joins lines, as Tercom's normaliser; off by default. */
  readonly normalized?: boolean;
  /** Drops ASCII punctuation. */
  readonly noPunct?: boolean;
  /** With `normalized` and `noPunct`: treats Chinese and Japanese characters and punctuation too. */
  readonly asianSupport?: boolean;
  readonly caseSensitive?: boolean;
}

// Tercom's blocks: ideographs, strokes, radicals, compatibility forms, enclosed letters (with Tercom's own bound, U+3F22).
const ASIAN =
  /[\u4e00-\u9fff\u3400-\u4dbf\u31c0-\u31ef\u2e80-\u2eff\u3300-\u33ff\uf900-\ufaff\ufe30-\ufe4f\u3200-\u3f22]/g;
const ASIAN_PUNCTUATION =
  /[\u3001\u3002\u3008-\u3011\u3014-\u301f\uff61-\uff65\u30fb\uff0e\uff0c\uff1f\uff1a\uff1b\uff01\uff02\uff08\uff09]/g;

/** TER's words, as sacreBLEU's port of the Tercom tokenizer gives them. */
export function tokenizeTer(text: string, options: TerOptions): string[] {
  let line = trimEnd(text);
  if (!options.caseSensitive) line = line.toLowerCase();
  if (options.normalized) {
    line = normalize(line);
    // Tercom also has rules for runs of kana, which can't match in a line that starts with a space; sacreBLEU keeps that.
    if (options.asianSupport) line = line.replace(ASIAN, ' $& ').replace(ASIAN_PUNCTUATION, ' $& ');
  }
  if (options.noPunct) {
    line = line.replace(/[.,?:;!"()]/g, '');
    if (options.asianSupport) line = line.replace(ASIAN_PUNCTUATION, '');
  }
  return splitWords(line);
}

function normalize(line: string): string {
  const joined = line
    .replaceAll('\n-', '')
    .replaceAll('\n', ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>');
  return ` ${joined} `
    .replace(/[{-~[-` -&(-+:-@/]/g, ' $& ')
    .replace(/'s /g, " 's ")
    .replace(/'s$/g, " 's")
    .replace(/([^0-9])([.,])/gu, '$1 $2 ')
    .replace(/([.,])([^0-9])/gu, ' $1 $2')
    .replace(/([0-9])-/g, '$1 - ');
}
