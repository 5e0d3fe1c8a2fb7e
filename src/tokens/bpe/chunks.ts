import type { CharClasses } from './split/char-class.ts';
import type { Split } from './split/index.ts';

/** Characters taken at once: few enough that their bytes and pieces stay in the processor's cache. */
const CHUNK = 1 << 14;
/** Shorter texts are turned to bytes here: a call into the encoder costs as much as this many characters. */
const SHORT = 48;
/** Room past the text for the splitter's sentinel and for reading a last piece in whole words. */
const MARGIN = 16;
const SENTINEL = 0x20;
const BUFFER = 3 * CHUNK + CHUNK + MARGIN;
/**
 * To cut a piece the splitter looks at most at the first character of the third piece after it, so
 * all but the last four pieces of a part of a text are as they would be in the whole.
 */
const UNSETTLED = 4;

const encoder = new TextEncoder();

/**
 * Walks a text as UTF-8 pieces, a chunk at a time, so that 100 MB of text needs no copy of 100 MB.
 * A lone surrogate comes out as U+FFFD, as in the reference.
 */
export class Chunks {
  bytes: Uint8Array = new Uint8Array(BUFFER);
  view: DataView = new DataView(this.bytes.buffer);
  /** Where the pieces that `next` made ready end. */
  readonly ends: Int32Array = new Int32Array(CHUNK);
  /** Room for what the pieces turn out to be, and for which are no known tokens. */
  readonly ids: Int32Array = new Int32Array(CHUNK);
  readonly missing: Int32Array = new Int32Array(CHUNK);
  /** Where the first of them starts. */
  from = 0;
  private to = 0;
  private filled = 0;
  private text = '';
  private taken = 0;
  private readonly split: Split;
  private readonly classes: CharClasses;

  constructor(split: Split, classes: CharClasses) {
    this.split = split;
    this.classes = classes;
  }

  start(text: string): void {
    this.text = text;
    this.taken = 0;
    this.to = 0;
    this.filled = 0;
  }

  /** Makes the next pieces ready and returns how many there are; 0 at the end of the text. */
  next(): number {
    if (this.filled === this.to && this.taken === this.text.length) return this.finish();
    if (this.filled - this.to < CHUNK) this.fill();
    for (;;) {
      this.from = this.to;
      const count = this.split(this.bytes, this.view, this.from, this.filled, this.ends, this.classes);
      const isWhole = this.taken === this.text.length && this.ends[count - 1] === this.filled;
      const settled = isWhole ? count : count - UNSETTLED;
      if (settled > 0) {
        this.to = this.ends[settled - 1]!;
        return settled;
      }
      this.fill();
    }
  }

  /** Takes more text, at least as much as there is already, so that one long piece is cut anew only a few times. */
  private fill(): void {
    const { text, taken } = this;
    let take = Math.min(text.length - taken, Math.max(CHUNK, this.filled - this.to));
    if (take > 1 && taken + take < text.length && isHighSurrogate(text.charCodeAt(taken + take - 1))) take--;
    if (take > 0) {
      this.makeRoom(3 * take);
      this.filled = take <= SHORT ? this.writeShort(taken, take) : this.write(taken, take);
      this.taken = taken + take;
    }
    this.bytes[this.filled] = SENTINEL;
  }

  private writeShort(taken: number, take: number): number {
    const { text, bytes } = this;
    let at = this.filled;
    for (let index = taken; index < taken + take; index++) {
      const code = text.charCodeAt(index);
      if (code < 0x80) {
        bytes[at++] = code;
      } else if (code < 0x800) {
        bytes[at++] = 0xc0 | (code >> 6);
        bytes[at++] = 0x80 | (code & 0x3f);
      } else if (code < 0xd800 || code >= 0xe000) {
        bytes[at++] = 0xe0 | (code >> 12);
        bytes[at++] = 0x80 | ((code >> 6) & 0x3f);
        bytes[at++] = 0x80 | (code & 0x3f);
      } else {
        return this.write(taken, take);
      }
    }
    return at;
  }

  private write(taken: number, take: number): number {
    const { text, bytes, filled } = this;
    const part = take === text.length ? text : text.slice(taken, taken + take);
    return filled + encoder.encodeInto(part, filled === 0 ? bytes : bytes.subarray(filled)).written;
  }

  /** Moves what is left to the front, into a larger buffer if `size` more bytes would not fit. */
  private makeRoom(size: number): void {
    const { bytes, to, filled } = this;
    if (filled + size + MARGIN <= bytes.length) return;
    const needed = filled - to + size + MARGIN;
    if (needed > bytes.length) this.allocate(needed);
    this.bytes.set(bytes.subarray(to, filled));
    this.filled = filled - to;
    this.to = 0;
  }

  private allocate(size: number): void {
    this.bytes = new Uint8Array(size);
    this.view = new DataView(this.bytes.buffer);
  }

  private finish(): 0 {
    this.text = '';
    this.taken = 0;
    if (this.bytes.length > BUFFER) this.allocate(BUFFER);
    return 0;
  }
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code < 0xdc00;
}
