/**
 * Numbers from 0 up to 1 that depend on nothing but the seed (sfc32 by Chris Doty-Humphrey, 2^128 states): the same seed gives the
 * same interval on every machine.
 */
export function seededRandom(seed: number): () => number {
  let [a, b, c, counter] = [0, Math.trunc(seed / 2 ** 32) | 0, seed | 0, 1];
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let warmUp = 0; warmUp < 12; warmUp++) next();
  return next;
}
