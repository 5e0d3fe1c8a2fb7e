import type { JsonObject, JsonValue } from '../model/index.ts';
import type { Expr, Role, Segment } from '../runtime/index.ts';
import type { Draft, DraftMessage, DraftVariable, Note } from './draft.ts';
import { Refusal } from './refusal.ts';
import { variablesOf, visit } from './segments.ts';

/** A variable as the strict file declares it. */
export interface SettledVariable {
  readonly schema: JsonObject;
  readonly default?: JsonValue;
  readonly optional?: boolean;
  readonly trust: 'user' | 'trusted';
  readonly isUnfenced: boolean;
}

export interface Settled {
  readonly variables: ReadonlyMap<string, SettledVariable>;
  readonly testData: readonly JsonObject[];
  readonly notes: readonly Note[];
}

/** Speakers that a model obeys: what they say is the author's. */
const OBEYED = new Set<Role>(['system', 'developer', 'assistant']);

/**
 * Declares what the messages read. The other tools trust every value: here one is the user's, unless it stands in an instruction,
 * and each such choice is told. An optional value that is written out gets the default that the other tools give it: nothing.
 *
 * @throws Refusal where a list or an object is written out: each tool writes those in a way of its own
 */
export function settle(draft: Draft, tool: string): Settled {
  const messages = [...draft.messages, ...[...(draft.variants?.values() ?? [])].flatMap((variant) => variant.messages)];
  const uses = new Uses();
  for (const message of messages) uses.read(message);
  const notes: Note[] = [];
  const variables = new Map<string, SettledVariable>();
  const names = new Set([...draft.variables.keys(), ...uses.names]);
  for (const name of names) {
    const use = uses.of(name);
    const declared = draft.variables.get(name);
    checkName(name, use);
    const base = withDefault(declared ?? inferred(use), use);
    refuseList(name, base.schema, use, tool);
    if (use.obeyed) notes.push(trustNote(name, use.obeyed));
    const isUnfenced = use.obeyed === undefined && use.isInline;
    variables.set(name, { ...base, trust: use.obeyed ? 'trusted' : 'user', isUnfenced });
  }
  const unfenced = [...variables].filter(([, variable]) => variable.isUnfenced).map(([name]) => name);
  if (unfenced.length > 0) notes.push(fenceNote(unfenced, uses, tool));
  return {
    variables,
    testData: (draft.testData ?? []).flatMap((row) => rowOf(row, variables, draft.evaluators, notes)),
    notes,
  };
}

/** A row holds what variables and evaluators read. One that lacks a required value tests nothing. */
function rowOf(
  row: JsonObject,
  variables: ReadonlyMap<string, SettledVariable>,
  evaluators: Draft['evaluators'],
  notes: Note[],
): readonly JsonObject[] {
  const missing = [...variables].find(
    ([name, { default: fallback, optional }]) =>
      fallback === undefined && optional !== true && !Object.hasOwn(row, name),
  );
  if (missing) {
    if (Object.keys(row).length > 0)
      notes.push({ kind: 'lost', message: `A row of samples is left out: it has no \`${missing[0]}\``, offset: 0 });
    return [];
  }
  const read = JSON.stringify(evaluators ?? []);
  const entries = Object.entries(row).filter(
    ([name]) => variables.has(name) || isOurs(name) || read.includes(`{{${name}}}`),
  );
  return entries.length > 0 ? [Object.fromEntries(entries)] : [];
}

function isOurs(name: string): boolean {
  return name.startsWith('$') || name === 'expected';
}

interface Use {
  /** The first place in an instruction that it is written at. */
  obeyed: { readonly role: Role; readonly offset: number } | undefined;
  /** Written among other text. */
  isInline: boolean;
  /** Written, or read by a helper, where no test has made sure that there is a value. */
  isBare: boolean;
  isTested: boolean;
  /** Written as a whole, without a step into it. */
  printed: number | undefined;
  hasMembers: boolean;
  isIterated: boolean;
  first: number | undefined;
}

class Uses {
  readonly #byName = new Map<string, Use>();

  get names(): Iterable<string> {
    return this.#byName.keys();
  }

  of(name: string): Use {
    let use = this.#byName.get(name);
    if (!use) {
      use = {
        obeyed: undefined,
        isInline: false,
        isBare: false,
        isTested: false,
        printed: undefined,
        hasMembers: false,
        isIterated: false,
        first: undefined,
      };
      this.#byName.set(name, use);
    }
    return use;
  }

