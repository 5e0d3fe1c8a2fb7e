import { isObject, type JsonObject, type JsonValue, member, pointerTo, type Variable } from '../../model/index.ts';
import { compileSchema, nearest, type Trust, unsupportedKeywords } from '../../runtime/index.ts';
import type { SourceProblem } from '../problem.ts';
import type { YamlFile } from '../yaml/yaml-file.ts';

const NAME = /^[A-Za-z_][\w-]*$/;
/** Names that mean something to every JavaScript object; no variable needs them. */
const RESERVED = new Set(['__proto__', 'constructor', 'prototype', 'this', 'true', 'false', 'null', 'else']);
const TRUSTS: readonly string[] = ['trusted', 'user', 'retrieved', 'tool', 'model'];
const OWN_KEYS = new Set(['trust', 'optional', 'maxTokens', 'fence', 'default']);

const RULE = 'schema/variable-invalid';

/** Reads `variables:` of a strict prompt. What is wrong comes back as problems; the rest of the declaration stands. */
export function readVariables(yaml: YamlFile, problems: SourceProblem[]): Map<string, Variable> {
  const variables = new Map<string, Variable>();
  const declared = member(yaml.value, 'variables');
  if (!isObject(declared)) return variables;
  for (const [name, value] of Object.entries(declared)) {
    const pointer = pointerTo('/variables', name);
    const problem = (message: string, at: string, part: 'key' | 'value' = 'value', help?: string): void => {
      const { start, end } = yaml.rangeOf(at, part);
      problems.push({
        rule: RULE,
        message,
        start: start.offset,
        end: end.offset,
        pointer: at,
        ...(help ? { help } : {}),
      });
    };
    if (!NAME.test(name) || RESERVED.has(name)) {
      problem(
        `\`${name}\` can't name a variable`,
        pointer,
        'key',
        'begin with a letter; then letters, digits, _ and -; no word of the template language',
      );
      continue;
    }
    if (Array.isArray(value)) {
      problem(`\`${name}\` must be a JSON Schema, or a default`, pointer);
      continue;
    }
    variables.set(name, isObject(value) ? declaration(name, value, pointer, problem) : shorthand(name, value, pointer));
  }
  return variables;
}

/** `locale: en` is a trusted value with that default; `ticket:` alone is a string from the user. */
function shorthand(name: string, value: JsonValue, pointer: string): Variable {
  if (value === null) return { name, schema: { type: 'string' }, trust: 'user', required: true, fenced: true, pointer };
  const type = typeof value === 'number' ? (Number.isInteger(value) ? 'integer' : 'number') : typeof value;
  return { name, schema: { type }, trust: 'trusted', required: false, default: value, fenced: true, pointer };
}

type Report = (message: string, at: string, part?: 'key' | 'value', help?: string) => void;

function declaration(name: string, value: JsonObject, pointer: string, report: Report): Variable {
  const schema = Object.fromEntries(Object.entries(value).filter(([key]) => !OWN_KEYS.has(key)));
  const unsupported = unsupportedKeywords(schema, 'variable');
  for (const { pointer: at, keyword, reason } of unsupported) {
    const near = nearest(keyword, [
      ...OWN_KEYS,
      'type',
      'enum',
      'const',
      'maxLength',
      'minLength',
      'items',
      'properties',
      'required',
      'description',
      'pattern',
      'format',
    ]);
    report(
      `\`${name}\`: ${reason}`,
      pointer + at,
      'key',
      near && near !== keyword ? `did you mean \`${near}\`?` : undefined,
    );
  }
  const fallback = member(value, 'default');
  if (fallback !== undefined && unsupported.length === 0) {
    const [problem] = compileSchema(schema)(fallback);
    if (problem)
      report(`The default of \`${name}\` does not fit its own schema: ${problem.message}`, `${pointer}/default`);
  }
  const maxTokens = member(value, 'maxTokens');
  if (maxTokens !== undefined && !(typeof maxTokens === 'number' && Number.isInteger(maxTokens) && maxTokens > 0)) {
    report(`\`maxTokens\` of \`${name}\` must be a whole number over 0`, `${pointer}/maxTokens`);
  }
  const optional = member(value, 'optional');
  if (optional !== undefined && typeof optional !== 'boolean')
    report(`\`optional\` of \`${name}\` must be true or false`, `${pointer}/optional`);
  const fence = member(value, 'fence');
  if (fence !== undefined && fence !== 'none') report(`\`fence\` of \`${name}\` can only be none`, `${pointer}/fence`);
  return {
    name,
    schema,
    trust: trustOf(name, member(value, 'trust'), pointer, report),
    required: fallback === undefined && optional !== true,
    ...(fallback === undefined ? {} : { default: fallback }),
    ...(typeof maxTokens === 'number' ? { maxTokens } : {}),
    fenced: fence !== 'none',
    pointer,
  };
}

function trustOf(name: string, value: JsonValue | undefined, pointer: string, report: Report): Trust {
  if (value === undefined) return 'user';
  if (typeof value === 'string' && TRUSTS.includes(value)) return value as Trust;
  const near = nearest(String(value), TRUSTS);
  report(
    `\`trust\` of \`${name}\` can't be ${JSON.stringify(value)}`,
    `${pointer}/trust`,
    'value',
    near ? `did you mean \`${near}\`?` : `it is one of ${TRUSTS.join(', ')}`,
  );
  return 'user';
}
