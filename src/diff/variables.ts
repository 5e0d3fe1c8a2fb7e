import { canonicalJson, type JsonValue } from '../model/index.ts';
import { plainSchema } from '../render/index.ts';
import type { VariableJson } from '../runtime/index.ts';
import { type Both, once } from './kind.ts';
import { compareSchemas, type Comparison } from './schema-compat/index.ts';

/** A variable that both sides declare. */
export interface VariablePair {
  readonly name: string;
  readonly path: string;
  readonly old: VariableJson;
  readonly new: VariableJson;
}

export function variablePath(name: string): string {
  return `/variables/${name}`;
}

function variableOf(variables: Readonly<Record<string, VariableJson>>, name: string): VariableJson | undefined {
  return Object.hasOwn(variables, name) ? variables[name] : undefined;
}

export function sharedVariables({ old, new: now }: Both): readonly VariablePair[] {
  return Object.entries(old.json.variables).flatMap(([name, before]) => {
    const after = variableOf(now.json.variables, name);
    return after ? [{ name, path: variablePath(name), old: before, new: after }] : [];
  });
}

/** Names that stand on one side only. */
export function variablesOnlyIn(side: 'old' | 'new', pair: Both): readonly (readonly [string, VariableJson])[] {
  const other = side === 'old' ? pair.new : pair.old;
  return Object.entries(pair[side].json.variables).filter(([name]) => !Object.hasOwn(other.json.variables, name));
}

/** What the change of a variable's values means to a caller. */
export type ValuesVerdict =
  | { readonly is: 'same' | 'rewritten' | 'widened' }
  | { readonly is: 'narrowed'; readonly why: string; readonly witness?: unknown }
  | { readonly is: 'undecided'; readonly why: string };

export function judgeValues(pair: Both, variable: VariablePair): ValuesVerdict {
  return once(pair, variable.path, () => valuesVerdict(pair, variable));
}

function valuesVerdict(pair: Both, { old, new: now }: VariablePair): ValuesVerdict {
  const limit = limitVerdict(old.maxTokens, now.maxTokens);
  const before = JSON.parse(old.schema) as JsonValue;
  const after = JSON.parse(now.schema) as JsonValue;
  const isConversion = pair.old.json.mode === 'github' && pair.new.json.mode === 'strict';
  if (isConversion) return conversionVerdict(pair, after);
  if (limit?.is === 'narrowed') return limit;
  if (canonicalJson(plainSchema(before)) === canonicalJson(plainSchema(after))) return limit ?? { is: 'same' };
  const compare = (from: JsonValue, to: JsonValue): Comparison =>
    compareSchemas({ old: from, new: to, role: 'input', mode: pair.compat.input });
  const forward = compare(before, after);
  if (forward.verdict === 'breaking') {
    return { is: 'narrowed', why: forward.reasons[0]?.message ?? '', witness: forward.witness };
  }
  if (forward.verdict !== 'compatible') return { is: 'undecided', why: forward.reasons[0]?.message ?? '' };
  return compare(after, before).verdict === 'compatible' ? (limit ?? { is: 'rewritten' }) : { is: 'widened' };
}

/**
 * A github-mode placeholder takes any text. Declaring it may bound the length without breaking its callers; asking for
 * something else than text is a narrowing.
 */
function conversionVerdict(pair: Both, after: JsonValue): ValuesVerdict {
  const bare = Object.entries(after as Record<string, JsonValue>).filter(([keyword]) => keyword !== 'maxLength');
  const forward = compareSchemas({
    old: { type: 'string' },
    new: Object.fromEntries(bare),
    role: 'input',
    mode: pair.compat.input,
  });
  if (forward.verdict === 'compatible') return { is: 'rewritten' };
  const why = forward.reasons[0]?.message ?? '';
  return forward.verdict === 'breaking' ? { is: 'narrowed', why, witness: forward.witness } : { is: 'undecided', why };
}

function limitVerdict(old: number | undefined, now: number | undefined): ValuesVerdict | undefined {
  if (old === now) return undefined;
  if (now === undefined || (old !== undefined && now > old)) return { is: 'widened' };
  return {
    is: 'narrowed',
    why: `at most ${now} tokens, ${old === undefined ? 'without a limit before' : `${old} before`}`,
  };
}
