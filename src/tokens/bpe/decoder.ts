import type { EncodingSpec } from './encodings.ts';
import type { Tables } from './tables/format.ts';

/**
 * Text of token ids. A token's bytes are its halves' bytes, down to single bytes, so no table of
 * texts is kept. Bytes that are no UTF-8 (ids cut out of a longer text) come out as U+FFFD.
 */
export function decodeIds(ids: readonly number[], tables: Tables, { specials, size }: EncodingSpec): string {
  let bytes = new Uint8Array(Math.max(64, ids.length * 6));
  let length = 0;
  const push = (byte: number): void => {
    if (length === bytes.length) {
      const larger = new Uint8Array(length * 2);
      larger.set(bytes);
      bytes = larger;
    }
    bytes[length++] = byte;
  };
  const { left, right } = tables;
  const pending: number[] = [];
  for (const id of ids) {
    if (isToken(id, right, size)) {
      pending.push(id);
      for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
        if (left[next]! < 0) push(~left[next]!);
        else pending.push(right[next]!, left[next]!);
      }
      continue;
    }
    const special = specials[id];
    if (special === undefined) throw new RangeError(`Token id ${id} is not in this encoding`);
    for (let at = 0; at < special.length; at++) push(special.charCodeAt(at));
  }
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, length));
}

function isToken(id: number, right: Int32Array, size: number): boolean {
  return Number.isInteger(id) && id >= 0 && id < size && right[id]! >= -1;
}
