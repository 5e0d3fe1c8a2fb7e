import { compileBundle, compilePrompt } from '../compile/index.ts';
import type { JsonObject, Prompt } from '../model/index.ts';
import { contentDigest } from '../render/index.ts';
import type { BundleJson, PromptJson } from '../runtime/index.ts';
import type { CompatMode, Config, Experiment, Experiments, Workspace } from '../workspace/index.ts';

/** How two versions are compared: by the stricter setting of both sides. */
export interface Compat {
  readonly input: CompatMode;
  readonly output: CompatMode;
  readonly tools: CompatMode;
  /** The level of what could not be decided. */
  readonly unknown: 'major' | 'minor' | 'patch';
}

/** A prompt of one side. `source` is its file's meaning, with the origin of every part; a bundle has none. */
export interface SidePrompt {
  readonly json: PromptJson;
  readonly source?: Prompt;
}

/** A prompt file that could not be read on one side. */
export interface Unread {
  readonly file: string;
  readonly message: string;
}

/** One side of a comparison: a workspace, or a bundle. */
export interface Side {
  /** What people call it: a ref, a folder, a file. */
  readonly label: string;
  /** The bundle's version. */
  readonly version?: string;
  readonly prompts: readonly SidePrompt[];
  readonly unread: readonly Unread[];
  readonly compat: Compat;
  /** By their keys. */
  readonly experiments: ReadonlyMap<string, Experiment>;
  /** The folder that partials are named from; absent in a bundle. */
  readonly root?: string;
}

/** Problems that leave no prompt, or one whose text is not all there. */
const BROKEN =
  /^syntax\/(?:yaml-error|unreadable|not-a-prompt|unquoted-placeholder)$|^template\/(?:parse-error|undeclared-variable|unknown-helper|partial-\w+)/;

const TOLERANT: Compat = { input: 'tolerant', output: 'tolerant', tools: 'tolerant', unknown: 'patch' };

const NONE: Experiments = { found: [], problems: [] };

/** A workspace as a side, with those of its experiments that are compared. */
export function sideOfWorkspace(workspace: Workspace, label: string, experiments: Experiments = NONE): Side {
  const { config } = workspace;
  const unread = workspace.prompts.flatMap(({ file, prompt, problems, yaml }): Unread[] => {
    const problem = problems.find(({ rule }) => BROKEN.test(rule)) ?? (prompt ? undefined : problems[0]);
    if (!problem) return [];
    const inFile = problem.file === undefined || problem.file === file;
    const where = inFile ? `${file}:${yaml.range(problem.start, problem.end).start.line}` : problem.file;
    // Of a file that is no text at all the message names the file itself.
    const isNamed = problem.message.startsWith(file);
    return [{ file, message: isNamed ? problem.message : `${where} ${problem.message}` }];
  });
  const broken = new Set(unread.map(({ file }) => file));
  const readable = workspace.prompts.flatMap(({ file, prompt }) => (prompt && !broken.has(file) ? [prompt] : []));
  const clashes = clashesOf(readable);
  const clashing = new Set(clashes.map(({ file }) => file));
  return {
    label,
    ...versionOf(config),
    prompts: readable
      .filter(({ file }) => !clashing.has(file))
      .map((prompt) => ({ json: compilePrompt(prompt), source: prompt })),
    unread: [...unread, ...clashes, ...experiments.problems],
    compat: config.compat,
    experiments: new Map(experiments.found.map((experiment) => [experiment.key, experiment])),
    root: config.root,
  };
}

/** Of two prompts with one id the first is compared, and the other is no prompt that anyone could ask for. */
function clashesOf(prompts: readonly Prompt[]): readonly Unread[] {
  const fileById = new Map<string, string>();
  return prompts.flatMap(({ id, file }): Unread[] => {
    const first = fileById.get(id);
    fileById.set(id, first ?? file);
    return first === undefined ? [] : [{ file, message: `${file} has the id \`${id}\`, which ${first} has too` }];
  });
}

function versionOf(config: Config): { version?: string } {
  return config.version === undefined ? {} : { version: config.version };
}

/** A compiled bundle as a side. It carries no settings, so the other side's hold. */
export function sideOfBundle(bundle: BundleJson, label: string): Side {
  // Its own digests are claims; what is compared is what it holds.
  const prompts = Object.values(bundle.prompts).map((json) => ({
    json: { ...json, contentDigest: contentDigest(json) },
  }));
  return {
    label,
    version: bundle.version,
    prompts,
    unread: [],
    compat: TOLERANT,
    experiments: new Map(
      Object.entries(bundle.experiments ?? {}).map(([key, meaning]) => [key, { key, meaning: meaning as JsonObject }]),
    ),
  };
}

/** The bundle that a side would compile to. @throws PromptctlError `refused` where two prompts answer to one id. */
export function bundleOfSide(side: Side): BundleJson {
  const prompts = side.prompts.flatMap(({ source }) => (source ? [source] : []));
  return compileBundle(prompts, {
    ...(side.version === undefined ? {} : { version: side.version }),
    experiments: [...side.experiments.values()],
  });
}

export function stricter(a: Compat, b: Compat): Compat {
  const order = ['patch', 'minor', 'major'] as const;
  return {
    input: stricterMode(a.input, b.input),
    output: stricterMode(a.output, b.output),
    tools: stricterMode(a.tools, b.tools),
    unknown: order[Math.max(order.indexOf(a.unknown), order.indexOf(b.unknown))]!,
  };
}

function stricterMode(a: CompatMode, b: CompatMode): CompatMode {
  return a === 'strict' || b === 'strict' ? 'strict' : 'tolerant';
}
