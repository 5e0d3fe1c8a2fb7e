import { isUtf8 } from 'node:buffer';

export type Decoded =
  | { readonly text: string }
  | { readonly message: string; readonly offset: number; readonly text: string };

/** Bytes to text, strictly: what is not UTF-8, or holds NUL, is said with its place rather than read as something else. */
export function decode(bytes: Uint8Array): Decoded {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (isUtf16) return notUtf8(buffer, 0, 'is UTF-16; save it as UTF-8');
  if (!isUtf8(bytes)) {
    const at = firstInvalid(bytes);
    const byte = bytes[at]!.toString(16).padStart(2, '0');
    return notUtf8(
      buffer,
      at,
      `is not UTF-8: the byte 0x${byte} at offset ${at} begins no character; save it as UTF-8`,
    );
  }
  const text = buffer.toString('utf8');
  const nul = text.indexOf('\0');
  return nul < 0 ? { text } : { message: 'holds a NUL byte, which no text has', offset: nul, text };
}

function notUtf8(buffer: Buffer, at: number, message: string): Decoded {
  const text = buffer.toString('utf8', 0, at);
  return { message, offset: text.length, text: buffer.toString('utf8') };
}

/** Where the first character begins that is none. By halves: the longest prefix that may still become UTF-8. */
function firstInvalid(bytes: Uint8Array): number {
  const mayBecomeUtf8 = (end: number): boolean => {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, end), { stream: true });
      return true;
    } catch {
      return false;
    }
  };
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (mayBecomeUtf8(middle)) low = middle;
    else high = middle - 1;
  }
  // The prefix may end inside a character that is never finished.
  let start = Math.min(low, bytes.length - 1);
  while (start > 0 && start > low - 4 && !isUtf8(bytes.subarray(0, start))) start--;
  return start;
}
