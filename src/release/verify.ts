import { bundleDigest, contractOf } from '../compile/index.ts';
import { PromptctlError } from '../model/index.ts';
import { contentDigest, digestOf } from '../render/index.ts';
import type { BundleJson, PromptJson } from '../runtime/index.ts';
import type { Config } from '../workspace/index.ts';
import { bundleAt, trailersOf } from './content.ts';
import { firstLine, tryGit } from './git.ts';
import type { ReleaseHistory } from './required.ts';
import { sideAt } from './sides.ts';
import type { ReleaseTag } from './tags.ts';
import { workspaceName } from './tags.ts';

/** Whether something is what it says it is. */
export interface Verification {
  readonly subject: string;
  readonly digest: string;
  /** What does not fit, in words; empty where all fits. */
  readonly problems: readonly string[];
  /** What git says of the tag's signature. */
  readonly signature: { readonly state: 'none' | 'good' | 'unverified'; readonly words: string };
}

const ALGORITHM = /^sha256\/1:/;

/** Builds the tagged tree again and compares what comes out with the tag's message. */
export function verifyTag(history: ReleaseHistory, config: Config, tag: ReleaseTag): Verification {
  const { repository } = history;
  const { trailers } = tag;
  if (!trailers) {
    throw new PromptctlError('refused', `${tag.name} is no release of promptctl: its message holds no digests`, {
      hint: '`promptctl release` makes tags that can be verified',
    });
  }
  if (!ALGORITHM.test(trailers.digest)) {
    throw new PromptctlError(
      'refused',
      `${tag.name} has the digest ${trailers.digest}, of an algorithm that this promptctl does not know`,
      {
        hint: 'verify it with a newer promptctl',
      },
    );
  }
  const bundle = bundleAt(sideAt(repository, { commit: tag.commit, label: tag.name }, config));
  const rebuilt = trailersOf(bundle, workspaceName(repository), tag.id);
  const problems = [
    ...(rebuilt.digest === trailers.digest
      ? []
      : [`the tree gives ${rebuilt.digest}, the tag says ${trailers.digest}`]),
    ...(rebuilt.contract === trailers.contract ? [] : ['the contract digest differs']),
    ...promptProblems(rebuilt.prompts, trailers.prompts),
    ...(tag.id === undefined && bundle.version !== tag.text ? [`the tree's version is ${bundle.version}`] : []),
  ];
  return { subject: tag.name, digest: rebuilt.digest, problems, signature: signatureOf(history, tag) };
}

function promptProblems(
  rebuilt: readonly { readonly id: string; readonly version: string | undefined; readonly digest: string }[],
  said: typeof rebuilt,
): string[] {
  const byId = new Map(said.map((prompt) => [prompt.id, prompt]));
  const wrong = rebuilt.flatMap(({ id, version, digest }) => {
    const claim = byId.get(id);
    byId.delete(id);
    if (!claim) return [`\`${id}\` is not in the tag's message`];
    return claim.digest === digest && claim.version === version ? [] : [`\`${id}\` is not what the tag says`];
  });
  return [...wrong, ...[...byId.keys()].map((id) => `\`${id}\` is in the tag's message and not in the tree`)];
}

function signatureOf({ repository }: ReleaseHistory, tag: ReleaseTag): Verification['signature'] {
  if (!tag.isSigned) return { state: 'none', words: 'not signed' };
  const { status, stderr } = tryGit(repository.folder, ['verify-tag', tag.name]);
  const said = stderr.split('\n').find((line) => line.replace(/^gpg: /, '').startsWith('Good '));
  return status === 0
    ? { state: 'good', words: said ?? 'a good signature' }
    : { state: 'unverified', words: firstLine(stderr) || 'git could not verify the signature' };
}

/** Holds a bundle against its own digests. */
export function verifyBundle(bundle: BundleJson, subject: string): Verification {
  const prompts = Object.values(bundle.prompts);
  const digest = bundleDigest(prompts, bundle.experiments);
  const problems = [
    ...prompts.flatMap(promptDigestProblems),
    ...(digest === bundle.digest ? [] : [`its prompts give ${digest}, it says ${bundle.digest}`]),
  ];
  return { subject, digest: bundle.digest, problems, signature: { state: 'none', words: 'not signed' } };
}

function promptDigestProblems(prompt: PromptJson): string[] {
  const problems: string[] = [];
  if (contentDigest(prompt) !== prompt.contentDigest)
    problems.push(`\`${prompt.id}\` is not what its content digest says`);
  if (digestOf(contractOf(prompt)) !== prompt.contractDigest)
    problems.push(`\`${prompt.id}\` is not what its contract digest says`);
  return problems;
}
