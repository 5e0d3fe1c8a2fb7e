/** Shannon entropy of a text, in bits a character. A random key over 62 characters has over 4; words and counters have less. */
export function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

/** How often a text changes between lower case, upper case, digits and the rest: names do it rarely, keys all the time. */
export function changesOfKind(text: string): number {
  let changes = 0;
  let before = kindOf(text.charCodeAt(0));
  for (let at = 1; at < text.length; at++) {
    const kind = kindOf(text.charCodeAt(at));
    if (kind !== before) changes++;
    before = kind;
  }
  return changes;
}

function kindOf(code: number): number {
  if (code >= 97 && code <= 122) return 0;
  if (code >= 65 && code <= 90) return 1;
  return code >= 48 && code <= 57 ? 2 : 3;
}

/** Words that stand where a key will be. */
const STAND_IN =
  /example|placeholder|redacted|changeme|change[-_]me|dummy|sample|insert|your[-_]|[-_]here|x{4}|\*{3}|\.{3}|…/i;
/** A run of one character, or of the alphabet or the digits in order. */
const LONGEST_RUN = 6;

/** Whether a value only shows where a key goes: `AKIAIOSFODNN7EXAMPLE`, `sk-XXXX`, `1234567890`. */
export function isStandIn(value: string): boolean {
  return STAND_IN.test(value) || longestRun(value) >= LONGEST_RUN;
}

function longestRun(text: string): number {
  let longest = 1;
  for (const step of [0, 1]) {
    let run = 1;
    for (let at = 1; at < text.length; at++) {
      run = text.charCodeAt(at) - text.charCodeAt(at - 1) === step ? run + 1 : 1;
      if (run > longest) longest = run;
    }
  }
  return longest;
}
