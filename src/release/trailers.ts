import { compareText } from '../model/index.ts';

/** What a release tag's message says of what it releases. Each digest names its algorithm. */
export interface Trailers {
  /** Digest of the bundle; in independent mode, the content digest of the prompt. */
  readonly digest: string;
  readonly contract: string;
  readonly prompts: readonly { readonly id: string; readonly version: string | undefined; readonly digest: string }[];
  /** The workspace's folder in the repository; `.` at the top. */
  readonly workspace: string;
}

export function trailersText({ digest, contract, prompts, workspace }: Trailers): string {
  return [
    `Promptctl-Digest: ${digest}`,
    `Promptctl-Contract: ${contract}`,
    ...[...prompts]
      .sort((a, b) => compareText(a.id, b.id))
      .map(({ id, version, digest: own }) => `Promptctl-Prompt: ${id} ${version ?? '-'} ${own}`),
    `Promptctl-Workspace: ${workspace}`,
  ].join('\n');
}

/** Reads the trailers of a tag's message; undefined where it was not made by a release. */
export function parseTrailers(message: string): Trailers | undefined {
  const values = (name: string): string[] =>
    [...message.matchAll(new RegExp(`^Promptctl-${name}: (.*)$`, 'gm'))].map((match) => match[1]!.trim());
  const [digest] = values('Digest');
  if (digest === undefined) return undefined;
  return {
    digest,
    contract: values('Contract')[0] ?? '',
    prompts: values('Prompt').flatMap((line) => {
      const [id, version, own] = line.split(' ');
      return id === undefined || own === undefined
        ? []
        : [{ id, version: version === '-' ? undefined : version, digest: own }];
    }),
    workspace: values('Workspace')[0] ?? '.',
  };
}
