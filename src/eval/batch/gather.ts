import type { Asker } from '../ask.ts';
import type { Pending } from '../run.ts';
import { RangesOf, type UnitRanges } from './state.ts';

/** Requests of one endpoint and model, which is what a batch may hold. */
export interface Group {
  readonly asker: Asker;
  readonly model: string;
  readonly mark: string;
  readonly requests: number;
  readonly units: UnitRanges;
  lines(): Buffer;
}

/** Requests as they come, each joined to those of its endpoint and model until no more fit into a batch. */
export class Groups {
  readonly #open: GrowingGroup[] = [];
  readonly #newMark: () => string;

  constructor(newMark: () => string) {
    this.#newMark = newMark;
  }

  /** Takes a request in; gives the group that is full without it. */
  add({ unit, side, request }: Pending): Group | undefined {
    const { asker, model } = side.route;
    const at = this.#open.findIndex((group) => group.asker === asker && group.model === model);
    const group = this.#open[at];
    if (group?.add(unit, request)) return undefined;
    const next = new GrowingGroup(asker, model, this.#newMark());
    next.add(unit, request);
    this.#open.splice(at < 0 ? this.#open.length : at, at < 0 ? 0 : 1, next);
    return group;
  }

  rest(): readonly Group[] {
    return this.#open;
  }
}

class GrowingGroup implements Group {
  readonly asker: Asker;
  readonly model: string;
  readonly mark: string;
  readonly #ranges = new RangesOf();
  readonly #lines: string[] = [];
  #bytes = 0;

  constructor(asker: Asker, model: string, mark: string) {
    this.asker = asker;
    this.model = model;
    this.mark = mark;
  }

  get requests(): number {
    return this.#lines.length;
  }

  get units(): UnitRanges {
    return this.#ranges.ranges;
  }

  /** False where it is full. */
  add(unit: number, request: Pending['request']): boolean {
    const { most, line } = this.asker.provider.batching!;
    const text = `${line(customIdOf(this.mark, unit), request)}\n`;
    const bytes = Buffer.byteLength(text);
    if (this.requests === most.requests || (this.requests > 0 && this.#bytes + bytes > most.bytes - AROUND))
      return false;
    this.#bytes += bytes;
    this.#ranges.add(unit);
    this.#lines.push(text);
    return true;
  }

  lines(): Buffer {
    return Buffer.from(this.#lines.join(''));
  }
}

/** What stands around the lines when they are sent. */
const AROUND = 4096;

export function customIdOf(mark: string, unit: number): string {
  return `${mark}-${unit}`;
}

/** The unit of a custom id; undefined where the mark is not ours. */
export function unitOfCustomId(mark: string, customId: string): number | undefined {
  if (!customId.startsWith(`${mark}-`)) return undefined;
  const unit = Number(customId.slice(mark.length + 1));
  return Number.isInteger(unit) ? unit : undefined;
}
