import type { PromptJson, VariableJson } from './bundle.ts';
import { PromptError, type Problem } from './errors.ts';
import { nearest } from './nearest.ts';
import type { Values } from './render-segments.ts';
import { compileVariable, type JsonSchema, type Validate } from './schema/index.ts';
import type { Expr, Segment } from './segments.ts';
import { toText } from './text.ts';

/** Counts the tokens of a text; the application brings it, so that the runtime needs no tokenizer. */
export type CountTokens = (text: string) => number;

interface CheckedVariable {
  readonly name: string;
  readonly validate: Validate;
  readonly required: boolean;
  readonly fallback: unknown;
  readonly maxTokens: number | undefined;
}

/** Checks the values of a render and fills in defaults. @throws PromptError `values-invalid` with every problem. */
export type CheckValues = (values: Values, countTokens?: CountTokens) => Values;

/** Prepares the check of a prompt's variables once, for many renders. */
export function compileVariables(prompt: PromptJson): CheckValues {
  const shown = new Set<string | undefined>();
  for (const { messages = [] } of [prompt, ...Object.values(prompt.variants)])
    for (const message of messages) if ('segments' in message) addShown(message.segments, [''], shown);
  const variables = Object.entries(prompt.variables).map(([name, variable]) =>
    checkedVariable(name, variable, shown.has(name)),
  );
  const hasDefaults = variables.some((variable) => variable.fallback !== undefined);
  const strict = prompt.mode === 'strict';

  return (values, countTokens) => {
    if (typeof values !== 'object' || values === null || Array.isArray(values)) {
      throw new PromptError('values-invalid', `${prompt.id}: values must be an object of variables`);
    }
    const problems: Problem[] = [];
    const complete: Record<string, unknown> | undefined = hasDefaults
      ? Object.fromEntries(Object.entries(values))
      : undefined;
    let known = 0;
    for (const variable of variables) {
      const value = Object.hasOwn(values, variable.name) ? values[variable.name] : undefined;
      if (value === undefined) {
        if (complete && variable.fallback !== undefined) complete[variable.name] = variable.fallback;
        else if (variable.required) problems.push(missing(variable.name));
        if (Object.hasOwn(values, variable.name)) known++;
        continue;
      }
      known++;
      for (const problem of variable.validate(value)) {
        const path = pointer(variable.name) + problem.path;
        problems.push({ path, message: `\`${path.slice(1)}\` ${problem.message}` });
      }
      if (countTokens && variable.maxTokens !== undefined) overlong(variable, value, countTokens, problems);
    }
    if (strict && Object.keys(values).length > known) unknownNames(values, variables, problems);
    if (problems.length > 0) throw invalid(prompt.id, problems);
    return complete ?? values;
  };
}

/** Variables that a medium's address comes from, themselves or a member of them; `names` are those of the contexts. */
function addShown(
  segments: readonly Segment[],
  names: readonly (string | undefined)[],
  shown: Set<string | undefined>,
): void {
  const nameOf = (expr: Expr): string | undefined =>
    'ref' in expr ? (expr.scope === 0 ? expr.ref[0] : names[expr.scope]) : undefined;
  for (const segment of segments) {
    if (segment.kind === 'media') shown.add(nameOf(segment.url));
    else if (segment.kind === 'if') {
      addShown(segment.then, names, shown);
      addShown(segment.else, names, shown);
    } else if (segment.kind === 'each' || segment.kind === 'with') {
      addShown(segment.body, [...names, nameOf(segment.kind === 'each' ? segment.over : segment.value)], shown);
      addShown(segment.else, names, shown);
    }
  }
}

function checkedVariable(name: string, variable: VariableJson, isShown: boolean): CheckedVariable {
  return {
    name,
    validate: validatorOf(name, variable),
    required: variable.required,
    fallback: variable.default === undefined ? undefined : JSON.parse(variable.default),
    // What a picture weighs is not what its address or its bytes would as text.
    maxTokens: isShown ? undefined : variable.maxTokens,
  };
}

/** A schema that compile would have refused: the bundle was not made by it. */
function validatorOf(name: string, { schema }: VariableJson): Validate {
  try {
    return compileVariable(JSON.parse(schema) as JsonSchema);
  } catch (error) {
    throw new PromptError(
      'bundle-invalid',
      `The bundle is not valid: the schema of \`${name}\`: ${(error as Error).message}`,
    );
  }
}

function missing(name: string): Problem {
  return { path: pointer(name), message: `\`${name}\` is missing: the prompt requires it` };
}

function overlong(variable: CheckedVariable, value: unknown, countTokens: CountTokens, problems: Problem[]): void {
  const path = pointer(variable.name);
  const tokens = countTokens(toText(value, path));
  if (tokens <= variable.maxTokens!) return;
  problems.push({
    path,
    message: `\`${variable.name}\` has ${tokens} tokens, over its maxTokens of ${variable.maxTokens}`,
  });
}

function unknownNames(values: Values, variables: readonly CheckedVariable[], problems: Problem[]): void {
  const names = new Set(variables.map((variable) => variable.name));
  for (const name of Object.keys(values)) {
    if (names.has(name)) continue;
    const near = nearest(name, names);
    const hint = near ? `; did you mean \`${near}\`?` : names.size ? `; it has ${[...names].join(', ')}` : '';
    problems.push({ path: pointer(name), message: `\`${name}\` is no variable of this prompt${hint}` });
  }
}

function pointer(name: string): string {
  return `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

function invalid(id: string, problems: readonly Problem[]): PromptError {
  return new PromptError('values-invalid', `${id}: ${problems.map((problem) => problem.message).join('; ')}`, problems);
}
