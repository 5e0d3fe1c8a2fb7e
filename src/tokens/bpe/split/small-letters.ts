/** The top bit of each byte that is no letter a to z, of four in a word. */
function othersOf(word: number): number {
  // Bytes below 0x80: adding 0x1f carries into the top bit from 'a' on, adding 5 from past 'z' on.
  return ~((word + 0x1f1f1f1f) & ~(word + 0x05050505) & ~word) & 0x80808080;
}

/** How many bytes stand before the lowest bit set; four if none is. */
function bytesBefore(others: number): number {
  return (32 - Math.clz32((others & -others) - 1)) >> 3;
}

/**
 * Where the run of letters a to z from `at` ends. Eight bytes at a time and without a branch: where a
 * word ends cannot be guessed, and a wrong guess costs the processor more than the word does.
 */
export function endOfSmallLetters(view: DataView, at: number): number {
  for (;;) {
    const first = bytesBefore(othersOf(view.getInt32(at, true)));
    const second = bytesBefore(othersOf(view.getInt32(at + 4, true)));
    const length = first + (first >> 2) * second;
    at += length;
    if (length < 8) return at;
  }
}
