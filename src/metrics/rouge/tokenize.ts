import { porterStem } from '../porter-stem.ts';

/**
 * ROUGE's tokens: runs of a-z and 0-9 in the lowercased text, nothing else. Tokens longer than three letters are stemmed on request.
 * Text in other scripts gives no tokens at all, and accented letters cut a word in two: see `rougeBlindShare`.
 *
 * @example rougeTokenize('Naïve cafés closed', { stemmer: true }); // ['na', 've', 'caf', 's', 'close']
 */
export function rougeTokenize(text: string, options: { readonly stemmer?: boolean } = {}): string[] {
  const tokens: string[] = text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return options.stemmer ? tokens.map(stemLong) : tokens;
}

/**
 * The share of a text's letters and digits that ROUGE throws away, 0 to 1: 0 for plain English, 1 for Chinese or Russian, whose
 * ROUGE is 0 against anything, themselves included. NaN never: a text without letters or digits has 0.
 *
 * @example rougeBlindShare('Оплата прошла'); // 1
 */
export function rougeBlindShare(text: string): number {
  let [letters, seen] = [0, 0];
  for (const letter of text.toLowerCase().match(/[\p{L}\p{N}]/gu) ?? []) {
    letters++;
    if (/[a-z0-9]/.test(letter)) seen++;
  }
  return letters === 0 ? 0 : 1 - seen / letters;
}

const STEMS_KEPT = 10_000;
const stemByToken = new Map<string, string>();

// Text repeats its words; stemming costs far more than a look-up.
function stemLong(token: string): string {
  if (token.length <= 3) return token;
  let stem = stemByToken.get(token);
  if (stem === undefined) {
    stem = porterStem(token);
    if (stemByToken.size >= STEMS_KEPT) stemByToken.clear();
    stemByToken.set(token, stem);
  }
  return stem;
}
