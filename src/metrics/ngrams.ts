/** Sequences whose n-grams are small numbers: equal n-grams, whichever sequence they stand in, have equal numbers. */
export interface NumberedGrams {
  /** `grams[n - 1][s]` are the n-grams of sequence s, in order. */
  readonly grams: readonly (readonly Int32Array[])[];
  /** How many different n-grams there are, by order: every number in `grams[n - 1]` is below `distinct[n - 1]`. */
  readonly distinct: readonly number[];
}

/** Gives words small numbers, equal words the same one. */
export function numberWords(sequences: readonly (readonly string[])[]): NumberedGrams {
  const numberByWord = new Map<string, number>();
  const numbered = sequences.map((words) =>
    Int32Array.from(words, (word) => {
      let number = numberByWord.get(word);
      if (number === undefined) numberByWord.set(word, (number = numberByWord.size));
      return number;
    }),
  );
  return { grams: [numbered], distinct: [numberByWord.size] };
}

/** Gives code points small numbers. */
export function numberPoints(sequences: readonly Int32Array[]): NumberedGrams {
  const ascii = new Int32Array(128).fill(-1);
  const numberByPoint = new Map<number, number>();
  let size = 0;
  const numberOf = (point: number): number => {
    if (point < 128) return ascii[point]! >= 0 ? ascii[point]! : (ascii[point] = size++);
    let number = numberByPoint.get(point);
    if (number === undefined) numberByPoint.set(point, (number = size++));
    return number;
  };
  const grams = [sequences.map((points) => points.map(numberOf))];
  return { grams, distinct: [size] };
}

/**
 * Extends numbered words (or code points) to n-grams up to an order. An n-gram is the pair of the (n-1)-gram it starts with and its
 * last word, looked up in a hash table of pairs: no strings are built, which is what makes n-gram metrics slow in JavaScript.
 */
export function numberNgrams(unigrams: NumberedGrams, order: number): NumberedGrams {
  const words = unigrams.grams[0]!;
  const grams: (readonly Int32Array[])[] = [words];
  const distinct: number[] = [unigrams.distinct[0]!];
  let capacity = 16;
  for (const sequence of words) capacity += 2 * sequence.length;
  const bits = 32 - Math.clz32(capacity);
  const mask = 2 ** bits - 1;
  const slots = new Int32Array(2 ** bits);
  const heads = new Int32Array(capacity / 2);
  const tails = new Int32Array(capacity / 2);
  for (let n = 2; n <= order; n++) {
    slots.fill(-1);
    let size = 0;
    const shorter = grams[n - 2]!;
    grams.push(
      words.map((sequence, s) => {
        const prefix = shorter[s]!;
        const numbers = new Int32Array(Math.max(0, sequence.length - n + 1));
        for (let at = 0; at < numbers.length; at++) {
          const head = prefix[at]!;
          const tail = sequence[at + n - 1]!;
          let hash = Math.imul(head, 0x9e3779b1) ^ Math.imul(tail, 0x85ebca6b);
          hash ^= hash >>> 15;
          let slot = hash & mask;
          let number: number;
          while ((number = slots[slot]!) >= 0 && (heads[number] !== head || tails[number] !== tail))
            slot = (slot + 1) & mask;
          if (number < 0) {
            number = size++;
            slots[slot] = number;
            heads[number] = head;
            tails[number] = tail;
          }
          numbers[at] = number;
        }
        return numbers;
      }),
    );
    distinct.push(size);
  }
  return { grams, distinct };
}

/** How often each number below `distinct` occurs. */
export function countGrams(grams: Int32Array, distinct: number): Int32Array {
  const counts = new Int32Array(distinct);
  for (let at = 0; at < grams.length; at++) counts[grams[at]!]!++;
  return counts;
}

/** How many of the n-grams find a partner among the counted ones, each partner taken once: the size of the multiset intersection. */
export function countMatches(grams: Int32Array, counts: Int32Array): number {
  const left = counts.slice();
  let matches = 0;
  for (let at = 0; at < grams.length; at++) {
    const gram = grams[at]!;
    if (left[gram]! > 0) {
      left[gram]!--;
      matches++;
    }
  }
  return matches;
}
