// Metrics written the slow, plain way, as oracles for the fast ones: whole tables, nothing remembered.

type Sequence = readonly (string | number)[];

export function textbookLevenshtein(a: string, b: string): number {
  const [first, second] = [Array.from(a), Array.from(b)];
  const table = first.reduce<number[][]>(
    (rows, letter, i) => {
      const above = rows.at(-1)!;
      const row = [i + 1];
      second.forEach((other, j) => {
        row.push(Math.min(above[j]! + (letter === other ? 0 : 1), above[j + 1]! + 1, row[j]! + 1));
      });
      return [...rows, row];
    },
    [Array.from({ length: second.length + 1 }, (_, j) => j)],
  );
  return table.at(-1)!.at(-1)!;
}

function lcsTable(a: Sequence, b: Sequence): number[][] {
  const table = [b.map(() => 0).concat(0)];
  a.forEach((word, i) => {
    const row = [0];
    b.forEach((other, j) => row.push(word === other ? table[i]![j]! + 1 : Math.max(table[i]![j + 1]!, row[j]!)));
    table.push(row);
  });
  return table;
}

/** rouge_score's own walk back through the table: which words of `a` stand in the subsequence. */
function lcsPlaces(a: Sequence, b: Sequence): number[] {
  const table = lcsTable(a, b);
  const places: number[] = [];
  let [i, j] = [a.length, b.length];
  while (i > 0 && j > 0) {
    if (a[i - 1] === b[j - 1]) {
      places.push(i - 1);
      i--;
      j--;
    } else if (table[i]![j - 1]! > table[i - 1]![j]!) j--;
    else i--;
  }
  return places;
}

export function textbookLcsLength(a: Sequence, b: Sequence): number {
  return lcsTable(a, b).at(-1)!.at(-1)!;
}

export function textbookSummaryHits(reference: readonly Sequence[], prediction: readonly Sequence[]): number {
  const [inReference, inPrediction] = [reference.flat(), prediction.flat()];
  let hits = 0;
  for (const sentence of reference) {
    const union = new Set(prediction.flatMap((other) => lcsPlaces(sentence, other)));
    for (const place of [...union].sort((a, b) => a - b)) {
      const word = sentence[place]!;
      if (inPrediction.includes(word) && inReference.includes(word)) {
        inPrediction.splice(inPrediction.indexOf(word), 1);
        inReference.splice(inReference.indexOf(word), 1);
        hits++;
      }
    }
  }
  return hits;
}

/** Tercom's search for texts so short that its limits don't bind: every shift is scored by a whole new table. */
export function textbookTerEdits(hypothesis: readonly string[], reference: readonly string[]): number {
  if (reference.length === 0) return hypothesis.length;
  let words = hypothesis;
  for (let shifts = 0; ; shifts++) {
    const { distance, alignment, wrong, missed } = align(words, reference);
    let best: { rank: readonly number[]; words: readonly string[] } | undefined;
    for (const [start, aim, length] of sharedRuns(words, reference)) {
      if (!wrong.slice(start, start + length).includes(true) || !missed.slice(aim, aim + length).includes(true))
        continue;
      if (start <= alignment[aim]! && alignment[aim]! < start + length) continue;
      for (let place = aim - 1; place < aim + length; place++) {
        const target = place < 0 ? 0 : alignment[place]! + 1;
        const rest = [...words.slice(0, start), ...words.slice(start + length)];
        const at = target <= start ? target : target > start + length ? target - length : Math.min(rest.length, target);
        const moved = [...rest.slice(0, at), ...words.slice(start, start + length), ...rest.slice(at)];
        const rank = [distance - align(moved, reference).distance, length, -start, -target];
        if (!best || isAbove(rank, best.rank)) best = { rank, words: moved };
      }
    }
    if (!best || best.rank[0]! <= 0) return shifts + distance;
    words = best.words;
  }
}

const isAbove = (a: readonly number[], b: readonly number[]): boolean => {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at >= 0 && a[at]! > b[at]!;
};

function* sharedRuns(words: readonly string[], reference: readonly string[]): Generator<[number, number, number]> {
  for (let start = 0; start < words.length; start++) {
    for (let aim = 0; aim < reference.length; aim++) {
      for (
        let length = 1;
        length <= 10 && start + length <= words.length && aim + length <= reference.length;
        length++
      ) {
        if (words[start + length - 1] !== reference[aim + length - 1]) break;
        yield [start, aim, length];
      }
    }
  }
}

function align(
  words: readonly string[],
  reference: readonly string[],
): { distance: number; alignment: number[]; wrong: boolean[]; missed: boolean[] } {
  const table = [[0, ...reference.map((_, j) => j + 1)]];
  words.forEach((word, i) => {
    const row = [i + 1];
    reference.forEach((other, j) => {
      row.push(Math.min(table[i]![j]! + (word === other ? 0 : 1), table[i]![j + 1]! + 1, row[j]! + 1));
    });
    table.push(row);
  });
  const [wrong, missed, alignment] = [words.map(() => true), reference.map(() => true), reference.map(() => -1)];
  let [i, j] = [words.length, reference.length];
  while (i > 0 || j > 0) {
    const cost = table[i]![j]!;
    const isSame = i > 0 && j > 0 && words[i - 1] === reference[j - 1];
    if (i > 0 && j > 0 && cost === table[i - 1]![j - 1]! + (isSame ? 0 : 1)) {
      i--;
      j--;
      wrong[i] = !isSame;
      missed[j] = !isSame;
      alignment[j] = i;
    } else if (i > 0 && cost === table[i - 1]![j]! + 1) i--;
    else {
      j--;
      alignment[j] = i - 1;
    }
  }
  return { distance: table.at(-1)!.at(-1)!, alignment, wrong, missed };
}
