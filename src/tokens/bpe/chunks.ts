import type { OpenWindow, Window } from './window.ts';

/** Characters taken at once: few enough that their bytes and pieces stay in the processor's cache. */
const CHUNK = 1 << 14;
/** Shorter texts are turned to bytes here: a call into the encoder costs as much as this many characters. */
const SHORT = 256;
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
  /** What the pieces are in. A piece longer than the common window gets a larger one for the rest of its text. */
  window: Window;
  /** Where the first of the pieces that `next` made ready starts. */
  from = 0;
  private to = 0;
  private filled = 0;
  private text = '';
  private taken = 0;
  private readonly common: Window;
  private readonly open: OpenWindow;

  constructor(open: OpenWindow) {
    this.open = open;
    this.common = open(BUFFER);
    this.window = this.common;
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
      const { split, ends } = this.window;
      const count = split(this.from, this.filled);
      const isWhole = this.taken === this.text.length && ends[count - 1] === this.filled;
      const settled = isWhole ? count : count - UNSETTLED;
      if (settled > 0) {
        this.to = ends[settled - 1]!;
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
      const short = take <= SHORT ? this.window.write(text, taken, taken + take, this.filled) : -1;
      this.filled = short >= 0 ? short : this.write(taken, take);
      this.taken = taken + take;
    }
    this.window.bytes[this.filled] = SENTINEL;
  }

  private write(taken: number, take: number): number {
    const { text, filled } = this;
    const { bytes } = this.window;
    const part = take === text.length ? text : text.slice(taken, taken + take);
    return filled + encoder.encodeInto(part, filled === 0 ? bytes : bytes.subarray(filled)).written;
  }

  /** Moves what is left to the front, in a larger window if `size` more bytes would not fit. */
  private makeRoom(size: number): void {
    const { to, filled } = this;
    const { bytes } = this.window;
    if (filled + size + MARGIN <= bytes.length) return;
    const needed = filled - to + size + MARGIN;
    if (needed > bytes.length) this.window = this.open(needed);
    this.window.bytes.set(bytes.subarray(to, filled));
    this.filled = filled - to;
    this.to = 0;
  }

  private finish(): 0 {
    this.text = '';
    this.taken = 0;
    this.window = this.common;
    return 0;
  }
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code < 0xdc00;
}
