import { canonicalJson, isObject, PromptctlError } from '../model/index.ts';
import { YamlFile } from '../workspace/index.ts';

export interface Splice {
  readonly text: string;
  /** Where the version stands, from 1. */
  readonly line: number;
}

/**
 * Writes another version into a YAML text by replacing the characters of that scalar: quotes, comments, line ends and all else
 * stay. The result is read again, and refused unless the version is the only value that changed.
 *
 * @throws PromptctlError `refused` where the version can't be replaced like that
 */
export function spliceVersion(file: string, text: string, to: string): Splice {
  const yaml = new YamlFile(file, text);
  const { start, end } = yaml.rangeOf('/version');
  const written = text.slice(start.offset, end.offset);
  const quote = /^(['"])[^'"\n]*\1$/.exec(written)?.[1] ?? '';
  const isPlain = /^[\w.+-]+$/.test(written);
  const spliced = `${text.slice(0, start.offset)}${quote}${to}${quote}${text.slice(end.offset)}`;
  const before = yaml.value;
  const after = new YamlFile(file, spliced);
  const isExact =
    (isPlain || quote !== '') &&
    isObject(before) &&
    after.problems.length === yaml.problems.length &&
    canonicalJson({ ...before, version: to }) === canonicalJson(after.value);
  if (!isExact) {
    throw new PromptctlError(
      'refused',
      `${file}:${start.line} the version can't be replaced: it is written as ${JSON.stringify(written)}`,
      {
        hint: `write it by hand: version: ${to}`,
      },
    );
  }
  return { text: spliced, line: start.line };
}
