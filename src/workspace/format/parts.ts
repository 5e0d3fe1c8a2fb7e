import {
  type EvaluatorSpec,
  type Example,
  isObject,
  type JsonObject,
  type JsonValue,
  member,
  pointerTo,
  type TestRow,
} from '../../model/index.ts';
import type { ParametersJson, ToolJson } from '../../runtime/index.ts';

/** The parts of a prompt that need nothing but their own place in the file. What is not of the right shape is left out: the shape check tells it. */

export function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [];
}

export function strings(value: JsonValue | undefined): string[] {
  return listOf(value).filter((text): text is string => typeof text === 'string');
}

export function numbersOf(value: JsonObject): Record<string, number> {
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
}

export function parametersOf(value: JsonValue | undefined): ParametersJson {
  if (!isObject(value)) return {};
  const { maxCompletionTokens, ...rest } = value;
  const known = Object.entries(rest).filter(
    ([key, parameter]) => Object.hasOwn(PARAMETERS, key) && PARAMETERS[key]!(parameter),
  );
  const limit = rest['maxTokens'] ?? maxCompletionTokens;
  return { ...Object.fromEntries(known), ...(typeof limit === 'number' ? { maxTokens: limit } : {}) };
}

const isNumber = (value: JsonValue): boolean => typeof value === 'number';
const isText = (value: JsonValue): boolean => typeof value === 'string';

/** What each parameter may be. */
const PARAMETERS: Readonly<Record<string, (value: JsonValue) => boolean>> = {
  temperature: isNumber,
  topP: isNumber,
  maxTokens: isNumber,
  stop: (value) => isText(value) || (Array.isArray(value) && (value as readonly JsonValue[]).every(isText)),
  seed: isNumber,
  frequencyPenalty: isNumber,
  presencePenalty: isNumber,
  reasoningEffort: isText,
};

export function examplesOf(value: JsonValue | undefined, pointer: string): Example[] {
  return listOf(value).flatMap((entry, at): Example[] => {
    const input = member(entry, 'input');
    const output = member(entry, 'output');
    if (!isObject(input) || output === undefined || output === null) return [];
    return [
      { input, output: typeof output === 'string' ? output : JSON.stringify(output), pointer: pointerTo(pointer, at) },
    ];
  });
}

export function toolsOf(value: JsonValue | undefined): ToolJson[] {
  return listOf(value).flatMap((tool): ToolJson[] => {
    const name = member(tool, 'name');
    if (typeof name !== 'string') return [];
    const description = member(tool, 'description');
    const parameters = member(tool, 'parameters');
    const effect = member(tool, 'effect');
    const approval = member(tool, 'approval');
    return [
      {
        name,
        ...(typeof description === 'string' ? { description } : {}),
        ...(parameters === undefined || parameters === null ? {} : { parameters: JSON.stringify(parameters) }),
        ...(member(tool, 'optional') === true ? { optional: true } : {}),
        ...(typeof effect === 'string' ? { effect: effect as NonNullable<ToolJson['effect']> } : {}),
        ...(typeof approval === 'string' ? { approval: approval as NonNullable<ToolJson['approval']> } : {}),
      },
    ];
  });
}

export function rowsOf(value: JsonValue | undefined): TestRow[] {
  return listOf(value).flatMap((row, at) =>
    isObject(row) ? [{ values: row, pointer: pointerTo('/testData', at) }] : [],
  );
}

export function evaluatorsOf(value: JsonValue | undefined): EvaluatorSpec[] {
  return listOf(value).flatMap((spec, at): EvaluatorSpec[] => {
    if (!isObject(spec)) return [];
    const name = member(spec, 'name');
    const uses = member(spec, 'uses');
    return [
      {
        ...(typeof name === 'string' ? { name } : {}),
        ...(typeof uses === 'string' ? { uses } : {}),
        spec,
        pointer: pointerTo('/evaluators', at),
      },
    ];
  });
}
