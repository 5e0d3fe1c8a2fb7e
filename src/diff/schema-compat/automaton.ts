import { type Budget } from './budget.ts';
import { type Ranges, type Regex } from './regex.ts';

/** A nondeterministic automaton over code points; state 0 is the entry, `end` the acceptance of a match. */
export interface Automaton {
  readonly states: readonly State[];
  readonly end: number;
}

interface State {
  readonly steps: { readonly ranges: Ranges; readonly to: number }[];
  readonly jumps: { readonly to: number; readonly when: 'always' | 'start' | 'end' }[];
}

/** Where one automaton stands in a text: a search as `RegExp.test` does, so a match once found stays found. */
interface Run {
  readonly states: readonly number[];
  readonly found: boolean;
  readonly foundIfEnded: boolean;
}

const maximumStates = 4000;

/** The automaton of a pattern, or undefined when it would be too large. */
export function automatonOf(regex: Regex): Automaton | undefined {
  const states: State[] = [];
  const create = (): number => states.push({ steps: [], jumps: [] }) - 1;
  let tooLarge = false;

  function build(part: Regex, from: number): number {
    if (tooLarge || states.length > maximumStates) {
      tooLarge = true;
      return from;
    }
    switch (part.kind) {
      case 'chars': {
        const to = create();
        states[from]!.steps.push({ ranges: part.ranges, to });
        return to;
      }
      case 'start':
      case 'end':
        return jump(from, create(), part.kind);
      case 'sequence':
        return part.parts.reduce((at, next) => build(next, at), from);
      case 'choice': {
        const to = create();
        for (const option of part.parts) jump(build(option, jump(from, create())), to);
        return to;
      }
      case 'repeat':
        return repeat(part.part, part.least, part.most, from);
    }
  }

  function repeat(part: Regex, least: number, most: number, from: number): number {
    let at = from;
    for (let count = 0; count < least && !tooLarge; count++) at = build(part, at);
    if (most === Infinity) {
      const loop = jump(at, create());
      jump(build(part, loop), loop);
      return jump(loop, create());
    }
    const to = create();
    for (let count = least; count < most && !tooLarge; count++) {
      jump(at, to);
      at = build(part, jump(at, create()));
    }
    return jump(at, to);
  }

  function jump(from: number, to: number, when: 'always' | 'start' | 'end' = 'always'): number {
    states[from]!.jumps.push({ to, when });
    return to;
  }

  const end = build(regex, create());
  return tooLarge ? undefined : { states, end };
}

/** The automaton that finds exactly `texts`, as one trie: there may be thousands of them. */
export function automatonOfTexts(texts: Iterable<string>): Automaton {
  const end = 1;
  const states: State[] = [
    { steps: [], jumps: [{ to: 2, when: 'start' }] },
    { steps: [], jumps: [] },
    { steps: [], jumps: [] },
  ];
  const childByCode: Map<number, number>[] = [new Map(), new Map(), new Map()];
  for (const text of texts) {
    let at = 2;
    for (const char of text) {
      const code = char.codePointAt(0)!;
      let to = childByCode[at]!.get(code);
      if (to === undefined) {
        to = states.push({ steps: [], jumps: [] }) - 1;
        childByCode.push(new Map());
        childByCode[at]!.set(code, to);
        states[at]!.steps.push({ ranges: [[code, code]], to });
      }
      at = to;
    }
    states[at]!.jumps.push({ to: end, when: 'end' });
  }
  return { states, end };
}

function closure(automaton: Automaton, from: Iterable<number>, start: boolean, end: boolean): Set<number> {
  const reached = new Set(from);
  for (const state of reached) {
    for (const { to, when } of automaton.states[state]!.jumps) {
      if (when === 'always' || (when === 'start' && start) || (when === 'end' && end)) reached.add(to);
    }
  }
  return reached;
}

