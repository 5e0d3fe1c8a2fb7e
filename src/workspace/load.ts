import { compareText, isObject, type Prompt } from '../model/index.ts';
import type { Config } from './config.ts';
import { decode } from './decode.ts';
import { globMatcher } from './glob.ts';
import { Partials } from './partials.ts';
import type { SourceProblem } from './problem.ts';
import { readPrompt, type Surroundings } from './read-prompt.ts';
import type { FileBytes, Source } from './sources/source.ts';
import { YamlFile } from './yaml/yaml-file.ts';

/** A prompt file as read: its meaning where it has one, and all that was found wrong on the way. */
export interface LoadedPrompt {
  readonly file: string;
  readonly yaml: YamlFile;
  readonly prompt: Prompt | undefined;
  readonly problems: readonly SourceProblem[];
  /** True where the file itself could not be read. */
  readonly unreadable: boolean;
}

export interface Workspace {
  readonly config: Config;
  readonly source: Source;
  /** In order of their paths. */
  readonly prompts: readonly LoadedPrompt[];
  /** Of any file of the source, as it was read. */
  textOf(file: string): string | undefined;
}

export interface LoadOptions {
  /** Read just these files, whether the globs name them or not. */
  readonly files?: readonly string[];
}

/** Reads the prompts of a source, each file once. */
export function loadWorkspace(source: Source, config: Config, options: LoadOptions = {}): Workspace {
  const files = options.files ?? promptFiles(source, config);
  const partials = new Partials(source, config.root);
  const texts = new Map<string, string>();
  const contents = source.read(files);
  const prompts = [...files].sort(compareText).map((file) => {
    const loaded = loadOne(file, contents.get(file), around(file, source, config, partials));
    texts.set(file, loaded.yaml.text);
    return loaded;
  });
  for (const { file, text } of partials.files()) texts.set(file, text);
  return {
    config,
    source,
    prompts: withPartialErrors(prompts, partials),
    textOf: (file) => texts.get(file) ?? textIn(source, file),
  };
}

/** The text of a file that no template names: a file of test rows. */
function textIn(source: Source, file: string): string | undefined {
  const content = source.read([file]).get(file);
  return content && 'bytes' in content ? decode(content.bytes).text : undefined;
}

/** The prompt files that the configuration's globs name. */
export function promptFiles(source: Source, config: Config): readonly string[] {
  return source.list().filter(globMatcher(config.prompts));
}

function around(file: string, source: Source, config: Config, partials: Partials): Surroundings {
  const stability = config.overrides.findLast(
    (override) => override.stability !== undefined && globMatcher(override.files)(file),
  )?.stability;
  return {
    root: config.root,
    stability,
    findPartial: (name) => partials.find(name),
    readText: (path) => {
      const content = source.read([path]).get(path);
      if (!content) return 'is not there';
      if (!('bytes' in content)) return content.message;
      const decoded = decode(content.bytes);
      return 'message' in decoded ? decoded.message : { text: decoded.text };
    },
  };
}

/** Reads one prompt file from its bytes. */
export function loadOne(file: string, content: FileBytes | undefined, surroundings: Surroundings): LoadedPrompt {
  if (!content || !('bytes' in content)) {
    const message = content ? `${file} ${content.message}` : `There is no file ${file}`;
    const rule = content?.trouble === 'directory' ? 'syntax/not-a-prompt' : 'syntax/unreadable';
    return unread(file, '', { rule, message, start: 0, end: 0, pointer: '' }, rule === 'syntax/unreadable');
  }
  const decoded = decode(content.bytes);
  if ('message' in decoded) {
    const { message, offset, text } = decoded;
    return unread(
      file,
      text,
      { rule: 'syntax/yaml-error', message: `The file ${message}`, start: offset, end: offset + 1, pointer: '' },
      false,
    );
  }
  const yaml = new YamlFile(file, decoded.text);
  const { prompt, problems } = readPrompt(yaml, surroundings);
  return { file, yaml, prompt, problems, unreadable: false };
}

function unread(file: string, text: string, problem: SourceProblem, unreadable: boolean): LoadedPrompt {
  const yaml = new YamlFile(file, '');
  return {
    file,
    yaml: text === '' ? yaml : Object.assign(yaml, { text }),
    prompt: undefined,
    problems: [problem],
    unreadable,
  };
}

/** A partial's own errors are those of every prompt that includes it. */
function withPartialErrors(prompts: readonly LoadedPrompt[], partials: Partials): readonly LoadedPrompt[] {
  const broken = [...partials.files()].filter((partial) => partial.errors.length > 0);
  if (broken.length === 0) return prompts;
  return prompts.map((loaded) => {
    const includes = includedFiles(loaded);
    const extra = broken
      .filter(({ file }) => includes.has(file))
      .flatMap(({ file, errors }) =>
        errors.map(({ code, message, help, start, end }) => ({
          rule: `template/${code}`,
          message,
          ...(help ? { help } : {}),
          start,
          end,
          pointer: '',
          file,
        })),
      );
    return extra.length > 0 ? { ...loaded, problems: [...loaded.problems, ...extra] } : loaded;
  });
}

/** The files whose text stands in a prompt's messages. */
export function includedFiles(loaded: LoadedPrompt): ReadonlySet<string> {
  const files = new Set<string>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const member of value) visit(member);
    else if (isObject(value)) {
      const { origin } = value;
      if (isObject(origin) && typeof origin['file'] === 'string') files.add(origin['file']);
      for (const part of ['then', 'else', 'body', 'segments', 'messages']) visit(value[part]);
    }
  };
  visit(loaded.prompt?.messages);
  for (const variant of loaded.prompt?.variants.values() ?? []) visit(variant.messages);
  return files;
}
