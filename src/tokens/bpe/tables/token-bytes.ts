/** The halves of each token's last merge say all there is to know of a vocabulary. */
export interface Splits {
  readonly left: Int32Array;
  readonly right: Int32Array;
}

/** The bytes of all tokens in a row; token `id` ends at ends[id]. A hole in the ids has none. */
export interface TokenBytes {
  readonly bytes: Uint8Array;
  readonly ends: Int32Array;
}

export function tokenBytes({ left, right }: Splits): TokenBytes {
  const ends = new Int32Array(left.length);
  const lengthOf = (id: number): number => ends[id]! - (id === 0 ? 0 : ends[id - 1]!);
  let size = 0;
  for (let id = 0; id < left.length; id++) {
    if (left[id]! >= 0) size += lengthOf(left[id]!) + lengthOf(right[id]!);
    else if (right[id] === -1) size++;
    ends[id] = size;
  }
  const bytes = new Uint8Array(size);
  for (let id = 0, at = 0; id < left.length; id++) {
    if (left[id]! < 0) {
      if (right[id] === -1) bytes[at++] = ~left[id]!;
      continue;
    }
    for (const half of [left[id]!, right[id]!]) {
      for (let from = ends[half]! - lengthOf(half); from < ends[half]!; from++) bytes[at++] = bytes[from]!;
    }
  }
  return { bytes, ends };
}
