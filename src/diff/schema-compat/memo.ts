import { empty, type Outcome } from './outcome.ts';

/** Remembers outcomes by goal, and answers a goal that is met again inside itself. */
export interface Memo {
  recall(key: string, decide: () => Outcome): Outcome;
}

/**
 * A goal inside itself is taken to be empty. An emptiness that leans on such an assumption is kept only as long as the
 * assumption stands: it becomes certain when the goal it leans on turns out empty, and is forgotten otherwise.
 */
export function createMemo(): Memo {
  const certain = new Map<string, Outcome>();
  const provisional = new Map<string, number>();
  const depthByOpenGoal = new Map<string, number>();
  /** For each open goal, the outermost open goal that something inside it leaned on. */
  const leansOn: number[] = [];

  const lean = (depth: number): void => {
    const innermost = leansOn.length - 1;
    if (innermost >= 0) leansOn[innermost] = Math.min(leansOn[innermost]!, depth);
  };

  return {
    recall(key, decide) {
      const known = certain.get(key);
      if (known) return known;
      const open = depthByOpenGoal.get(key) ?? provisional.get(key);
      if (open !== undefined) {
        lean(open);
        return empty;
      }
      const depth = leansOn.length;
      const before = provisional.size;
      depthByOpenGoal.set(key, depth);
      leansOn.push(Infinity);
      let outcome: Outcome;
      let leans: number;
      try {
        outcome = decide();
      } finally {
        leans = leansOn.pop()!;
        depthByOpenGoal.delete(key);
      }
      // Maps keep insertion order, so what was learnt inside this goal stands at the end.
      const learnt = [...provisional.keys()].slice(before);
      if (outcome.kind === 'empty' && leans >= depth) {
        for (const inner of learnt) certain.set(inner, empty);
        certain.set(key, outcome);
      } else if (outcome.kind === 'empty') {
        for (const inner of learnt) provisional.set(inner, Math.min(provisional.get(inner)!, leans));
        provisional.set(key, leans);
        lean(leans);
        return outcome;
      } else {
        certain.set(key, outcome);
      }
      for (const inner of learnt) provisional.delete(inner);
      return outcome;
    },
  };
}
