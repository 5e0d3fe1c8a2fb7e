import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isObject, type JsonObject, lineStarts, positionAt, PromptctlError } from '../model/index.ts';
import { decode, YamlFile } from '../workspace/index.ts';
import type { Context } from './command.ts';
import { usage } from './exit.ts';

/** The values that `--vars` names: an object as JSON or YAML, in a file or, for `-`, on standard input. */
export async function readValues(context: Context, path: string): Promise<JsonObject> {
  const name = path === '-' ? 'stdin' : path;
  const decoded = decode(path === '-' ? await context.terminal.stdin() : bytesOf(context, path));
  const place = (offset: number): string => {
    const { line, column } = positionAt(lineStarts(decoded.text), offset);
    return `${name}:${line}:${column}`;
  };
  if ('message' in decoded) throw usage(`${place(decoded.offset)} The file ${decoded.message}`);
  const yaml = new YamlFile(name, decoded.text);
  const [problem] = yaml.problems;
  if (problem) throw usage(`${place(problem.start)} ${problem.message}`, problem.help);
  if (!isObject(yaml.value)) throw usage(`${name} must hold an object of variables`);
  return yaml.value;
}

function bytesOf(context: Context, path: string): Uint8Array {
  try {
    return readFileSync(resolve(context.cwd, path));
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const why =
      code === 'ENOENT'
        ? 'is not there'
        : code === 'EISDIR'
          ? 'is a folder, not a file'
          : `can't be read (${code ?? String(cause)})`;
    throw new PromptctlError('unreadable', `${path} ${why}`, { hint: 'give a file of values to --vars', cause });
  }
}
