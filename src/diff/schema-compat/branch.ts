import { type Budget } from './budget.ts';
import { fails, holds, keyOf, type Formula, type Formulas, type Literal, type Sift } from './formula.ts';
import { canonicalText, typeOf, type JsonType } from './json.ts';

/** Ways of which at least one must be gone: each a list of literals to hold together. */
export type Disjunction = readonly (readonly Literal[])[];

/** One branch of a tableau for values of one type: what has been taken apart so far. */
export interface Branch {
  readonly type: JsonType;
  readonly atoms: readonly Literal[];
  /** Where an enum or const stands: the only values possible. */
  readonly values: readonly unknown[] | undefined;
  /** Scalars the value must not be. */
  readonly excluded: readonly unknown[];
  readonly disjunctions: readonly Disjunction[];
  /** Keywords nobody here can judge. */
  readonly opaque: ReadonlySet<string>;
  readonly known: ReadonlySet<number>;
}

export function emptyBranch(type: JsonType): Branch {
  return { type, atoms: [], values: undefined, excluded: [], disjunctions: [], opaque: new Set(), known: new Set() };
}

/** The branch with `literals` added and taken apart; undefined when that contradicts itself. */
export function extend(
  branch: Branch,
  literals: readonly Literal[],
  formulas: Formulas,
  budget: Budget,
): Branch | undefined {
  const { type } = branch;
  const atoms = [...branch.atoms];
  const excluded = [...branch.excluded];
  let disjunctions = [...branch.disjunctions];
  const opaque = new Set(branch.opaque);
  const known = new Set(branch.known);
  let { values } = branch;

  const pending = [...literals];
  budget.spend(1 + (disjunctions.length + atoms.length) / 8);

  /** Takes a literal apart; false when it contradicts what is known. */
  function add(literal: Literal): boolean {
    budget.spend();
    if (known.has(keyOf(literal))) return true;
    if (known.has(-keyOf(literal))) return false;
    known.add(keyOf(literal));
    const { formula, sign } = literal;
    switch (formula.kind) {
      case 'types':
        return formula.types.has(type) === sign;
      case 'values':
        if (!sign) exclude(formula.values);
        else {
          const { texts } = formula;
          values = values ? values.filter((value) => texts.has(canonicalText(value))) : formula.values;
        }
        break;
      case 'opaque':
        opaque.add(formula.keyword);
        break;
      case 'not':
        pending.push({ formula: formula.part, sign: !sign });
        break;
      case 'ref':
        pending.push({ formula: formula.target(), sign });
        break;
      case 'and':
      case 'or':
        if (sign === (formula.kind === 'and')) pending.push(...formula.parts.map((part) => ({ formula: part, sign })));
        else disjunctions.push(formula.parts.map((part) => [{ formula: part, sign }]));
        break;
      case 'one':
        disjunctions.push(sign ? exactlyOne(formula.parts) : noneOrTwo(formula.parts, formulas));
        break;
      case 'if': {
        const { test, met, unmet } = formula;
        disjunctions.push([[holds(test), { formula: met, sign }], [fails(test), { formula: unmet, sign }]]); // prettier-ignore
        break;
      }
      case 'sift':
        if (type === 'object') disjunctions.push(sifted(formula, sign, formulas));
        else return sign;
        break;
      default:
        if (formula.on === type) atoms.push(literal);
        else return sign;
    }
    return true;
  }

  /** Scalars are left to their solvers; to differ from an object or array is to differ in a part. */
  function exclude(forbidden: readonly unknown[]): void {
    for (const value of forbidden) {
      if (typeOf(value) !== type) continue;
      if (type === 'object' || type === 'array') pending.push(fails(structureOf(value as object, formulas)));
      else excluded.push(value);
    }
  }

  /** Drops the ways that are plainly false and the disjunctions that are met; false when nothing is left of one. */
  function propagate(): boolean {
    const left: Disjunction[] = [];
    for (const disjunction of disjunctions) {
      const ways = disjunction.filter((way) => way.every((literal) => isPlain(literal, type, known) !== false));
      if (ways.length === 0) return false;
      if (ways.length === 1) pending.push(...ways[0]!);
      else if (!ways.some((way) => way.every((literal) => isPlain(literal, type, known)))) left.push(ways);
    }
    disjunctions = left;
    return true;
  }

  while (pending.length > 0) {
    for (let literal = pending.pop(); literal; literal = pending.pop()) if (!add(literal)) return undefined;
    if (!propagate()) return undefined;
  }
  return { type, atoms, values, excluded, disjunctions, opaque, known };
}