  read(message: DraftMessage): void {
    if ('history' in message) {
      this.of(message.history).isIterated = true;
      return;
    }
    const { role, segments } = message;
    const isAlone = isOneValue(segments);
    visit(segments, {
      value: ({ expr, offset, tests, isMedia }, iterated) => {
        const isTested = new Set(tests.flatMap((test) => variablesOf(test, iterated)));
        for (const name of variablesOf(expr, iterated)) {
          const use = this.of(name);
          use.first ??= offset;
          if (OBEYED.has(role)) use.obeyed ??= { role, offset };
          else if (!isMedia) use.isInline ||= !isAlone;
          if (!isTested.has(name)) use.isBare = true;
        }
        if ('ref' in expr && expr.scope === 0 && expr.ref.length === 1) this.of(expr.ref[0]!).printed ??= offset;
        this.#members(expr);
      },
      test: (test, iterated, offset) => {
        for (const name of variablesOf(test, iterated)) {
          const use = this.of(name);
          use.first ??= offset;
          use.isTested = true;
        }
        this.#members(test);
      },
      each: (over, iterated, offset) => {
        for (const name of variablesOf(over, iterated)) {
          const use = this.of(name);
          use.first ??= offset;
          if ('ref' in over && over.scope === 0 && over.ref.length === 1) use.isIterated = true;
        }
        this.#members(over);
      },
    });
  }

  #members(expr: Expr): void {
    if ('ref' in expr && expr.scope === 0 && expr.ref.length > 1) this.of(expr.ref[0]!).hasMembers = true;
    else if ('op' in expr) expr.args.forEach((arg) => this.#members(arg));
  }
}

function isOneValue(segments: readonly Segment[]): boolean {
  const [only, ...rest] = segments;
  return (
    only?.kind === 'value' &&
    rest.every((segment) => segment.kind === 'text' && segment.text === '\n') &&
    rest.length <= 1
  );
}

const NAME = /^[A-Za-z_][\w-]*$/;
const RESERVED = new Set(['__proto__', 'constructor', 'prototype', 'this', 'true', 'false', 'null', 'else']);

function checkName(name: string, use: Use): void {
  if (!NAME.test(name) || RESERVED.has(name))
    throw new Refusal(
      `\`${name}\` can't name a variable of promptctl: letters, digits, _ and -, a letter first`,
      use.first ?? 0,
    );
}

/** What a name that nothing declares must be, by how it is read. */
function inferred(use: Use): DraftVariable {
  const schema: JsonObject = use.hasMembers
    ? { type: 'object' }
    : use.isIterated
      ? { type: 'array' }
      : use.printed === undefined
        ? {}
        : { type: 'string' };
  return { schema, ...(use.isTested && !use.isBare ? { optional: true } : {}) };
}

/** The other tools write nothing for a value that is not there; here that is said as a default. */
function withDefault(variable: DraftVariable, use: Use): DraftVariable {
  if (variable.optional !== true || !use.isBare || use.hasMembers || use.isIterated) return variable;
  const { optional: _, schema, ...rest } = variable;
  const { type, enum: choices } = schema;
  const types = type === undefined ? undefined : Array.isArray(type) ? (type as readonly JsonValue[]) : [type];
  const wider = types && !types.includes('string') ? { type: [...types, 'string'] } : {};
  const wideEnum =
    Array.isArray(choices) && !choices.includes('') ? { enum: [...(choices as readonly JsonValue[]), ''] } : {};
  return { ...rest, schema: { ...schema, ...wider, ...wideEnum }, default: '' };
}

function refuseList(name: string, schema: JsonObject, use: Use, tool: string): void {
  if (use.printed === undefined) return;
  const { type } = schema;
  const types = Array.isArray(type) ? type : [type];
  if (types.includes('array') || types.includes('object') || use.hasMembers || use.isIterated)
    throw new Refusal(
      `\`${name}\` is a list or an object and is written out whole, which ${tool} does in a way of its own; go through it with a loop`,
      use.printed,
    );
}

function trustNote(name: string, { role, offset }: NonNullable<Use['obeyed']>): Note {
  return {
    kind: 'trust',
    message: `\`${name}\` stands in the ${role} message, so it is declared \`trust: trusted\`: make sure that no user writes it, or move it to a user message`,
    offset,
  };
}

function fenceNote(names: readonly string[], uses: Uses, tool: string): Note {
  const listed = names.map((name) => `\`${name}\``).join(', ');
  return {
    kind: 'fence',
    message: `\`fence: none\` on ${listed} keeps the bytes of ${tool}; take it out, so that a user's words stand in a fence`,
    offset: uses.of(names[0]!).first ?? 0,
  };
}
