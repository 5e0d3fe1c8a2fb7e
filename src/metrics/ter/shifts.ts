import { type Edit, EditTable } from './edit-table.ts';

// Tercom's limits on the search, and sacreBLEU's on the number of shifts that are tried for one text.
const MAX_SHIFT_SIZE = 10;
const MAX_SHIFT_DISTANCE = 50;
const MAX_SHIFT_CANDIDATES = 1000;

interface Shift {
  readonly gain: number;
  readonly length: number;
  readonly start: number;
  readonly target: number;
  readonly words: Int32Array;
}

/** The fewest edits, counting a moved run of words as one, that Tercom's greedy search finds from hypothesis to reference. */
export function countEdits(hypothesis: Int32Array, reference: Int32Array): number {
  if (reference.length === 0) return hypothesis.length;
  let table = new EditTable(hypothesis, reference);
  let words = hypothesis;
  let shifts = 0;
  let tried = 0;
  for (;;) {
    const search = findBestShift(words, reference, table, tried);
    tried = search.tried;
    if (tried >= MAX_SHIFT_CANDIDATES || !search.best || search.best.gain <= 0) return shifts + table.distance;
    shifts++;
    words = search.best.words;
    table = new EditTable(words, reference);
  }
}

function findBestShift(
  words: Int32Array,
  reference: Int32Array,
  table: EditTable,
  triedBefore: number,
): { best: Shift | undefined; tried: number } {
  const { alignment, isWrong, isMissed } = align(table.edits());
  let tried = triedBefore;
  let best: Shift | undefined;
  for (const [start, aim, length] of findSharedRuns(words, reference)) {
    // Only a run that is misplaced here and missing there is worth moving, and not into itself.
    if (!hasTrue(isWrong, start, length) || !hasTrue(isMissed, aim, length)) continue;
    if (start <= alignment[aim]! && alignment[aim]! < start + length) continue;
    let previous = -1;
    for (let offset = -1; offset < length; offset++) {
      const place = aim + offset;
      if (place >= alignment.length) break;
      const target = place === -1 ? 0 : alignment[place]! + 1;
      if (target === previous) continue;
      previous = target;
      const shifted = moveRun(words, start, length, target);
      const gain =
        table.distance - table.distanceOf(shifted, Math.min(start, target), Math.max(start, target) + length);
      const shift = { gain, length, start, target, words: shifted };
      tried++;
      if (!best || isBetter(shift, best)) best = shift;
    }
    if (tried >= MAX_SHIFT_CANDIDATES) break;
  }
  return { best, tried };
}

/** Tercom ranks by gain, then the longest run, then the earliest, then the earliest target. */
function isBetter(shift: Shift, than: Shift): boolean {
  const order =
    shift.gain - than.gain || shift.length - than.length || than.start - shift.start || than.target - shift.target;
  return order > 0;
}

const hasTrue = (flags: readonly boolean[], from: number, length: number): boolean => {
  for (let at = from; at < from + length; at++) if (flags[at]) return true;
  return false;
};

/** For each reference word the hypothesis word it stands at, and which words of each aren't kept as they are. */
function align(edits: readonly Edit[]): { alignment: number[]; isWrong: boolean[]; isMissed: boolean[] } {
  const alignment: number[] = [];
  const isWrong: boolean[] = [];
  const isMissed: boolean[] = [];
  for (const edit of edits) {
    if (edit !== 'insert') isWrong.push(edit !== 'keep');
    if (edit === 'delete') continue;
    alignment.push(isWrong.length - 1);
    isMissed.push(edit !== 'keep');
  }
  return { alignment, isWrong, isMissed };
}

function* findSharedRuns(
  words: Int32Array,
  reference: Int32Array,
): Generator<[start: number, aim: number, length: number]> {
  for (let start = 0; start < words.length; start++) {
    const last = Math.min(reference.length - 1, start + MAX_SHIFT_DISTANCE);
    for (let aim = Math.max(0, start - MAX_SHIFT_DISTANCE); aim <= last; aim++) {
      const most = Math.min(MAX_SHIFT_SIZE, words.length - start, reference.length - aim);
      for (let length = 0; length < most && words[start + length] === reference[aim + length]; length++)
        yield [start, aim, length + 1];
    }
  }
}

/** Takes a run out and puts it back before the word that stood at `target`; a target inside the run counts from the run's end. */
function moveRun(words: Int32Array, start: number, length: number, target: number): Int32Array {
  const run = words.subarray(start, start + length);
  const moved = words.slice();
  if (target < start) {
    moved.copyWithin(target + length, target, start);
    moved.set(run, target);
  } else {
    const end = target > start + length ? target : Math.min(words.length, target + length);
    moved.copyWithin(start, start + length, end);
    moved.set(run, end - length);
  }
  return moved;
}
