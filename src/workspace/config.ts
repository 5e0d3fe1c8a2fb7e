import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import {
  isObject,
  type JsonObject,
  type JsonValue,
  lineStarts,
  member,
  positionAt,
  PromptctlError,
} from '../model/index.ts';
import { decode } from './decode.ts';
import { configSchema } from './format/config-schema.ts';
import { checkShape } from './format/shape.ts';
import { globBase } from './glob.ts';
import { YamlFile } from './yaml/yaml-file.ts';

export const CONFIG_FILE = 'promptctl.yaml';
const DEFAULT_PROMPTS = ['**/*.prompt.{yml,yaml}'];

/** What promptctl.yaml says, with its defaults filled in. */
export interface Config {
  /** The configuration file relative to the workspace; absent where the defaults hold. */
  readonly file?: string;
  readonly version?: string;
  readonly prompts: readonly string[];
  /** The folder that ids and partials are relative to; '' is the workspace's own. */
  readonly root: string;
  readonly preset: 'minimal' | 'recommended' | 'all';
  readonly rules: JsonObject;
  readonly overrides: readonly {
    readonly files: readonly string[];
    readonly stability?: string;
    readonly rules: JsonObject;
  }[];
  readonly compat: {
    readonly against: string;
    readonly input: CompatMode;
    readonly output: CompatMode;
    readonly tools: CompatMode;
    readonly unknown: 'major' | 'minor' | 'patch';
  };
  readonly models?: string;
  readonly providers: JsonObject;
  readonly eval: JsonObject;
  readonly release: {
    readonly tag: string;
    readonly branch?: string;
    readonly changelog: string;
    readonly sign: boolean;
  };
  readonly compile: { readonly out: string; readonly types: readonly string[] };
}

export type CompatMode = 'tolerant' | 'strict';

export interface FoundConfig {
  /** The workspace's folder: where the configuration stands, else where the search began. */
  readonly folder: string;
  readonly config: Config;
}

/**
 * Finds promptctl.yaml by walking up from a folder to the git root.
 *
 * @throws PromptctlError `config` where it is wrong, with each problem's place; `usage` where a named file is missing
 */
export function findConfig(from: string, named?: string): FoundConfig {
  if (named !== undefined) {
    const path = resolve(from, named);
    if (!existsSync(path))
      throw new PromptctlError('usage', `There is no file ${named}`, {
        hint: 'name the configuration with --config <file>',
      });
    return readConfigFile(path);
  }
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const path = join(folder, CONFIG_FILE);
    if (existsSync(path)) return readConfigFile(path);
    if (existsSync(join(folder, '.git')) || dirname(folder) === folder) break;
  }
  return { folder: resolve(from), config: parseConfig('', undefined) };
}

function readConfigFile(path: string): FoundConfig {
  const file = basename(path);
  const decoded = decode(bytesOf(path, file));
  if ('message' in decoded) {
    const { line, column } = positionAt(lineStarts(decoded.text), decoded.offset);
    throw new PromptctlError('config', `${file}:${line}:${column} The file ${decoded.message}`);
  }
  return { folder: dirname(path), config: parseConfig(decoded.text, file) };
}

function bytesOf(path: string, file: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const why = code === 'EISDIR' ? 'is a folder, not a file' : `can't be read (${code ?? String(cause)})`;
    throw new PromptctlError('unreadable', `${file} ${why}`, {
      hint: 'name the configuration with --config <file>',
      cause,
    });
  }
}

/** Reads the text of a configuration. @throws PromptctlError `config`. */
export function parseConfig(text: string, file: string | undefined): Config {
  const yaml = new YamlFile(file ?? CONFIG_FILE, text);
  const value = yaml.value ?? {};
  const problems = yaml.problems.length > 0 ? yaml.problems : isObject(value) ? checkShape(yaml, configSchema) : [];
  if (!isObject(value) || problems.length > 0) throw configError(yaml, problems);
  const section = (name: string): JsonObject => objectOf(member(value, name));
  const prompts = listOf(member(value, 'prompts')) ?? DEFAULT_PROMPTS;
  const compat = section('compat');
  const release = section('release');
  const compile = section('compile');
  const version = member(value, 'version');
  const models = member(value, 'models');
  return {
    ...(file === undefined ? {} : { file }),
    ...(version === undefined || version === null ? {} : { version: String(version) }),
    prompts,
    root: folderOf(textOf(value, 'root') ?? sharedFolder(prompts)),
    preset: (textOf(value, 'extends') ?? 'recommended') as Config['preset'],
    rules: section('rules'),
    overrides: overridesOf(member(value, 'overrides')),
    compat: {
      against: textOf(compat, 'against') ?? 'latest-tag',
      input: (textOf(compat, 'input') ?? 'tolerant') as CompatMode,
      output: (textOf(compat, 'output') ?? 'tolerant') as CompatMode,
      tools: (textOf(compat, 'tools') ?? 'tolerant') as CompatMode,
      unknown: (textOf(compat, 'unknown') ?? 'major') as 'major',
    },
    ...(typeof models === 'string' ? { models } : {}),
    providers: section('providers'),
    eval: section('eval'),
    release: {
      tag: textOf(release, 'tag') ?? 'prompts@{version}',
      ...(textOf(release, 'branch') === undefined ? {} : { branch: textOf(release, 'branch')! }),
      changelog: textOf(release, 'changelog') ?? 'CHANGELOG.md',
      sign: member(release, 'sign') === true,
    },
    compile: { out: textOf(compile, 'out') ?? 'dist/prompts.json', types: listOf(member(compile, 'types')) ?? [] },
  };
}

function configError(yaml: YamlFile, problems: YamlFile['problems']): PromptctlError {
  const lines = problems.map((problem) => {
    const { line, column } = yaml.range(problem.start, problem.end).start;
    return `${yaml.file}:${line}:${column} ${problem.message}${problem.help ? ` (${problem.help})` : ''}`;
  });
  const message = lines.length > 0 ? lines.join('\n') : `${yaml.file} must be a mapping`;
  return new PromptctlError('config', message, { hint: `\`promptctl schema config\` prints its schema` });
}

function overridesOf(value: JsonValue | undefined): Config['overrides'] {
  if (!Array.isArray(value)) return [];
  return value.map((override: JsonValue) => {
    const stability = member(override, 'stability');
    return {
      files: listOf(member(override, 'files')) ?? [],
      ...(typeof stability === 'string' ? { stability } : {}),
      rules: objectOf(member(override, 'rules')),
    };
  });
}

/** The folder that all globs share before their first wildcard. */
function sharedFolder(globs: readonly string[]): string {
  const wanted = globs.filter((glob) => !glob.startsWith('!'));
  const [first = [], ...rest] = wanted.map((glob) => globBase(glob).split('/').filter(Boolean));
  const shared = first.findIndex((part, at) => rest.some((parts) => parts[at] !== part));
  return (shared < 0 ? first : first.slice(0, shared)).join('/');
}

function folderOf(folder: string): string {
  const clean = relative('.', folder).split(sep).join('/');
  if (clean.startsWith('..')) throw new PromptctlError('config', `root: ${folder} lies outside the workspace`);
  return clean;
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {};
}

function textOf(value: JsonObject, name: string): string | undefined {
  const text = member(value, name);
  return typeof text === 'string' ? text : undefined;
}

function listOf(value: JsonValue | undefined): readonly string[] | undefined {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((text): text is string => typeof text === 'string') : undefined;
}
