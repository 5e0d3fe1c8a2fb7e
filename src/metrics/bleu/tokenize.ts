import { requireText } from '../check.ts';
import { splitWords, trimEnd } from '../text.ts';

/** sacreBLEU's tokenizers that need no model: `13a` is the field's default, `zh` is for Chinese, `intl` splits on Unicode punctuation. */
export type BleuTokenizer = '13a' | 'intl' | 'zh' | 'char' | 'none';

// The u flag makes "not a digit" one code point, as in Python; without it half an astral character would match.
const WESTERN_SYMBOLS = /[{-~[-` -&(-+:-@/]/g;
const STOP_AFTER_NONDIGIT = /([^0-9])([.,])/gu;
const STOP_BEFORE_NONDIGIT = /([.,])([^0-9])/gu;
const DASH_AFTER_DIGIT = /([0-9])-/g;

function splitWestern(text: string): string {
  return text
    .replace(WESTERN_SYMBOLS, ' $& ')
    .replace(STOP_AFTER_NONDIGIT, '$1 $2 ')
    .replace(STOP_BEFORE_NONDIGIT, ' $1 $2')
    .replace(DASH_AFTER_DIGIT, '$1 - ');
}

// mteval-v13a: the padding spaces let its rules see the text's ends, and "&amp;" before "&lt;" makes "&amp;lt;" a "<".
function split13a(text: string): string {
  const unescaped = text
    .replaceAll('<skipped>', '')
    .replaceAll('-\n', '')
    .replaceAll('\n', ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>');
  return splitWestern(` ${unescaped} `);
}

// sacreBLEU writes its planes above U+FFFF as Python '\u20000', which is U+2000 and a "0". Compared as strings these bounds come
// to U+2001-U+2A6D and U+2F81-U+2FA1: arrows and curly quotes are split, rare ideographs aren't. Scores depend on it.
const CHINESE =
  /[\u2001-\u2a6d\u2e80-\u2eff\u2f00-\u2fdf\u2ff0-\u303f\u3100-\u312f\u31a0-\u31bf\u31c0-\u31ef\u3200-\u33ff\u3400-\u4db5\u4e00-\u9fbb\uf900-\ufa2d\ufa30-\ufa6a\ufa70-\ufad9\ufe10-\ufe1f\ufe30-\ufe4f\uff00-\uffef]/g;

const TOKENIZERS: { readonly [name in BleuTokenizer]: (text: string) => string[] } = {
  '13a': (text) => splitWords(split13a(text)),
  intl: (text) =>
    splitWords(
      text
        .replace(/(\P{N})(\p{P})/gu, '$1 $2 ')
        .replace(/(\p{P})(\P{N})/gu, ' $1 $2')
        .replace(/\p{S}/gu, ' $& '),
    ),
  // No padding here, unlike 13a, so a comma at the very start or end stays on its word; white space at the ends goes first.
  zh: (text) => splitWords(splitWestern(trimStart(text).replace(CHINESE, ' $& '))),
  char: (text) => Array.from(splitWords(text).join('')),
  none: splitWords,
};

function trimStart(text: string): string {
  const first = splitWords(text)[0];
  return first === undefined ? '' : text.slice(text.indexOf(first));
}

/**
 * The tokens that BLEU counts, as sacreBLEU 2.6 splits them.
 *
 * @example
 * bleuTokenize('It costs $1,234.56, right?', '13a'); // ['It', 'costs', '$', '1,234.56', ',', 'right', '?']
 * @throws RangeError for a tokenizer that isn't one of the five.
 */
export function bleuTokenize(text: string, tokenizer: BleuTokenizer = '13a'): string[] {
  requireText(text, 'text');
  if (!Object.hasOwn(TOKENIZERS, tokenizer)) {
    throw new RangeError(`unknown tokenizer "${tokenizer}", use one of ${Object.keys(TOKENIZERS).join(', ')}`);
  }
  return TOKENIZERS[tokenizer](trimEnd(text));
}
