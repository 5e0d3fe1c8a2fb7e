import { atomsOverlap, parsePattern, START, type Positions } from './pattern-positions.ts';

/** Most ways a text may be read outside repetitions before a pattern is refused. */
const MAX_READINGS = 1000;

/**
 * Is `source` a regular expression that a backtracking engine matches in time linear in the text? The answer is no
 * unless that can be shown. Refused are: what isn't valid under the `u` flag; lookaround, backreferences and inline
 * flags; and a text that could be read in ever more ways as it grows, that is, where
 *
 * - a repetition repeats itself, as in `(a+)+`, or its alternatives overlap, as in `(a|a)*`;
 * - two repetitions that can follow one another take the same characters, as in `^.*,.*$`;
 * - a repetition that must be followed by something can start anywhere: `\d+%` is quadratic on a text of digits, where
 *   `^\d+%` isn't, nor is `\d+` alone.
 *
 * A counted repetition above `{8}` or with a range, such as `{1,20}`, counts as one without an end. Patterns of more than
 * 1000 characters, or of more than 100 places that take one, are refused too.
 *
 * The test is that of Weber and Seidl (On the degree of ambiguity of finite automata, 1991) made stricter: no two
 * positions p and q of the pattern may exist such that a text leads from p to both p and q, and another from p to p and
 * from q to q.
 */
export function isLinearPattern(source: string): boolean {
  const positions = parsePattern(source);
  if (!positions) return false;
  // In this order: few readings are what keeps the other test short.
  return readings(positions) <= MAX_READINGS && !repeatsAmbiguously(positions);
}

/** An upper bound of the ways through the pattern that share one text, repetitions aside. */
function readings({ atoms, follow }: Positions): number {
  let ways = 1;
  for (const next of follow) {
    const choices = next.filter((position) => position !== START);
    ways *= 1 + choices.flatMap((p, i) => choices.slice(i + 1).filter((q) => atomsOverlap(atoms[p], atoms[q]))).length;
  }
  return ways;
}

function repeatsAmbiguously(positions: Positions): boolean {
  const { atoms, follow, accepting } = positions;
  const size = atoms.length;
  const known = new Map<number, number[]>();
  const pairs = (pair: number): number[] => {
    const found: number[] = known.get(pair) ?? [];
    if (known.has(pair)) return found;
    known.set(pair, found);
    for (const x of follow[Math.floor(pair / size)]!) {
      for (const y of follow[pair % size]!) if (atomsOverlap(atoms[x], atoms[y])) found.push(x * size + y);
    }
    return found;
  };
  return atoms.some((_, p) => {
    const loops = reachable(p, (x) => follow[x]!);
    if (!loops.has(p)) return false;
    // The same step taken in two ways, inside a repetition.
    if (new Set(follow[p]).size < follow[p]!.length) return true;
    for (const pair of reachable(p * size + p, pairs)) {
      const q = pair % size;
      // Whoever gets to an accepting position has matched: nothing is read again.
      if (Math.floor(pair / size) !== p || q === p || accepting.has(q)) continue;
      if (reachable(pair, pairs).has(pair)) return true;
    }
    return false;
  });
}

/** Every node that one or more steps lead to. */
function reachable(start: number, steps: (node: number) => readonly number[]): Set<number> {
  const found = new Set<number>();
  const open = [start];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const next of steps(node)) {
      if (found.has(next)) continue;
      found.add(next);
      open.push(next);
    }
  }
  return found;
}
