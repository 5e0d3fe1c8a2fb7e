import { posix } from 'node:path';
import { isJsonLines, joinRows, jsonlRows, parseRows, type Rows, rowsOf } from '../eval/index.ts';
import { type JsonValue, type Prompt, PromptctlError } from '../model/index.ts';
import { rendererOf } from '../render/index.ts';
import { PromptError, type PromptJson } from '../runtime/index.ts';
import type { Lines } from '../store/index.ts';
import type { Workspace } from '../workspace/index.ts';

/** A test row that its prompt can't render. */
export interface RowFailure {
  readonly promptId: string;
  readonly row: string;
  readonly message: string;
}

/** Renders every test row of a prompt, those of its tests file too, and gives what fails. */
export function renderRows(
  prompt: Prompt,
  workspace: Workspace,
): { readonly rows: number; readonly failures: readonly RowFailure[] } {
  const renderer = rendererOf(prompt);
  const failures: RowFailure[] = [];
  const fail = (row: string, message: string): void => {
    failures.push({ promptId: prompt.id, row, message });
  };
  let rows: Rows;
  try {
    rows = rowsOfPrompt(prompt, workspace);
  } catch (cause) {
    if (!(cause instanceof PromptctlError)) throw cause;
    return { rows: 0, failures: [{ promptId: prompt.id, row: prompt.testsFile ?? '', message: cause.message }] };
  }
  for (let at = 0; at < rows.length; at++) {
    let name = rows.place(at);
    try {
      const row = rows.at(at);
      if (row['$skip'] === true || row['$skip'] === 'true') continue;
      if (typeof row['$name'] === 'string') name = `${name} (${row['$name']})`;
      renderer.render(valuesOf(row, renderer.json));
    } catch (cause) {
      if (!(cause instanceof PromptctlError || cause instanceof PromptError)) throw cause;
      fail(name, cause.message);
    }
  }
  return { rows: rows.length, failures };
}

function rowsOfPrompt(prompt: Prompt, workspace: Workspace): Rows {
  const own = rowsOf(
    prompt.testData.map(({ values }) => values),
    `${prompt.file}#/testData`,
  );
  if (prompt.testsFile === undefined) return own;
  const path = posix.normalize(posix.join(posix.dirname(prompt.file), prompt.testsFile));
  const content = workspace.source.read([path]).get(path);
  if (!content || !('bytes' in content))
    throw new PromptctlError('config', `tests: ${path} ${content ? content.message : 'is not there'}`);
  return joinRows(own, isJsonLines(path) ? jsonlRows(linesOf(content.bytes), path) : parseRows(content.bytes, path));
}

/** The lines of a file that is in memory already: a side of a check may be a commit, which has no file to read from. */
function linesOf(bytes: Uint8Array): Lines {
  const all = new TextDecoder().decode(bytes).split('\n');
  const numbers = all.flatMap((line, at) => (line.trim() === '' ? [] : [at + 1]));
  return {
    length: numbers.length,
    line: (index) => all[numbers[index]! - 1]!,
    numberOf: (index) => numbers[index]!,
    close: () => {},
  };
}

/** The values that the prompt declares. A cell of a table is text: where the variable is none, its JSON is meant. */
function valuesOf(row: Readonly<Record<string, JsonValue>>, prompt: PromptJson): Record<string, JsonValue> {
  return Object.fromEntries(
    Object.entries(row)
      .filter(([name]) => Object.hasOwn(prompt.variables, name))
      .map(([name, value]) => [
        name,
        typeof value === 'string' ? cellValue(value, prompt.variables[name]!.schema) : value,
      ]),
  );
}

function cellValue(text: string, schema: string): JsonValue {
  const { type } = JSON.parse(schema) as { type?: unknown };
  if (type === undefined || [type].flat().includes('string')) return text;
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    // Not JSON: the variable's schema says what it should be.
    return text;
  }
}
