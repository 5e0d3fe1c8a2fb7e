import { bundleOfSide, type Side } from '../diff/index.ts';
import { digestOf } from '../render/index.ts';
import type { BundleJson, PromptJson } from '../runtime/index.ts';
import { PromptctlError } from '../model/index.ts';
import type { Trailers } from './trailers.ts';

/** What a tree releases: its bundle, from prompts that could all be read. @throws PromptctlError `refused` otherwise. */
export function bundleAt(side: Side): BundleJson {
  if (side.unread.length > 0) {
    throw new PromptctlError('refused', `${side.label}: ${side.unread.map(({ message }) => message).join('\n')}`, {
      hint: 'mend the files; `promptctl lint` shows the places',
    });
  }
  return bundleOfSide(side);
}

/** The trailers of a bundle's release, or of one prompt's. */
export function trailersOf(bundle: BundleJson, workspace: string, id?: string): Trailers {
  const prompts = Object.values(bundle.prompts).filter((prompt) => id === undefined || prompt.id === id);
  return {
    digest: id === undefined ? bundle.digest : (prompts[0]?.contentDigest ?? ''),
    contract: contractDigestOf(prompts),
    prompts: prompts.map(({ id: name, version, contentDigest }) => ({ id: name, version, digest: contentDigest })),
    workspace,
  };
}

function contractDigestOf(prompts: readonly PromptJson[]): string {
  const [only] = prompts;
  return prompts.length === 1 && only
    ? only.contractDigest
    : digestOf(prompts.map(({ id, contractDigest }) => [id, contractDigest]));
}
