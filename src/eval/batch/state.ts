import { dirname } from 'node:path';
import { PromptctlError } from '../../model/index.ts';
import { isThere, Journal, syncFolder } from '../../store/index.ts';

/** Runs of consecutive units, first and last. */
export type UnitRanges = readonly (readonly [number, number])[];

/** One batch, as far as it is known to have come. */
export interface BatchEntry {
  readonly batch: number;
  /** The endpoint and model that it is for. */
  readonly kind: string;
  readonly baseUrl: string;
  readonly model: string;
  readonly units: UnitRanges;
  /** What its custom ids begin with: by it a batch is known as ours. */
  readonly mark: string;
  /** The uploaded requests, where the API takes them so. */
  readonly file?: string;
  /** When `submit` was called last, in milliseconds since 1970; without an id nobody knows what came of it. */
  readonly submittedMs?: number;
  readonly id?: string;
}

type Step = Partial<Omit<BatchEntry, 'batch'>> & Pick<BatchEntry, 'batch'>;

/**
 * What a run has handed in, a line for each step, on the disk before the next step is taken. So a process that dies, or a machine,
 * leaves at most one step in doubt; a last line that was torn is such a step.
 */
export class BatchLog {
  readonly path: string;
  readonly #entries = new Map<number, BatchEntry>();

  /** @throws PromptctlError where a line in the middle can't be read: what was paid for would be paid for again. */
  constructor(path: string) {
    this.path = path;
    if (!isThere(path)) return;
    const log = Journal.open(path);
    try {
      for (const { line } of log.lines()) this.#take(stepIn(line, path));
    } finally {
      log.close();
    }
  }

  entries(): readonly BatchEntry[] {
    return [...this.#entries.values()];
  }

  /** Writes a step and waits for the disk. */
  write(step: Step): BatchEntry {
    const isNew = !isThere(this.path);
    const log = Journal.open(this.path);
    try {
      log.append(JSON.stringify(step));
    } finally {
      log.close();
    }
    if (isNew) syncFolder(dirname(this.path));
    return this.#take(step);
  }

  #take(step: Step): BatchEntry {
    const entry = { ...this.#entries.get(step.batch), ...step } as BatchEntry;
    this.#entries.set(step.batch, entry);
    return entry;
  }
}

function stepIn(line: string, path: string): Step {
  try {
    const step = JSON.parse(line) as Step;
    if (Number.isInteger(step.batch)) return step;
  } catch {
    // Told below.
  }
  throw new PromptctlError('usage', `${path} can't be read, so it is not known which batches were submitted`, {
    hint: 'See at the provider what is in progress; a new run asks, and pays, for everything again',
  });
}

export function* unitsIn(ranges: UnitRanges): Iterable<number> {
  for (const [first, last] of ranges) for (let unit = first; unit <= last; unit++) yield unit;
}

/** Units that come in rising order, as ranges. */
export class RangesOf {
  readonly #ranges: [number, number][] = [];

  add(unit: number): void {
    const last = this.#ranges.at(-1);
    if (last && last[1] === unit - 1) last[1] = unit;
    else this.#ranges.push([unit, unit]);
  }

  get ranges(): UnitRanges {
    return this.#ranges;
  }
}
