import { isObject, type JsonValue, member, pointerParts } from '../../model/index.ts';
import { compileSchema, type JsonSchema, nearest, type Validate } from '../../runtime/index.ts';
import type { SourceProblem } from '../problem.ts';
import type { YamlFile } from '../yaml/yaml-file.ts';
import { PARAMETER_SPELLINGS } from './prompt-schema.ts';

const validators = new Map<JsonSchema, Validate>();

/** Holds a YAML file against the schema of its kind. Values that are null count as absent: `description:` says nothing yet. */
export function checkShape(yaml: YamlFile, schema: JsonSchema): SourceProblem[] {
  let validate = validators.get(schema);
  if (!validate) validators.set(schema, (validate = compileSchema(schema)));
  const problems: SourceProblem[] = [];
  for (const { path, keyword, message } of validate(yaml.value)) {
    const value = valueAt(yaml.value, path);
    if (keyword === 'additionalProperties') {
      if (!isUnknownEvaluator(yaml.value, path)) problems.push(unknownKey(yaml, schema, path));
      continue;
    }
    if (value === null) continue;
    problems.push({
      rule: 'schema/wrong-type',
      message: `\`${nameOf(path)}\`: ${message}`,
      ...offsets(yaml, path),
      pointer: path,
    });
  }
  return problems;
}

function unknownKey(yaml: YamlFile, schema: JsonSchema, path: string): SourceProblem {
  const parts = pointerParts(path);
  const key = parts.at(-1)!;
  const { start, end } = yaml.rangeOf(path, 'key');
  const at = { start: start.offset, end: end.offset, pointer: path };
  const spelling =
    parts.at(-2) === 'modelParameters' && Object.hasOwn(PARAMETER_SPELLINGS, key)
      ? PARAMETER_SPELLINGS[key]
      : undefined;
  if (spelling !== undefined) {
    const siblings = valueAt(yaml.value, path.slice(0, path.lastIndexOf('/')));
    const quote = /^["']/.exec(yaml.text.slice(at.start, at.end))?.[0] ?? '';
    const edit = { start: at.start, end: at.end, text: quote + spelling + quote };
    return {
      rule: 'schema/parameter-spelling',
      message: `\`${key}\` is not read by \`gh models\`; write \`${spelling}\``,
      ...at,
      ...(isOnlySpelling(siblings, key, spelling) ? { fix: { safe: true, edits: [edit] } } : {}),
    };
  }
  const names = Object.keys(schemaAt(schema, parts.slice(0, -1))?.properties ?? {});
  const near = nearest(key, names);
  const where = parts.length > 1 ? ` in \`${parts.slice(0, -1).join('.')}\`` : '';
  const help = near ? `did you mean \`${near}\`?` : `known here: ${names.join(', ')}`;
  return { rule: 'schema/unknown-key', message: `\`${key}\` is no key of the format${where}`, help, ...at };
}

/** Whether no other key means the same parameter: renamed, the two would be one key twice. */
function isOnlySpelling(parameters: JsonValue | undefined, key: string, meant: string): boolean {
  return isObject(parameters) && Object.keys(parameters).every((name) => name === key || meaningOf(name) !== meant);
}

function meaningOf(parameter: string): string {
  if (parameter === 'maxCompletionTokens') return 'maxTokens';
  return Object.hasOwn(PARAMETER_SPELLINGS, parameter) ? PARAMETER_SPELLINGS[parameter]! : parameter;
}

/** An evaluator of no known kind is one finding, tests/evaluator-unknown, and its keys are no further ones. */
function isUnknownEvaluator(value: JsonValue, path: string): boolean {
  const evaluator = /^\/evaluators\/\d+(?=\/[^/]+$)/.exec(path)?.[0];
  if (evaluator === undefined) return false;
  const written = valueAt(value, evaluator);
  return ['string', 'llm', 'uses'].every((kind) => (member(written, kind) ?? null) === null);
}

function schemaAt(schema: JsonSchema, parts: readonly string[]): JsonSchema | undefined {
  let at: JsonSchema | undefined = schema;
  for (const part of parts) {
    const next: unknown =
      at?.properties?.[part] ?? (isObject(at?.additionalProperties) ? at.additionalProperties : at?.items);
    at = isObject(next) ? next : undefined;
  }
  return at;
}

/** Where a value stands; one that begins on a line below its key, as blocks of YAML do, is told at the key. */
function offsets(yaml: YamlFile, path: string): { start: number; end: number } {
  const value = yaml.rangeOf(path);
  const key = yaml.keyNode(path) && yaml.rangeOf(path, 'key');
  const { start, end } = key && key.start.line < value.start.line ? key : value;
  return { start: start.offset, end: end.offset };
}

function nameOf(path: string): string {
  return pointerParts(path).join('.') || 'the file';
}

export function valueAt(value: JsonValue, pointer: string): JsonValue | undefined {
  let at: JsonValue | undefined = value;
  for (const part of pointerParts(pointer)) at = Array.isArray(at) ? at[Number(part)] : member(at, part);
  return at;
}
