/**
 * The cosine of the angle between two vectors, -1 to 1.
 *
 * @throws RangeError for vectors of different lengths, of length or norm 0, or with a NaN.
 * @example cosineSimilarity([1, 0], [1, 1]); // 0.7071
 */
export function cosineSimilarity(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) throw new RangeError(`vectors of ${a.length} and ${b.length} numbers can't be compared`);
  const [first, second] = [normalize(a), normalize(b)];
  return Math.max(-1, Math.min(1, dot(first, second)));
}

/** The vector scaled to length 1. Scaled twice, so that neither huge nor tiny numbers overflow when squared. */
export function normalize(vector: readonly number[]): Float64Array {
  let largest = 0;
  for (const value of vector) {
    if (!Number.isFinite(value)) throw new RangeError(`a vector has ${value} in it`);
    largest = Math.max(largest, Math.abs(value));
  }
  if (largest === 0) throw new RangeError('a vector of zeros has no direction');
  const scaled = Float64Array.from(vector, (value) => value / largest);
  const norm = Math.sqrt(dot(scaled, scaled));
  return scaled.map((value) => value / norm);
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!;
  return sum;
}
