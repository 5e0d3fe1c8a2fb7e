import { canonicalJson, compareText, type Prompt, PromptctlError } from '../model/index.ts';
import { contentDigest, digestOf, runtimePrompt } from '../render/index.ts';
import type { BundleJson, PromptJson, Segment, StaticTokensJson } from '../runtime/index.ts';
import type { Experiment } from '../workspace/index.ts';
import { contractOf } from './contract.ts';

/** Counts the static text of a prompt for its bundle; undefined where the model has no counter. */
export type CountStatic = (
  model: string | undefined,
) => { readonly encoding: string; readonly kind: 'exact' | 'estimate'; count(text: string): number } | undefined;

export interface CompileOptions {
  /** The bundle's version; `0.0.0` where the configuration names none. */
  readonly version?: string;
  readonly countStatic?: CountStatic;
  readonly experiments?: readonly Experiment[];
}

/** Makes the bundle of some prompts. The same prompts give the same bytes, in whatever order they come. */
export function compileBundle(prompts: readonly Prompt[], options: CompileOptions = {}): BundleJson {
  const sorted = [...prompts].sort((a, b) => compareText(a.id, b.id));
  const entries = sorted.map((prompt) => compilePrompt(prompt, options.countStatic));
  refuseClashes(sorted);
  const experiments = Object.fromEntries((options.experiments ?? []).map(({ key, meaning }) => [key, meaning]));
  const hasAny = Object.keys(experiments).length > 0;
  return {
    schema: 'promptctl.bundle/1',
    version: options.version ?? '0.0.0',
    digest: bundleDigest(entries, experiments),
    prompts: Object.fromEntries(entries.map((prompt) => [prompt.id, prompt])),
    ...(hasAny ? { experiments } : {}),
  };
}

/** The bundle's bytes: canonical JSON and a final line break. */
export function bundleText(bundle: BundleJson): string {
  return `${canonicalJson(bundle)}\n`;
}

/** Digest over the list of ids, versions and content digests, in order of the ids; with experiments, over the list and them. */
export function bundleDigest(
  prompts: readonly Pick<PromptJson, 'id' | 'version' | 'contentDigest'>[],
  experiments: NonNullable<BundleJson['experiments']> = {},
): string {
  const list = [...prompts]
    .sort((a, b) => compareText(a.id, b.id))
    .map(({ id, version, contentDigest: digest }) => [id, version ?? null, digest]);
  return digestOf(Object.keys(experiments).length > 0 ? [list, experiments] : list);
}

/** One prompt with its digests and static token counts. */
export function compilePrompt(prompt: Prompt, countStatic?: CountStatic): PromptJson {
  const json = runtimePrompt(prompt);
  const tokens = countStatic && staticTokens(json, countStatic);
  return {
    ...json,
    contentDigest: contentDigest(json),
    contractDigest: digestOf(contractOf(json)),
    ...(tokens ? { tokens } : {}),
  };
}

function staticTokens(json: PromptJson, countStatic: CountStatic): StaticTokensJson | undefined {
  const counter = countStatic(json.model);
  if (!counter) return undefined;
  const countSegment = (segment: Segment): number => (segment.kind === 'text' ? counter.count(segment.text) : 0);
  return {
    encoding: counter.encoding,
    kind: counter.kind,
    messages: json.messages.map((message) => ('role' in message ? message.segments.map(countSegment) : [])),
  };
}

function refuseClashes(prompts: readonly Prompt[]): void {
  const fileById = new Map<string, string>();
  for (const prompt of prompts) {
    for (const id of new Set([prompt.id, ...prompt.aliases])) {
      const other = fileById.get(id);
      if (other !== undefined) {
        throw new PromptctlError('refused', `${prompt.file} and ${other} both answer to the id \`${id}\``, {
          hint: 'give one of them another `id:`, or take the alias out',
        });
      }
      fileById.set(id, prompt.file);
    }
  }
}