function runAt(automaton: Automaton, from: Iterable<number>, start: boolean, foundBefore: boolean): Run {
  const states = closure(automaton, from, start, false);
  const found = foundBefore || states.has(automaton.end);
  const foundIfEnded = found || closure(automaton, states, start, true).has(automaton.end);
  return { states: found ? [] : [...states].sort((a, b) => a - b), found, foundIfEnded };
}

function step(automaton: Automaton, run: Run, code: number): Run {
  if (run.found) return run;
  // The entry again: a search may begin at any place.
  const next = new Set([0]);
  for (const state of run.states) {
    for (const { ranges, to } of automaton.states[state]!.steps) {
      if (ranges.some(([low, high]) => low <= code && code <= high)) next.add(to);
    }
  }
  return runAt(automaton, next, false, false);
}

/** Whether the pattern is found in `text`, in time linear in the text. */
export function search(automaton: Automaton, text: string, budget: Budget): boolean {
  let run = runAt(automaton, [0], true, false);
  for (const char of text) {
    budget.spend();
    run = step(automaton, run, char.codePointAt(0)!);
  }
  return run.foundIfEnded;
}

export interface Wanted {
  /** Each pattern, and whether it must be found or must not. */
  readonly patterns: readonly { readonly automaton: Automaton; readonly found: boolean }[];
  readonly least: number;
  readonly most: number;
}

/**
 * The shortest strings that answer `wanted`, up to `count` of them. `exhausted` says that none were missed for want of
 * steps: no strings and exhausted is a proof that there are none.
 */
export function findStrings(wanted: Wanted, count: number, budget: Budget): { strings: string[]; exhausted: boolean } {
  const { patterns, least, most } = wanted;
  const alphabet = representatives(
    patterns.flatMap(({ automaton }) => automaton.states.flatMap(({ steps }) => steps.map(({ ranges }) => ranges))),
  );
  const strings: string[] = [];
  const seen = new Set<string>();
  let left = 20_000;
  let level: { text: string; runs: readonly Run[] }[] = [
    { text: '', runs: patterns.map(({ automaton }) => runAt(automaton, [0], true, false)) },
  ];
  for (let length = 0; level.length > 0 && length <= most; length++) {
    const next: typeof level = [];
    for (const { text, runs } of level) {
      if (length >= least && runs.every((run, index) => run.foundIfEnded === patterns[index]!.found)) {
        strings.push(text);
        if (strings.length === count) return { strings, exhausted: false };
      }
      if (length === most) continue;
      for (const code of alphabet) {
        budget.spend(1 + runs.reduce((sum, run) => sum + run.states.length, 0));
        if (--left < 0) return { strings, exhausted: false };
        const stepped = runs.map((run, index) => step(patterns[index]!.automaton, run, code));
        // What was found stays found, so an unwanted match ends this way.
        if (stepped.some((run, index) => run.found && !patterns[index]!.found)) continue;
        // A shorter text in the same states can do whatever a longer one can, once both are long enough.
        const key = `${Math.min(length + 1, least)} ${stepped.map((run) => (run.found ? '+' : run.states.join())).join(' ')}`;
        if (seen.has(key)) continue;
        seen.add(key);
        next.push({ text: text + String.fromCodePoint(code), runs: stepped });
      }
    }
    level = next;
  }
  return { strings, exhausted: true };
}

const readable = [...'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ -_.'].map((char) =>
  char.codePointAt(0)!,
);

/** One code point for each class of code points no pattern tells apart, the readable ones first. */
function representatives(classes: readonly Ranges[]): number[] {
  const cuts = new Set([0, 0x110000]);
  for (const [low, high] of classes.flat()) cuts.add(low).add(high + 1);
  const edges = [...cuts].sort((a, b) => a - b);
  const chosen = edges
    .slice(0, -1)
    .map((low, index) => readable.find((code) => low <= code && code < edges[index + 1]!) ?? low);
  return chosen.sort((a, b) => rank(a) - rank(b));
}

function rank(code: number): number {
  return readable.includes(code) ? readable.indexOf(code) : 1000 + code;
}
