import { isObject, type JsonObject, type JsonSchema } from './json-schema.ts';
import { outputKeywords, type SchemaSubset, variableKeywords } from './keywords.ts';
import { isLinearPattern } from './linear-pattern.ts';
import { pointerStep } from './problem.ts';
import { resolveReference } from './reference.ts';
import { DEAD_REFERENCE } from './wider.ts';

/** A keyword that keeps a schema out of a subset, and why. */
export interface UnsupportedKeyword {
  /** JSON pointer to the keyword inside the schema. */
  readonly pointer: string;
  readonly keyword: string;
  readonly reason: string;
}

/** Schemas nested deeper than this are refused: nobody writes them, and walking them could exhaust the stack. */
const MAX_NESTING = 512;

/** The keywords whose schemas apply to the same value. */
const IN_PLACE = ['anyOf', 'oneOf', 'allOf'];

/**
 * The keywords of `schema` that keep it out of `subset`: those the runtime doesn't check there, and those whose argument
 * is malformed. Empty for a schema that is checked in full, each `pattern` in linear time. Local references are followed
 * into `root`, the schema itself unless given. Never throws.
 *
 * @example
 * unsupportedKeywords({ type: 'string', not: { const: '' } }, 'variable');
 * // [{ pointer: '/not', keyword: 'not', reason: '"not" is not checked in the schema of a variable' }]
 */
export function unsupportedKeywords(
  schema: JsonSchema | boolean,
  subset: SchemaSubset,
  root: unknown = schema,
): UnsupportedKeyword[] {
  const keywords = subset === 'variable' ? variableKeywords() : outputKeywords();
  const found: UnsupportedKeyword[] = [];
  const seen = new Set<unknown>();
  /** Where references lead; visited last, so that a fault is reported where it stands and not where it is referred to. */
  const targets = new Map<unknown, string>();

  const fault = (keyword: string, argument: unknown, node: JsonObject): string | false => {
    const known = Object.hasOwn(keywords, keyword) ? keywords[keyword] : undefined;
    if (!known)
      return `is not checked in the schema of ${subset === 'variable' ? 'a variable' : 'an output or a tool'}`;
    const malformed = known.takes(argument, node);
    if (malformed) return malformed;
    if (keyword === 'pattern') return !isLinearPattern(String(argument)) && NOT_LINEAR;
    if (keyword !== '$ref') return false;
    const target = resolveReference(root, String(argument));
    if (target === undefined) return DEAD_REFERENCE;
    targets.set(target, String(argument).slice(1));
    return leadsBack(node, root) && 'leads back to itself without a step into the value';
  };

  const visit = (node: unknown, pointer: string, depth: number): void => {
    if (typeof node === 'boolean' || seen.has(node)) return;
    if (!isObject(node) || depth > MAX_NESTING) {
      const reason = isObject(node) ? 'the schema is nested too deep' : 'a schema must be a mapping, true or false';
      found.push({ pointer, keyword: '', reason });
      return;
    }
    seen.add(node);
    for (const [keyword, argument] of Object.entries(node)) {
      const path = pointer + pointerStep(keyword);
      const reason = fault(keyword, argument, node);
      if (reason) found.push({ pointer: path, keyword, reason: `"${keyword}" ${reason}` });
      else for (const [child, step] of schemasIn(keyword, argument)) visit(child, path + step, depth + 1);
    }
  };

  visit(schema, '', 0);
  for (const [target, pointer] of targets) visit(target, pointer, 0);
  return found;
}

const NOT_LINEAR =
  'must be matched in linear time: no lookaround, no backreference, no repetition that can be read in several ways';

const IN_ONE = new Set(['additionalProperties', 'additionalItems', 'items']);
const IN_LIST = new Set(['anyOf', 'oneOf', 'allOf', 'prefixItems', 'items']);
const IN_MAP = new Set(['properties', '$defs', 'definitions']);

/** The schemas inside a keyword's argument, each with its pointer from there. */
function schemasIn(keyword: string, argument: unknown): [schema: unknown, step: string][] {
  if (Array.isArray(argument)) return IN_LIST.has(keyword) ? argument.map((child, i) => [child, `/${i}`]) : [];
  if (IN_MAP.has(keyword) && isObject(argument))
    return Object.entries(argument).map(([name, child]) => [child, pointerStep(name)]);
  return IN_ONE.has(keyword) ? [[argument, '']] : [];
}

/** Does applying `node` to a value come to applying it to the same value again? It would never end. */
function leadsBack(node: JsonObject, root: unknown): boolean {
  const passed = new Set<unknown>();
  const open: unknown[] = [node];
  while (open.length > 0) {
    const current = open.pop();
    if (!isObject(current)) continue;
    const next = IN_PLACE.flatMap((keyword) => (Array.isArray(current[keyword]) ? current[keyword] : []));
    if (typeof current['$ref'] === 'string') next.push(resolveReference(root, current['$ref']));
    if (next.includes(node)) return true;
    open.push(...next.filter((schema) => !passed.has(schema)));
    for (const schema of next) passed.add(schema);
  }
  return false;
}
