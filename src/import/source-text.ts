import { isObject, type JsonObject, type Position, lineStarts, positionAt } from '../model/index.ts';
import { YamlFile } from '../workspace/index.ts';
import { Refusal } from './refusal.ts';

/** A file with YAML between two lines of `---` and a template below, and the places of both in it. */
export interface FrontMatter {
  readonly values: JsonObject;
  readonly body: string;
  readonly bodyOffset: number;
  /** Where the value of a pointer into the YAML stands in the file. */
  readonly offsetOf: (pointer: string) => number;
}

/** @throws Refusal where the YAML can't be read */
export function readFrontMatter(
  file: string,
  yaml: string,
  offset: number,
  body: string,
  bodyOffset: number,
): FrontMatter {
  const parsed = new YamlFile(file, yaml);
  const problem = parsed.problems.find(({ rule }) => BROKEN.has(rule));
  if (problem) throw new Refusal(`The YAML can't be read: ${problem.message}`, offset + problem.start);
  if (parsed.value !== null && !isObject(parsed.value)) throw new Refusal('The YAML is no mapping of keys', offset);
  return {
    values: parsed.value ?? {},
    body,
    bodyOffset,
    offsetOf: (pointer) => offset + parsed.rangeOf(pointer, 'key').start.offset,
  };
}

const BROKEN = new Set(['syntax/yaml-error', 'syntax/duplicate-key', 'syntax/unquoted-placeholder']);

export function placeIn(text: string, offset: number): Position {
  return positionAt(lineStarts(text), Math.min(offset, text.length));
}

/** Text without white space around it, and how far its beginning has moved. */
export function trimmed(text: string): { readonly text: string; readonly skipped: number } {
  return { text: text.trim(), skipped: text.length - text.trimStart().length };
}
