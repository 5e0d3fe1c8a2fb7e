import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import {
  type EvalPrompt,
  isJsonLines,
  jsonlRows,
  joinRows,
  parseRows,
  type PromptSide,
  type Route,
  type Row,
  type Rows,
  rowsOf,
} from '../../eval/index.ts';
import { isObject, member, type JsonValue, type Prompt, PromptctlError } from '../../model/index.ts';
import { rendererOf } from '../../render/index.ts';
import { openLines } from '../../store/index.ts';

export interface PromptsOptions {
  /** The workspace's folder. */
  readonly folder: string;
  readonly route: (model: string) => Route;
  /** The version that each prompt is compared with. */
  readonly beforeOf?: ((prompt: Prompt) => Prompt | undefined) | undefined;
  readonly allowEmpty: boolean;
  /** GitHub's rules: no tests are no error, a test without evaluators passes, and a place without a value is sent as it is. */
  readonly githubExact?: boolean;
}

/** Prompts as the engine asks them. @throws PromptctlError where one has no tests or no evaluator, unless that is allowed. */
export function evalPrompts(prompts: readonly Prompt[], options: PromptsOptions): EvalPrompt[] {
  const lacking: string[] = [];
  const made = prompts.flatMap((prompt) => {
    const rows = rowsOfPrompt(prompt, options.folder);
    if (rows.length === 0) lacking.push(`${prompt.id} has no tests`);
    else if (prompt.evaluators.length === 0 && !options.githubExact) lacking.push(`${prompt.id} has no evaluators`);
    else return [evalPrompt(prompt, rows, options)];
    return [];
  });
  if (lacking.length > 0 && !options.allowEmpty && !options.githubExact) {
    throw new PromptctlError('usage', lacking.join('\n'), {
      hint: 'Give it testData or tests, and evaluators; or leave it out with --allow-empty',
    });
  }
  return made;
}

function evalPrompt(prompt: Prompt, rows: Rows, options: PromptsOptions): EvalPrompt {
  const { folder, beforeOf } = options;
  const before = beforeOf?.(prompt);
  const schema = prompt.responseFormat?.schema;
  return {
    id: prompt.id,
    ...(prompt.name === undefined ? {} : { name: prompt.name }),
    ...(prompt.description === undefined ? {} : { description: prompt.description }),
    model: modelOf(prompt),
    rows,
    evaluators: prompt.evaluators,
    ...(schema === undefined ? {} : { outputSchema: JSON.parse(schema) as JsonValue }),
    directory: dirname(join(folder, prompt.file)),
    now: sideOf(prompt, options),
    ...(before ? { before: sideOf(before, options) } : {}),
  };
}

function sideOf(prompt: Prompt, { route, githubExact = false }: PromptsOptions): PromptSide {
  const renderer = rendererOf(prompt);
  const names = [...prompt.variables.keys()];
  // Nothing is fenced in github mode, so there is no nonce to derive from every row.
  const options = prompt.mode === 'github' ? { nonce: UNUSED_NONCE } : {};
  const leavesPlaces = githubExact && prompt.mode === 'github';
  return {
    // Rows hold more than the prompt declares: `expected`, and whatever else evaluators read.
    render({ fields }: Row) {
      const values: Record<string, JsonValue> = {};
      for (const name of names) {
        if (Object.hasOwn(fields, name)) values[name] = fields[name]!;
        else if (leavesPlaces) values[name] = `{{${name}}}`;
      }
      return renderer.render(values, options);
    },
    route: route(modelOf(prompt)),
  };
}

const UNUSED_NONCE = '0'.repeat(16);

function modelOf({ id, model }: Prompt): string {
  if (model !== undefined) return model;
  throw new PromptctlError('config', `${id} names no model`, { hint: 'model: openai/gpt-4o-mini' });
}

function rowsOfPrompt(prompt: Prompt, folder: string): Rows {
  const own = rowsOf(
    prompt.testData.map(({ values }) => values),
    `${prompt.file}#/testData`,
  );
  if (prompt.testsFile === undefined) return own;
  const path = resolve(folder, dirname(prompt.file), prompt.testsFile);
  const shown = relative(folder, path).split(sep).join('/');
  if (shown.startsWith('../'))
    throw new PromptctlError('config', `${prompt.file}: tests: ${prompt.testsFile} lies outside the workspace`);
  if (isJsonLines(path)) return joinRows(own, jsonlRows(openLines(path), shown));
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    throw new PromptctlError('unreadable', `${shown}, the tests of ${prompt.id}, can't be read`, { cause });
  }
  return joinRows(
    own,
    parseRows(bytes, shown, (variable) => typeOf(prompt, variable)),
  );
}

function typeOf(prompt: Prompt, variable: string): string | undefined {
  const schema = prompt.variables.get(variable)?.schema;
  const type = isObject(schema) ? member(schema, 'type') : undefined;
  return typeof type === 'string' ? type : undefined;
}
