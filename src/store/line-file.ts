import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { PromptctlError } from '../model/index.ts';

const NEWLINE = 0x0a;
const BLOCK = 64 * 1024;

/** The lines of a text, each read when it is asked for; blank ones are left out. */
export interface Lines {
  readonly length: number;
  line(index: number): string;
  /** The number of a line in its file, from 1. */
  numberOf(index: number): number;
  close(): void;
}

/**
 * The lines of a file that may be large: of each only its place is kept. A file that is written to while it is open is noticed, since
 * its lines would no longer be where they were.
 *
 * @throws PromptctlError `unreadable` where the file can't be read
 */
export function openLines(path: string): Lines {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (cause) {
    throw new PromptctlError('unreadable', `${path} can't be read`, { cause });
  }
  const { size, mtimeMs } = fstatSync(file);
  const places = placesIn(file, size);
  let block = Buffer.alloc(0);
  let blockAt = 0;
  const mustBeAsBefore = (): void => {
    const now = fstatSync(file);
    if (now.size === size && now.mtimeMs === mtimeMs) return;
    throw new PromptctlError('unreadable', `${path} was written to while it was being read`, { hint: 'Start again' });
  };
  return {
    length: places.numbers.length,
    line(index) {
      const [start, end] = [places.bounds[2 * index]!, places.bounds[2 * index + 1]!];
      if (start < blockAt || end > blockAt + block.length) {
        mustBeAsBefore();
        block = Buffer.alloc(Math.min(size - start, Math.max(BLOCK, end - start)));
        readSync(file, block, 0, block.length, start);
        blockAt = start;
      }
      return block.toString('utf8', start - blockAt, end - blockAt);
    },
    numberOf: (index) => places.numbers[index]!,
    close: () => closeSync(file),
  };
}

interface Places {
  /** Where each line starts and ends, in pairs. */
  readonly bounds: Float64Array;
  readonly numbers: Uint32Array;
}

function placesIn(file: number, size: number): Places {
  const bounds = new Growing();
  const numbers = new Growing();
  const block = Buffer.alloc(BLOCK);
  let [start, line, isBlank] = [0, 1, true];
  const endAt = (end: number): void => {
    if (!isBlank) {
      bounds.push(start);
      bounds.push(end);
      numbers.push(line);
    }
    [start, line, isBlank] = [end + 1, line + 1, true];
  };
  for (let at = 0; at < size; at += BLOCK) {
    const taken = readSync(file, block, 0, BLOCK, at);
    if (at === 0 && block.readUIntBE(0, 3) === 0xefbbbf) {
      // A byte order mark belongs to no line.
      start = 3;
      block.fill(0x20, 0, 3);
    }
    for (let place = 0; place < taken; place++) {
      const byte = block[place]!;
      if (byte === NEWLINE) endAt(at + place);
      else if (byte > 0x20) isBlank = false;
    }
  }
  endAt(size);
  return { bounds: bounds.values(), numbers: Uint32Array.from(numbers.values()) };
}

/** Numbers in one typed array that grows. */
class Growing {
  #values = new Float64Array(1024);
  #length = 0;

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const grown = new Float64Array(this.#length * 2);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.#length++] = value;
  }

  values(): Float64Array {
    return this.#values.slice(0, this.#length);
  }
}
