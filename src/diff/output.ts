import { canonicalJson, type JsonValue, pointerParts } from '../model/index.ts';
import { plainSchema } from '../render/index.ts';
import type { ResponseFormatJson } from '../runtime/index.ts';
import { type Both, type Found, once } from './kind.ts';
import { compareSchemas, type Comparison, type Role } from './schema-compat/index.ts';
import { matchesPath, schemaFacts, type SchemaFacts } from './schema-facts.ts';

/** Two schemas of what the model writes, judged for those who read it. */
export interface WrittenVerdict {
  readonly facts: SchemaFacts;
  readonly verdict: Comparison['verdict'];
  readonly witness?: unknown;
  readonly why: string;
  /** JSON pointer to the part of the witness that is refused. */
  readonly at: string;
  /** The property or the enum that the witness is about, where it is one. */
  readonly culprit: { readonly kind: 'removed' | 'enum'; readonly path: string } | undefined;
  /** True where readers of the new schema could have read the old one too: nothing but text changed. */
  readonly isSame: boolean;
  /** True where even the text is the same. */
  readonly isUnchanged: boolean;
}

export function judgeWritten(
  pair: Both,
  name: string,
  old: string,
  now: string,
  role: Exclude<Role, 'input'>,
): WrittenVerdict {
  return once(pair, name, () => writtenVerdict(pair, JSON.parse(old) as JsonValue, JSON.parse(now) as JsonValue, role));
}

function writtenVerdict(pair: Both, old: JsonValue, now: JsonValue, role: Exclude<Role, 'input'>): WrittenVerdict {
  const facts = schemaFacts(old, now);
  const isUnchanged = JSON.stringify(old) === JSON.stringify(now);
  const calm = { facts, why: '', at: '', culprit: undefined, isUnchanged };
  if (canonicalJson(plainSchema(old)) === canonicalJson(plainSchema(now)))
    return { ...calm, verdict: 'compatible', isSame: true };
  const mode = role === 'output' ? pair.compat.output : pair.compat.tools;
  const forward = compareSchemas({ old, new: now, role, mode });
  const [reason] = forward.reasons;
  const why = reason?.message ?? '';
  if (forward.verdict === 'breaking') {
    const { witness } = forward;
    return {
      ...calm,
      verdict: 'breaking',
      witness,
      why,
      at: reason?.path ?? '',
      culprit: culpritOf(facts, reason),
      isSame: false,
    };
  }
  if (forward.verdict !== 'compatible') return { ...calm, verdict: forward.verdict, why, isSame: false };
  const isOtherwise = facts.added.length > 0 || facts.removed.length > 0;
  const isSame = !isOtherwise && compareSchemas({ old: now, new: old, role, mode }).verdict === 'compatible';
  return { ...calm, verdict: 'compatible', isSame };
}

function culpritOf(facts: SchemaFacts, reason: Comparison['reasons'][number] | undefined): WrittenVerdict['culprit'] {
  if (!reason) return undefined;
  if (reason.keyword === 'required') {
    const removed = facts.removed.find(
      ({ path, required }) => required && matchesPath(path.slice(0, path.lastIndexOf('/')), reason.path),
    );
    return removed && { kind: 'removed', path: removed.path };
  }
  if (reason.keyword !== 'enum') return undefined;
  const widened = facts.enumAdded.find(({ path }) => matchesPath(path, reason.path));
  return widened && { kind: 'enum', path: widened.path };
}

/** The output schemas, where both sides answer in JSON and both describe it. */
function outputSchemas({ old, new: now }: Both): { readonly old: string; readonly new: string } | undefined {
  const before = old.json.responseFormat;
  const after = now.json.responseFormat;
  return before?.schema !== undefined && after?.schema !== undefined && formatOf(before) === formatOf(after)
    ? { old: before.schema, new: after.schema }
    : undefined;
}

/** The verdict on the output, where there is one to make. */
export function judgeOutput(pair: Both): WrittenVerdict | undefined {
  const schemas = outputSchemas(pair);
  return schemas && judgeWritten(pair, '/output', schemas.old, schemas.new, 'output');
}

/** What an answer is, whether it is written out or left to the default. */
export function formatOf(format: ResponseFormatJson | undefined): 'text' | 'json_object' | 'json_schema' {
  return format?.type ?? 'text';
}

/** The found change of a widening that no removed property and no enum explains. */
export function wideningFound(verdict: WrittenVerdict, path: string, whole: string): Found[] {
  if (verdict.verdict !== 'breaking' || verdict.culprit) return [];
  const { at, why, witness } = verdict;
  const value = JSON.stringify(valueAt(witness, at));
  const says =
    at === '' || value.length > 40
      ? 'may be what the old schema rejects'
      : `may be ${value}, which the old schema rejects`;
  return [{ path: path + at, message: `${at === '' ? whole : spoken(at)} ${says}: ${why}`, witness }];
}

function valueAt(witness: unknown, pointer: string): unknown {
  let value = witness;
  for (const part of pointerParts(pointer)) value = (value as Readonly<Record<string, unknown>> | null)?.[part];
  return value ?? null;
}

/** The witness for one removed property or enum, where the proof is about it. */
export function witnessFor(verdict: WrittenVerdict, kind: 'removed' | 'enum', path: string): { witness?: unknown } {
  const { culprit } = verdict;
  return verdict.verdict === 'breaking' && culprit?.kind === kind && culprit.path === path
    ? { witness: verdict.witness }
    : {};
}

/** `priority` for `/priority`, `orders[].id` for a member of a list. */
export function spoken(path: string): string {
  const text = path
    .slice(1)
    .split('/')
    .reduce((said, part) => (part === '*' ? `${said}[]` : said === '' ? part : `${said}.${part}`), '');
  return text === '' ? 'the output' : `\`${text}\``;
}

export function valuesText(values: readonly JsonValue[]): string {
  return values.map((value) => JSON.stringify(value)).join(', ');
}
