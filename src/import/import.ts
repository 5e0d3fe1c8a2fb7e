import { posix } from 'node:path';
import { compareText } from '../model/index.ts';
import { defaultId, decode, idProblem, type Source } from '../workspace/index.ts';
import type { Draft, Note } from './draft.ts';
import { readDotprompt } from './dotprompt.ts';
import { differenceOf } from './proof.ts';
import type { ReadFile } from './read-file.ts';
import type { Converted, Format, ImportReport, PlacedNote, Refused } from './report.ts';
import { readGithub } from './github.ts';
import { readPrompty } from './prompty.ts';
import { Refusal } from './refusal.ts';
import { settle } from './settle.ts';
import { placeIn } from './source-text.ts';
import { withVariants } from './variants.ts';
import { writePrompt } from './write.ts';

/** Converts every prompt of another tool in a source. Nothing is written; what can't be converted comes back with its reason and place. */
export function importPrompts(source: Source): ImportReport {
  const textOf = textsOf(source);
  const refused: Refused[] = [];
  const read: ReadFile[] = [];
  const partials: string[] = [];
  for (const from of source.list()) {
    const format = formatOf(from);
    if (!format) continue;
    if (format === 'dotprompt' && posix.basename(from).startsWith('_')) {
      partials.push(from);
      continue;
    }
    const text = textOf(from) ?? '';
    try {
      if (text === '') throw new Refusal('The file is empty, or no text in UTF-8', 0);
      const draft = readOne(from, format, text, textOf);
      if (draft) read.push({ from, format, text, stem: from.replace(EXTENSION, ''), draft, variants: [] });
    } catch (error) {
      refused.push(refusalOf(error, from, format, text));
    }
  }
  const converted: Converted[] = [];
  const taken = new Map<string, string>();
  for (const file of withVariants(read)) {
    try {
      const one = convert(file);
      const other = taken.get(one.path);
      if (other !== undefined) throw new Refusal(`${other} becomes ${one.path} already`, 0);
      taken.set(one.path, file.from);
      converted.push(one);
    } catch (error) {
      refused.push(refusalOf(error, file.from, file.format, file.text));
    }
  }
  return { converted, refused: refused.sort((a, b) => compareText(a.from, b.from)), partials };
}

const EXTENSION = /\.(?:prompt|prompty|prompt\.ya?ml)$/;
const FORMATS: Readonly<Record<string, Format>> = {
  prompt: 'dotprompt',
  prompty: 'prompty',
  yml: 'github',
  yaml: 'github',
};

function formatOf(path: string): Format | undefined {
  return EXTENSION.test(path) ? FORMATS[posix.extname(path).slice(1)] : undefined;
}

/** The text of a path in the source, where there is one; a path that leaves the source has none. */
type TextOf = (path: string) => string | undefined;

function textsOf(source: Source): TextOf {
  return (path) => {
    const content = source.read([path]).get(path);
    const decoded = content && 'bytes' in content ? decode(content.bytes) : undefined;
    return decoded && !('message' in decoded) ? decoded.text : undefined;
  };
}

function readOne(from: string, format: Format, text: string, textOf: TextOf): Draft | undefined {
  const folder = posix.dirname(from);
  switch (format) {
    case 'dotprompt':
      return readDotprompt(from, text, (name) => partialIn(textOf, folder, name));
    case 'github':
      return readGithub(from, text);
    case 'prompty':
      return readPrompty(from, text, (name) => textOf(posix.normalize(posix.join(folder, name))));
  }
}

/** `_name.prompt` beside the file that includes it, else in the nearest folder above. */
function partialIn(textOf: TextOf, folder: string, name: string): string | undefined {
  const file = posix.join(posix.dirname(name), `_${posix.basename(name)}.prompt`);
  for (let at = folder; ; at = posix.dirname(at)) {
    const found = textOf(posix.normalize(posix.join(at, file)));
    if (found !== undefined || at === '.' || at === '/') return found;
  }
}

const TOOLS: Readonly<Record<Format, string>> = {
  github: 'GitHub',
  dotprompt: 'dotprompt',
  prompty: 'Prompty',
};

function convert(file: ReadFile): Converted {
  const { from, format, text: original, stem, draft } = file;
  const path = `${stem}.prompt.yml`;
  const settled = settle(draft, TOOLS[format]);
  const id = idProblem(stem) === undefined ? undefined : defaultId(path, '', false);
  const written = [false, true].map((guarded) => writePrompt(draft, settled, id, { guarded }));
  const differences = written.map((text) => differenceOf(path, text, draft));
  const right = differences.indexOf(undefined);
  if (right < 0) throw new Refusal(`The converted prompt would not be the same: ${differences[0]}`, 0);
  const notes = [...draft.notes, ...settled.notes].map((note) => placed(note, from, original));
  const ofVariants = file.variants.flatMap((variant) =>
    variant.notes.map((note) => placed(note, variant.from, variant.text)),
  );
  return {
    from,
    format,
    path,
    id: id ?? stem,
    text: written[right]!,
    variants: file.variants.map(({ name, from: of }) => ({ name, from: of })),
    notes: [...notes, ...ofVariants].sort(
      (a, b) => compareText(a.file, b.file) || a.line - b.line || a.column - b.column,
    ),
  };
}

function placed({ kind, message, offset }: Note, file: string, text: string): PlacedNote {
  const { line, column } = placeIn(text, offset);
  return { kind, message, file, line, column };
}

function refusalOf(error: unknown, from: string, format: Format, text: string): Refused {
  if (!(error instanceof Refusal)) throw error;
  const { line, column } = placeIn(text, error.offset);
  return { from, format, reason: error.message, line, column };
}
