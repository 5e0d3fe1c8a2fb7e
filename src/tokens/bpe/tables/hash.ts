/** Spreads a word's bits so that the top ones are good enough to pick a slot. */
export function mix(word: number): number {
  return Math.imul(word ^ (word >>> 15), 0x2c1b3c6d);
}

/** A piece of up to twelve bytes in three words, summed up so that the top bits are good enough to pick a slot. */
export function sumOfWords(first: number, second: number, third: number): number {
  return (Math.imul(first, 0x9e3779b1) + Math.imul(second, 0x85ebca77) + Math.imul(third, 0xc2b2ae3d)) | 0;
}

/** Hash of a piece of up to twelve bytes in three words. */
export function hashOfWords(first: number, second: number, third: number): number {
  return mix(sumOfWords(first, second, third));
}
