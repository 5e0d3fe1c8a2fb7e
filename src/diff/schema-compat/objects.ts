import { fails, holds, type Literal, type Members } from './formula.ts';
import { empty, firstFound, found, unknown, type Outcome } from './outcome.ts';
import type { Solver } from './search.ts';

const mostMembers = 300;
const mostAssignments = 400;
const mostPatterns = 5;

interface Constraints {
  least: number;
  most: number;
  readonly required: Set<string>;
  readonly absent: Set<string>;
  readonly known: Set<string>;
  readonly patterns: Set<string>;
  readonly named: { readonly name: string; readonly literal: Literal }[];
  readonly matching: { readonly pattern: string; readonly literal: Literal }[];
  readonly others: (Members & { readonly literal: Literal })[];
  readonly nameLiterals: Literal[];
  readonly wanted: Wanted[];
}

/** A member that must exist: where its name may fall, and what its name and value must satisfy. */
interface Wanted {
  readonly suits: (place: Place) => boolean;
  readonly name: readonly Literal[];
  readonly value: readonly Literal[];
}

/** A member's name, or the class of unmentioned names that match the same patterns. */
interface Place {
  readonly name?: string;
  readonly matches: (pattern: string) => boolean;
}

type MemberGoals = ReadonlyMap<string, readonly Literal[]>;

/** Finds an object that satisfies all `literals` (atoms on objects). */
export function solveObject(literals: readonly Literal[], solver: Solver): Outcome {
  const constraints = gather(literals);
  const { least, most, required, absent, known, nameLiterals, wanted } = constraints;
  if (least > most || [...required].some((name) => absent.has(name)) || required.size > most) return empty;
  if (least > mostMembers) return unknown('minProperties');
  const patterns = [...constraints.patterns];
  const isUnclear = [...known].some((name) => patterns.some((pattern) => solver.matches(pattern, name) === undefined));
  if (patterns.length > mostPatterns || isUnclear) return unknown('patternProperties');

  const placeOf = (name: string): Place => ({ name, matches: (pattern) => solver.matches(pattern, name) === true });
  const classes = subsets(patterns).map((matched): Place => ({ matches: (pattern) => matched.has(pattern) }));
  const goalAt = (place: Place, extra: readonly Literal[] = []): Literal[] => [
    ...valueLiterals(place, constraints),
    ...extra,
  ];

  /** Whether a name may be used; a name nobody mentions is sought with {@link freshName}. */
  function allows(name: string, extra: readonly Literal[] = []): boolean {
    return !absent.has(name) && solver.evaluateAll([...nameLiterals, ...extra], name) !== false;
  }

  function freshName(place: Place, extra: readonly Literal[], used: Iterable<string>): Outcome {
    const { types, atom, values } = solver.formulas;
    const bySign = patterns.map((text) => ({
      formula: atom({ on: 'string', kind: 'pattern', text }),
      sign: place.matches(text),
    }));
    return solver.solve([
      holds(types(['string'])),
      ...nameLiterals,
      ...extra,
      ...bySign,
      fails(values([...known, ...used])),
    ]);
  }

  let assignments = 0;
  function place(next: number, members: MemberGoals): Outcome {
    const want = wanted[next];
    if (!want) return ++assignments > mostAssignments ? unknown('additionalProperties') : complete(members);
    const join = (name: string): Outcome => {
      solver.budget.spend();
      if (assignments > mostAssignments) return unknown('additionalProperties');
      const value = [...(members.get(name) ?? []), ...want.value];
      const grown = new Map(members).set(name, value);
      if (grown.size > most) return empty;
      const outcome = solver.solve(goalAt(placeOf(name), value), name);
      return outcome.kind === 'empty' ? empty : place(next + 1, grown);
    };
    const among = [...new Set([...known, ...members.keys()])].filter(
      (name) => want.suits(placeOf(name)) && allows(name, want.name),
    );
    const onKnown = firstFound(among, join);
    if (onKnown.kind === 'found' || members.size + 1 > most) return onKnown;
    const suited = classes.filter((candidate) => want.suits(candidate));
    return firstFound(
      [
        () => onKnown,
        ...suited.map((candidate) => () => {
          const value = solver.solve(goalAt(candidate, want.value), '*');
          if (value.kind === 'empty') return empty;
          const name = freshName(candidate, want.name, members.keys());
          if (name.kind !== 'found') return name;
          return firstFound(name.values.slice(0, 1), (fresh) => join(fresh as string));
        }),
      ],
      (way) => way(),
    );
  }

  /** Gives every member its value, and adds members until there are enough. */
  function complete(members: MemberGoals): Outcome {
    if (members.size > most) return empty;
    const entries: [string, unknown][] = [];
    const keywords = new Set<string>();
    for (const [name, extra] of members) {
      const outcome = solver.solve(goalAt(placeOf(name), extra), name);
      if (outcome.kind === 'empty') return empty;
      if (outcome.kind === 'unknown') for (const keyword of outcome.keywords) keywords.add(keyword);
      else entries.push([name, outcome.values[0]]);
    }
    while (keywords.size === 0 && entries.length < least) {
      const entry = another(new Set(entries.map(([name]) => name)), keywords);
      if (!entry && keywords.size === 0) return empty;
      if (entry) entries.push(entry);
    }
    return keywords.size > 0 ? { kind: 'unknown', keywords } : found([Object.fromEntries(entries)]);
  }

  /** One member more, of a name not `used`. Undefined when there is none; `keywords` grows when that is not certain. */
  function another(used: ReadonlySet<string>, keywords: Set<string>): [string, unknown] | undefined {
    const note = (outcome: Outcome): void => {
      if (outcome.kind === 'unknown') for (const keyword of outcome.keywords) keywords.add(keyword);
    };
    for (const name of known) {
      if (used.has(name) || !allows(name)) continue;
      const outcome = solver.solve(goalAt(placeOf(name)), name);
      if (outcome.kind === 'found') return [name, outcome.values[0]];
      note(outcome);
    }
    for (const candidate of classes) {
      const value = solver.solve(goalAt(candidate), '*');
      if (value.kind === 'empty') continue;
      const name = freshName(candidate, [], used);
      if (name.kind === 'found' && value.kind === 'found') {
        keywords.clear();
        return [name.values[0] as string, value.values[0]];
      }
      note(name);
      if (name.kind !== 'empty') note(value);
    }
    return undefined;
  }

  for (const name of required) if (!allows(name)) return empty;
  return place(0, new Map([...required].map((name) => [name, []])));
}

