import { closeSync, fstatSync, fsync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { diskError } from './disk-error.ts';

const NEWLINE = 0x0a;
const BLOCK = 256 * 1024;
const READ_BACK = 32 * 1024;
const SYNC_EVERY_MS = 1000;
const RESUME_HINT = 'Free some space, then go on with `promptctl eval --resume`';

/**
 * An append-only file of JSON lines. A line is handed to the system before `append` returns, so it outlives the process; the file is
 * synced to the disk each second and on `close`, so all but the last second outlives the machine.
 */
export class Journal {
  readonly path: string;
  readonly #file: number;
  #end: number;
  #isDirty = false;
  #isClosed = false;
  #syncError: Error | undefined;
  readonly #timer: NodeJS.Timeout;
  /** What was last read back, and where it stands: lines that are asked for together stand together. */
  #block: Buffer = Buffer.alloc(0);
  #blockAt = 0;
  #room: Buffer = Buffer.alloc(0);

  private constructor(path: string, flags: 'wx+' | 'a+') {
    this.path = path;
    try {
      this.#file = openSync(path, flags);
    } catch (error) {
      throw diskError(error, path);
    }
    this.#end = fstatSync(this.#file).size;
    this.#timer = setInterval(() => this.#syncSoon(), SYNC_EVERY_MS);
    this.#timer.unref();
  }

  /** A new journal. @throws PromptctlError where the file exists or can't be written. */
  static create(path: string): Journal {
    return new Journal(path, 'wx+');
  }

  /** An existing journal, or a new one; a last line without its end, torn when the process died, is cut off. */
  static open(path: string): Journal {
    const journal = new Journal(path, 'a+');
    journal.#cutTornLine();
    return journal;
  }

  /** Appends one line and returns where it starts. @throws PromptctlError where the disk refuses; the file then ends with the line before. */
  append(line: string): number {
    if (this.#syncError) throw diskError(this.#syncError, this.path, RESUME_HINT);
    const start = this.#end;
    const text = `${line}\n`;
    try {
      const written = writeSync(this.#file, text);
      this.#end += written;
      const size = Buffer.byteLength(text);
      if (written < size) this.#writeRest(Buffer.from(text), written);
    } catch (error) {
      this.#takeBack(start);
      throw diskError(error, this.path, RESUME_HINT);
    }
    this.#isDirty = true;
    return start;
  }

  /** The line that starts at `offset`, as `append` returned it. */
  read(offset: number): string {
    for (let size = READ_BACK; ; size *= 2) {
      const start = offset - this.#blockAt;
      const end = start < 0 || start >= this.#block.length ? -1 : this.#block.indexOf(NEWLINE, start);
      if (end >= 0) return this.#block.toString('utf8', start, end);
      if (this.#room.length < size) this.#room = Buffer.allocUnsafe(size);
      const taken = readSync(this.#file, this.#room, 0, size, offset);
      this.#block = this.#room.subarray(0, taken);
      this.#blockAt = offset;
      if (taken < size && !this.#block.includes(NEWLINE)) return this.#block.toString('utf8');
    }
  }

  /** Every whole line with its offset, in the order written. */
  *lines(): Iterable<{ readonly line: string; readonly offset: number }> {
    const block = Buffer.allocUnsafe(BLOCK);
    let rest: Buffer = Buffer.alloc(0);
    let restAt = 0;
    for (let at = 0; at < this.#end;) {
      const taken = readSync(this.#file, block, 0, BLOCK, at);
      if (taken === 0) break;
      at += taken;
      const bytes = rest.length === 0 ? block.subarray(0, taken) : Buffer.concat([rest, block.subarray(0, taken)]);
      let start = 0;
      for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
        yield { line: bytes.toString('utf8', start, end), offset: restAt + start };
        start = end + 1;
      }
      rest = Buffer.from(bytes.subarray(start));
      restAt += start;
    }
  }

  /** Syncs to the disk and lets the file go; a second call does nothing. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearInterval(this.#timer);
    try {
      if (this.#isDirty) fsyncSync(this.#file);
    } catch (error) {
      throw diskError(error, this.path, RESUME_HINT);
    } finally {
      closeSync(this.#file);
    }
  }

  #syncSoon(): void {
    if (!this.#isDirty) return;
    this.#isDirty = false;
    fsync(this.#file, (error) => {
      // The file was closed, and synced, in between.
      if (error && error.code !== 'EBADF') this.#syncError = error;
    });
  }

  #writeRest(bytes: Buffer, written: number): void {
    for (let at = written; at < bytes.length;) {
      const more = writeSync(this.#file, bytes, at);
      at += more;
      this.#end += more;
    }
  }

  #takeBack(start: number): void {
    this.#block = Buffer.alloc(0);
    try {
      ftruncateSync(this.#file, start);
      this.#end = start;
    } catch {
      // The write's own error is the one to tell; a torn line is cut off when the journal is next opened.
    }
  }

  #cutTornLine(): void {
    const block = Buffer.allocUnsafe(BLOCK);
    for (let end = this.#end; end > 0;) {
      const from = Math.max(0, end - BLOCK);
      const taken = readSync(this.#file, block, 0, end - from, from);
      const last = block.subarray(0, taken).lastIndexOf(NEWLINE);
      if (last < 0) {
        end = from;
        continue;
      }
      if (from + last + 1 === this.#end) return;
      return this.#truncate(from + last + 1);
    }
    if (this.#end > 0) this.#truncate(0);
  }

  #truncate(size: number): void {
    ftruncateSync(this.#file, size);
    this.#end = size;
  }
}
