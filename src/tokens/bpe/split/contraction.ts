const S = 0x73;
const T = 0x74;
const R = 0x72;
const V = 0x76;
const M = 0x6d;
const L = 0x6c;
const D = 0x64;
const E = 0x65;

/**
 * Length in bytes of `(?i:'s|'t|'re|'ve|'m|'ll|'d)` at `at`, where an apostrophe stands; 0 if the
 * pattern does not match there. Under Unicode's simple case folding U+017F (long s, C5 BF) is an s.
 */
export function contractionAt(bytes: Uint8Array, at: number): number {
  const first = bytes[at + 1]! | 0x20;
  if (first === S || first === T || first === M || first === D) return 2;
  if (bytes[at + 1] === 0xc5 && bytes[at + 2] === 0xbf) return 3;
  const second = bytes[at + 2]! | 0x20;
  if ((first === R || first === V) && second === E) return 3;
  return first === L && second === L ? 3 : 0;
}

/** The same for `'s|'t|'re|'ve|'m|'ll|'d`, which knows small letters only. */
export function smallContractionAt(bytes: Uint8Array, at: number): number {
  const first = bytes[at + 1]!;
  if (first === S || first === T || first === M || first === D) return 2;
  const second = bytes[at + 2]!;
  if ((first === R || first === V) && second === E) return 3;
  return first === L && second === L ? 3 : 0;
}