function gather(literals: readonly Literal[]): Constraints {
  const constraints: Constraints = {
    least: 0,
    most: Infinity,
    required: new Set(),
    absent: new Set(),
    known: new Set(),
    patterns: new Set(),
    named: [],
    matching: [],
    others: [],
    nameLiterals: [],
    wanted: [],
  };
  for (const { formula, sign } of literals) {
    if (!('on' in formula) || formula.on !== 'object') continue;
    switch (formula.kind) {
      case 'length':
        if (sign) constraints.least = Math.max(constraints.least, formula.least);
        else constraints.most = Math.min(constraints.most, formula.least - 1);
        break;
      case 'has':
        (sign ? constraints.required : constraints.absent).add(formula.name);
        constraints.known.add(formula.name);
        break;
      case 'member': {
        const { name } = formula;
        constraints.known.add(name);
        if (!sign) constraints.required.add(name);
        constraints.named.push({ name, literal: { formula: formula.part, sign } });
        break;
      }
      case 'matching': {
        const { pattern } = formula;
        constraints.patterns.add(pattern);
        if (sign) constraints.matching.push({ pattern, literal: holds(formula.part) });
        else
          constraints.wanted.push({ suits: (place) => place.matches(pattern), name: [], value: [fails(formula.part)] });
        break;
      }
      case 'others': {
        const { names, patterns } = formula;
        for (const pattern of patterns) constraints.patterns.add(pattern);
        for (const name of names) constraints.known.add(name);
        if (sign) constraints.others.push({ names, patterns, literal: holds(formula.part) });
        else
          constraints.wanted.push({
            suits: (place) => isOther(place, formula),
            name: [],
            value: [fails(formula.part)],
          });
        break;
      }
      case 'names':
        if (sign) constraints.nameLiterals.push(holds(formula.part));
        else constraints.wanted.push({ suits: () => true, name: [fails(formula.part)], value: [] });
    }
  }
  return constraints;
}

function isOther(place: Place, { names, patterns }: Members): boolean {
  return !(place.name !== undefined && names.has(place.name)) && !patterns.some((pattern) => place.matches(pattern));
}

function valueLiterals(place: Place, { named, matching, others }: Constraints): Literal[] {
  return [
    ...named.filter(({ name }) => name === place.name).map(({ literal }) => literal),
    ...matching.filter(({ pattern }) => place.matches(pattern)).map(({ literal }) => literal),
    ...others.filter((members) => isOther(place, members)).map(({ literal }) => literal),
  ];
}

/** All subsets, the empty one first: a name that matches nothing is the plainest. */
function subsets(patterns: readonly string[]): Set<string>[] {
  return patterns.reduce<Set<string>[]>(
    (before, pattern) => [...before, ...before.map((subset) => new Set([...subset, pattern]))],
    [new Set()],
  );
}