/** A formula that among arrays, or among objects, is true of `value` alone. */
function structureOf(value: object, { atom, and, not, values }: Formulas): Formula {
  if (Array.isArray(value)) {
    const items = value.map((item, index) => atom({ on: 'array', kind: 'at', index, part: values([item]) }));
    const length = (least: number): Formula => atom({ on: 'array', kind: 'length', least });
    return and([length(value.length), not(length(value.length + 1)), ...items]);
  }
  const members = Object.entries(value).flatMap(([name, member]) => [
    atom({ on: 'object', kind: 'has', name }),
    atom({ on: 'object', kind: 'member', name, part: values([member]) }),
  ]);
  return and([not(atom({ on: 'object', kind: 'length', least: Object.keys(value).length + 1 })), ...members]);
}

/** Whether a literal is true or false for the type at first sight; undefined when it takes a closer look. */
function isPlain(literal: Literal, type: JsonType, known: ReadonlySet<number>): boolean | undefined {
  const { formula, sign } = literal;
  if (known.has(keyOf(literal))) return true;
  if (known.has(-keyOf(literal))) return false;
  if (formula.kind === 'types') return formula.types.has(type) === sign;
  if (formula.kind === 'not') return isPlain({ formula: formula.part, sign: !sign }, type, known);
  if ('on' in formula && formula.on !== type) return sign;
  if ((formula.kind === 'and' || formula.kind === 'or') && formula.parts.length === 0)
    return sign === (formula.kind === 'and');
  return undefined;
}

function exactlyOne(parts: readonly Formula[]): Disjunction {
  return parts.map((chosen, index) => [holds(chosen), ...parts.filter((_, other) => other !== index).map(fails)]);
}

/** None of the parts, or one and another after it. */
function noneOrTwo(parts: readonly Formula[], formulas: Formulas): Disjunction {
  const two = parts.slice(0, -1).map((part, index) => [holds(part), holds(formulas.or(parts.slice(index + 1)))]);
  return [parts.map(fails), ...two];
}

/** Takes the next pending formula out of a sift, in each way it may turn out. */
function sifted(sift: Sift, sign: boolean, formulas: Formulas): Disjunction {
  const names = new Set(sift.names);
  const patterns = new Set(sift.patterns);
  const pending = [...sift.pending];
  for (let next = pending.shift(); next; next = pending.shift()) {
    switch (next.kind) {
      case 'and':
        pending.unshift(...next.parts);
        break;
      case 'ref':
        pending.unshift(next.target());
        break;
      case 'member':
        names.add(next.name);
        break;
      case 'matching':
        patterns.add(next.pattern);
        break;
      case 'others':
      case 'sift':
        return sign ? [[]] : [];
      case 'or':
      case 'one':
        pending.unshift(
          ...next.parts.filter(evaluatesMembers).map((part) => formulas.choose(part, formulas.always, formulas.always)),
        );
        break;
      case 'if': {
        if (!evaluatesMembers(next)) break;
        const after = (...more: readonly Formula[]): Literal => ({
          formula: formulas.sift({ pending: [...more, ...pending], names, patterns: [...patterns], part: sift.part }),
          sign,
        });
        return [[holds(next.test), after(next.test, next.met)], [fails(next.test), after(next.unmet)]]; // prettier-ignore
      }
      default:
    }
  }
  return [
    [
      {
        formula: formulas.atom({ on: 'object', kind: 'others', names, patterns: [...patterns], part: sift.part }),
        sign,
      },
    ],
  ];
}

function evaluatesMembers(formula: Formula): boolean {
  switch (formula.kind) {
    case 'and':
    case 'or':
    case 'one':
      return formula.parts.some(evaluatesMembers);
    case 'if':
      return [formula.test, formula.met, formula.unmet].some(evaluatesMembers);
    case 'ref':
    case 'member':
    case 'matching':
    case 'others':
    case 'sift':
      return true;
    default:
      return false;
  }
}
