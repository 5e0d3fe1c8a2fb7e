import { createHash } from 'node:crypto';
import { VERSION } from '../model/index.ts';
import { tryGit } from './git.ts';
import type { PlannedTag } from './make-release.ts';
import { headCommit, type Repository } from './repository.ts';

/**
 * An in-toto statement (https://in-toto.io/Statement/v1) with an SLSA v1 predicate: which bundle was built from which commit,
 * by what. It holds no time of its own, so the same release gives the same statement.
 */
export function provenanceStatement(
  repository: Repository,
  tags: readonly PlannedTag[],
  bundle: { readonly path: string; readonly text: string },
): object {
  const commit = headCommit(repository);
  const remote = tryGit(repository.folder, ['remote', 'get-url', 'origin']).stdout.toString('utf8').trim();
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: bundle.path, digest: { sha256: createHash('sha256').update(bundle.text).digest('hex') } }],
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {
      buildDefinition: {
        buildType: 'urn:promptctl:compile:1',
        externalParameters: { workspace: repository.prefix || '.', tags: tags.map(({ name }) => name) },
        internalParameters: {},
        resolvedDependencies: [
          { ...(remote === '' ? {} : { uri: `git+${withoutSecrets(remote)}` }), digest: { gitCommit: commit } },
        ],
      },
      runDetails: {
        builder: { id: 'urn:promptctl:cli', version: { promptctl: VERSION } },
        metadata: { invocationId: commit },
      },
    },
  };
}

/** A remote's address may carry a password; a statement is published. */
function withoutSecrets(remote: string): string {
  return remote.replace(/^(\w+:\/\/)[^/@]*@/, '$1');
}
