import { canonicalText, type JsonType } from './json.ts';

/**
 * A schema as logic. Formulas are interned: the same statement is the same object, so an unchanged part of two schemas
 * closes a proof by identity. An atom that speaks `on` one type holds for every value of another type, as in JSON Schema.
 */
export type Formula = { readonly id: number } & (Connective | Atom | Sift);

type Connective =
  | { readonly kind: 'types'; readonly types: ReadonlySet<JsonType> }
  | { readonly kind: 'values'; readonly values: readonly unknown[]; readonly texts: ReadonlySet<string> }
  | { readonly kind: 'and' | 'or' | 'one'; readonly parts: readonly Formula[] }
  | { readonly kind: 'not'; readonly part: Formula }
  | { readonly kind: 'if'; readonly test: Formula; readonly met: Formula; readonly unmet: Formula }
  | { readonly kind: 'ref'; readonly target: () => Formula }
  | { readonly kind: 'opaque'; readonly keyword: string };

export type Atom =
  | { readonly on: 'number'; readonly kind: 'from' | 'above' | 'multiple'; readonly value: number }
  | { readonly on: 'string'; readonly kind: 'length'; readonly least: number }
  | { readonly on: 'string'; readonly kind: 'pattern' | 'format'; readonly text: string }
  | { readonly on: 'array'; readonly kind: 'length'; readonly least: number }
  | { readonly on: 'array'; readonly kind: 'at' | 'rest'; readonly index: number; readonly part: Formula }
  | { readonly on: 'array'; readonly kind: 'contains'; readonly least: number; readonly part: Formula }
  | { readonly on: 'array'; readonly kind: 'unique' }
  | { readonly on: 'object'; readonly kind: 'length'; readonly least: number }
  | { readonly on: 'object'; readonly kind: 'has'; readonly name: string }
  | { readonly on: 'object'; readonly kind: 'member'; readonly name: string; readonly part: Formula }
  | { readonly on: 'object'; readonly kind: 'matching'; readonly pattern: string; readonly part: Formula }
  | ({ readonly on: 'object'; readonly kind: 'others'; readonly part: Formula } & Members)
  | { readonly on: 'object'; readonly kind: 'names'; readonly part: Formula };

/** The members a schema speaks of: by name and by pattern. */
export interface Members {
  readonly names: ReadonlySet<string>;
  readonly patterns: readonly string[];
}

/**
 * unevaluatedProperties: every member not evaluated by whichever `pending` formulas hold is in `part`. Deciding one pending
 * formula at a time turns it into an `others` atom.
 */
export type Sift = Members & { readonly kind: 'sift'; readonly pending: readonly Formula[]; readonly part: Formula };

export interface Literal {
  readonly formula: Formula;
  readonly sign: boolean;
}

export const holds = (formula: Formula): Literal => ({ formula, sign: true });
export const fails = (formula: Formula): Literal => ({ formula, sign: false });
export const keyOf = ({ formula, sign }: Literal): number => (sign ? formula.id : -formula.id);

export interface Formulas {
  readonly always: Formula;
  readonly never: Formula;
  types(types: readonly JsonType[]): Formula;
  values(values: readonly unknown[]): Formula;
  and(parts: readonly Formula[]): Formula;
  or(parts: readonly Formula[]): Formula;
  one(parts: readonly Formula[]): Formula;
  not(part: Formula): Formula;
  choose(test: Formula, met: Formula, unmet: Formula): Formula;
  ref(name: string, target: () => Formula): Formula;
  opaque(keyword: string, text: string): Formula;
  atom(atom: Atom): Formula;
  sift(sift: Omit<Sift, 'kind'>): Formula;
}

/** A fresh table of interned formulas; one table serves one comparison. */
export function createFormulas(): Formulas {
  const byText = new Map<string, Formula>();
  const intern = (text: string, shape: Connective | Atom | Sift): Formula => {
    let formula = byText.get(text);
    if (!formula) byText.set(text, (formula = { id: byText.size + 1, ...shape }));
    return formula;
  };
  const list = (kind: 'and' | 'or' | 'one', parts: readonly Formula[]): Formula =>
    intern(`${kind} ${parts.map(({ id }) => id).join()}`, { kind, parts });
  const flat = (kind: 'and' | 'or', parts: readonly Formula[]): Formula => {
    const distinct = new Set(parts.flatMap((part) => (part.kind === kind ? part.parts : [part])));
    const only = distinct.size === 1 ? [...distinct][0] : undefined;
    return only ?? list(kind, [...distinct]);
  };
  const formulas: Formulas = {
    always: list('and', []),
    never: list('or', []),
    types: (types) => intern(`types ${types.toSorted().join()}`, { kind: 'types', types: new Set(types) }),
    values(values) {
      const texts = new Set(values.map(canonicalText));
      return intern(`values ${[...texts].sort().join()}`, { kind: 'values', values, texts });
    },
    and: (parts) => flat('and', parts),
    or: (parts) => flat('or', parts),
    one: (parts) => (parts.length === 1 ? parts[0]! : list('one', parts)),
    // Not folded when doubled: what stands under `not` evaluates no member, whatever it says of the value.
    not: (part) => intern(`not ${part.id}`, { kind: 'not', part }),
    choose: (test, met, unmet) => intern(`if ${test.id},${met.id},${unmet.id}`, { kind: 'if', test, met, unmet }),
    ref: (name, target) => intern(`ref ${name}`, { kind: 'ref', target }),
    opaque: (keyword, text) => intern(`opaque ${keyword} ${text}`, { kind: 'opaque', keyword }),
    atom: (atom) => intern(textOf(atom), atom),
    sift: (sift) =>
      intern(`sift ${sift.pending.map(({ id }) => id).join()} ${membersText(sift)}`, { kind: 'sift', ...sift }),
  };
  return formulas;
}

function membersText({ names, patterns, part }: Members & { readonly part: Formula }): string {
  return canonicalText([[...names].sort(), patterns.toSorted(), part.id]);
}

function textOf(atom: Atom): string {
  if (atom.kind === 'others') return `others ${membersText(atom)}`;
  const fields: Record<string, unknown> = { ...atom };
  if ('part' in atom) fields['part'] = atom.part.id;
  return canonicalText(fields);
}
