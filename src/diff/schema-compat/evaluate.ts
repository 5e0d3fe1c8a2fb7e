import { type Budget } from './budget.ts';
import { compare, decimalOf, isMultiple } from './decimal.ts';
import { type Atom, type Formula, type Literal, type Sift } from './formula.ts';
import { canonicalText, codePoints, typeOf, type JsonObject } from './json.ts';

/** How strings are judged; `undefined` is "cannot say". */
export interface Texts {
  matches(pattern: string, text: string): boolean | undefined;
  hasFormat(format: string, text: string): boolean;
}

type Verdict = boolean | undefined;

export interface Evaluator {
  /** Whether `value` satisfies `formula`; undefined where an opaque keyword decides. */
  evaluate(formula: Formula, value: unknown): Verdict;
  evaluateAll(literals: readonly Literal[], value: unknown): Verdict;
}

export function createEvaluator(texts: Texts, budget: Budget): Evaluator {
  function evaluate(formula: Formula, value: unknown): Verdict {
    budget.spend();
    switch (formula.kind) {
      case 'types':
        return formula.types.has(typeOf(value));
      case 'values':
        return formula.texts.has(canonicalText(value));
      case 'and':
        return every(formula.parts, (part) => evaluate(part, value));
      case 'or':
        return invert(every(formula.parts, (part) => invert(evaluate(part, value))));
      case 'one':
        return exactlyOne(formula.parts.map((part) => evaluate(part, value)));
      case 'not':
        return invert(evaluate(formula.part, value));
      case 'if':
        return choose(evaluate(formula.test, value), formula.met, formula.unmet, value);
      case 'ref':
        return evaluate(formula.target(), value);
      case 'opaque':
        return undefined;
      case 'sift':
        return typeOf(value) === 'object' ? sifted(formula, value as JsonObject) : true;
      default:
        return formula.on === typeOf(value) ? judge(formula, value) : true;
    }
  }

  function choose(test: Verdict, then: Formula, otherwise: Formula, value: unknown): Verdict {
    if (test !== undefined) return evaluate(test ? then : otherwise, value);
    const [a, b] = [evaluate(then, value), evaluate(otherwise, value)];
    return a === b ? a : undefined;
  }

  function judge(atom: Atom, value: unknown): Verdict {
    switch (atom.on) {
      case 'number':
        return judgeNumber(atom, value as number);
      case 'string':
        if (atom.kind === 'length') return codePoints(value as string) >= atom.least;
        return atom.kind === 'pattern'
          ? texts.matches(atom.text, value as string)
          : texts.hasFormat(atom.text, value as string);
      case 'array':
        return judgeArray(atom, value as readonly unknown[]);
      case 'object':
        return judgeObject(atom, value as JsonObject);
    }
  }

  function judgeArray(atom: Atom & { on: 'array' }, value: readonly unknown[]): Verdict {
    switch (atom.kind) {
      case 'length':
        return value.length >= atom.least;
      case 'at':
        return atom.index >= value.length || evaluate(atom.part, value[atom.index]);
      case 'rest':
        return every(value.slice(atom.index), (item) => evaluate(atom.part, item));
      case 'contains': {
        const verdicts = value.map((item) => evaluate(atom.part, item));
        if (verdicts.filter((verdict) => verdict === true).length >= atom.least) return true;
        return verdicts.filter((verdict) => verdict !== false).length >= atom.least ? undefined : false;
      }
      case 'unique':
        return new Set(value.map(canonicalText)).size === value.length;
    }
  }

  function judgeObject(atom: Atom & { on: 'object' }, value: JsonObject): Verdict {
    switch (atom.kind) {
      case 'length':
        return Object.keys(value).length >= atom.least;
      case 'has':
        return Object.hasOwn(value, atom.name);
      case 'member':
        return !Object.hasOwn(value, atom.name) || evaluate(atom.part, value[atom.name]);
      case 'matching':
        return every(Object.keys(value), (name) =>
          implies(texts.matches(atom.pattern, name), () => evaluate(atom.part, value[name])),
        );
      case 'others':
        return every(Object.keys(value), (name) => {
          const covered = isCovered(name, atom.names, atom.patterns);
          return implies(invert(covered), () => evaluate(atom.part, value[name]));
        });
      case 'names':
        return every(Object.keys(value), (name) => evaluate(atom.part, name));
    }
  }

  function isCovered(name: string, names: ReadonlySet<string>, patterns: readonly string[]): Verdict {
    return names.has(name) || invert(every(patterns, (pattern) => invert(texts.matches(pattern, name))));
  }

  function sifted(sift: Sift, value: JsonObject): Verdict {
    const evaluated = { names: new Set(sift.names), patterns: new Set(sift.patterns), all: false };
    if (!sift.pending.every((part) => collect(part, value, evaluated))) return undefined;
    if (evaluated.all) return true;
    return every(Object.keys(value), (name) =>
      implies(invert(isCovered(name, evaluated.names, [...evaluated.patterns])), () =>
        evaluate(sift.part, value[name]),
      ),
    );
  }

  /** Adds what `formula` evaluates of `value`; false when an opaque keyword leaves that open. */
  function collect(
    formula: Formula,
    value: JsonObject,
    into: { names: Set<string>; patterns: Set<string>; all: boolean },
  ): boolean {
    budget.spend();
    switch (formula.kind) {
      case 'and':
        return formula.parts.every((part) => collect(part, value, into));
      case 'or':
      case 'one':
        return formula.parts.every((part) => {
          const verdict = evaluate(part, value);
          return verdict === undefined ? false : !verdict || collect(part, value, into);
        });
      case 'if': {
        const test = evaluate(formula.test, value);
        if (test === undefined) return false;
        return test
          ? collect(formula.test, value, into) && collect(formula.met, value, into)
          : collect(formula.unmet, value, into);
      }
      case 'ref':
        return collect(formula.target(), value, into);
      case 'member':
        into.names.add(formula.name);
        return true;
      case 'matching':
        into.patterns.add(formula.pattern);
        return true;
      case 'others':
      case 'sift':
        into.all = true;
        return true;
      case 'opaque':
        return formula.keyword === 'unevaluatedItems';
      default:
        return true;
    }
  }

  return {
    evaluate,
    evaluateAll: (literals, value) =>
      every(literals, ({ formula, sign }) => (sign ? evaluate(formula, value) : invert(evaluate(formula, value)))),
  };
}

function judgeNumber(atom: Atom & { on: 'number' }, value: number): boolean {
  if (atom.kind === 'multiple') return isMultiple(decimalOf(value), decimalOf(atom.value));
  const order = compare(decimalOf(value), decimalOf(atom.value));
  return atom.kind === 'from' ? order >= 0 : order > 0;
}

function invert(verdict: Verdict): Verdict {
  return verdict === undefined ? undefined : !verdict;
}

function implies(condition: Verdict, consequence: () => Verdict): Verdict {
  if (condition === false) return true;
  const verdict = consequence();
  return condition === undefined && verdict !== true ? undefined : verdict;
}

function every<T>(parts: readonly T[], judge: (part: T) => Verdict): Verdict {
  let verdict: Verdict = true;
  for (const part of parts) {
    const next = judge(part);
    if (next === false) return false;
    if (next === undefined) verdict = undefined;
  }
  return verdict;
}

function exactlyOne(verdicts: readonly Verdict[]): Verdict {
  const accepted = verdicts.filter((verdict) => verdict === true).length;
  if (accepted > 1) return false;
  return verdicts.includes(undefined) ? undefined : accepted === 1;
}
