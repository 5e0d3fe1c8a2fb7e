/** Characters on which the three patterns, or other tokenizers, are known to go different ways. */
const ALPHABETS: readonly (readonly string[])[] = [
  [...'etaoinshrdlu ETAOIN'],
  [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'],
  [...'0123456789٣٤Ⅷ½²①๓'],
  [' ', ' ', '  ', '\t', '\n', '\r\n', '\r', '\u000b', '\u0085', '\u00a0', '\u2003', '\u2028', '\u3000', '\ufeff'],
  ["'s", "'S", "'t", "'re", "'Ve", "'LL", "'d", "'m", "'ſ", "'", '’s', "''", "'l", "'r"],
  [...'.,:;!?-_/\\()[]{}<>|@#$%^&*+=~`"'],
  ['//', '/\n', '\n/', '*/', '<|endoftext|>', '<|im_start|>', '{{name}}', '=>', '/'],
  ['\u0301', '\u0308', '\u0e31', '\ufe0f', '\u200d', '\u20dd', '\u0903', 'e\u0301', 'ک', 'ि'],
  [...'ǅǈʰʕªºℝſßİıΩωЖжաԱაꙮ'],
  [...'中文日本語人工智能的是了我们こんにちはカタカナー안녕하세요'],
  [...'العربيةكتبفيמשלוםहिन्दीภาษาไทยதமிழ்'],
  [...'😀🎉🔥', '👩‍💻', '👍🏽', '🇩🇪', '1️⃣', '❤️', '\u{1f9ff}'],
  ['\u0000', '\u0001', '\u007f', '\u00ad', '\u200b', '\ufffd', '\uffff', '\u{10ffff}', '\ue000'],
  ['\u1c89', '\ua7ce', '\u088f', '\u0378', '\u{10d40}', '\u{1e4f0}', '\u{11bc0}', '\u{16d40}', '\u{105c0}'],
  ['the', ' and', ' function', 'return', ' const', 'Hello', ' World', 'getElementById', 'HTMLElement', ' über'],
];

/** `count` strings of 1 to about 80 characters, the same for the same seed on every machine. */
export function* fuzzStrings(seed: number, count: number): Generator<string> {
  let state = seed;
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let word = Math.imul(state ^ (state >>> 15), 1 | state);
    word = (word + Math.imul(word ^ (word >>> 7), 61 | word)) ^ word;
    return ((word ^ (word >>> 14)) >>> 0) % limit;
  };
  const part = (alphabets: readonly (readonly string[])[]): string => {
    if (below(40) === 0) return codePoint(below(below(2) === 0 ? 0x3000 : 0x110000));
    const alphabet = alphabets[below(alphabets.length)]!;
    return alphabet[below(alphabet.length)]!;
  };
  for (let made = 0; made < count; made++) {
    // Two or three alphabets in one string bring their borders out more often than all of them do.
    const few = [below, below, below].map((pick) => ALPHABETS[pick(ALPHABETS.length)]!);
    const alphabets = below(4) === 0 ? ALPHABETS : few;
    let text = '';
    for (let parts = 1 + below(below(3) === 0 ? 60 : 14); parts > 0; parts--) {
      const next = part(alphabets);
      text += below(12) === 0 ? next.repeat(1 + below(12)) : next;
    }
    yield text;
  }
}

/** A code point's text; surrogates, which are no characters, give U+FFFD. */
function codePoint(code: number): string {
  return code >= 0xd800 && code < 0xe000 ? '\ufffd' : String.fromCodePoint(code);
}
