import { isObject, type JsonObject, type JsonValue, member } from '../model/index.ts';
import { decode } from './decode.ts';
import type { Source } from './sources/source.ts';
import { YamlFile } from './yaml/yaml-file.ts';

/** A rollout: which prompt, or which variant of one, a unit gets. `meaning` is what its file says. */
export interface Experiment {
  readonly key: string;
  /** Absent where it comes from a bundle. */
  readonly file?: string;
  readonly meaning: JsonObject;
}

export interface Experiments {
  readonly found: readonly Experiment[];
  readonly problems: readonly { readonly file: string; readonly message: string }[];
}

const ALL_UNITS = 10_000;

export function isExperimentFile(path: string): boolean {
  return /^experiments\/[^/]+\.ya?ml$/.test(path);
}

/** Reads the experiments of a workspace, `experiments/*.yaml`. A file there without a key and variants is somebody else's. */
export function experimentsIn(source: Source, files: readonly string[] = source.list()): Experiments {
  const problems: { file: string; message: string }[] = [];
  const fileByKey = new Map<string, string>();
  const found: Experiment[] = [];
  for (const [file, content] of source.read(files.filter(isExperimentFile))) {
    const read = 'bytes' in content ? readExperiment(file, decode(content.bytes)) : content.message;
    if (read === undefined) continue;
    const other = typeof read === 'string' ? undefined : fileByKey.get(read.key);
    if (typeof read === 'string') problems.push({ file, message: `${file} ${read}` });
    else if (other !== undefined)
      problems.push({ file, message: `${file} and ${other} both have the key ${read.key}` });
    else {
      fileByKey.set(read.key, file);
      found.push(read);
    }
  }
  return { found, problems };
}

/** An experiment, what is wrong with it, or undefined for a file that is none. */
function readExperiment(file: string, decoded: ReturnType<typeof decode>): Experiment | string | undefined {
  const isOurs = /^["']?key["']?:/m.test(decoded.text) && /^["']?variants["']?:/m.test(decoded.text);
  if (!isOurs) return undefined;
  if ('message' in decoded) return decoded.message;
  const { problems, value } = new YamlFile(file, decoded.text);
  const [problem] = problems;
  if (problem) return problem.message;
  const key = member(value, 'key');
  if (!isObject(value) || typeof key !== 'string' || key === '') return 'has a key that is no text';
  return wrongVariants(member(value, 'variants')) ?? { key, file, meaning: value };
}

function wrongVariants(variants: JsonValue | undefined): string | undefined {
  if (!Array.isArray(variants) || variants.length === 0) return 'lists no variants';
  let total = 0;
  for (const variant of variants as readonly JsonValue[]) {
    const weight = member(variant, 'weight');
    if (typeof member(variant, 'prompt') !== 'string') return 'has a variant that names no prompt';
    if (typeof weight !== 'number' || !Number.isInteger(weight) || weight < 0)
      return `has a variant whose weight is no whole number out of ${ALL_UNITS}`;
    total += weight;
  }
  return total > ALL_UNITS ? `has weights of ${total} together, out of ${ALL_UNITS}` : undefined;
}
