import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type CliRun, runCli } from '../support/cli.ts';
import { folderOf } from '../support/folder.ts';

/** No settings of this machine, and the same author and day in every run. */
export const GIT_ENV: Readonly<Record<string, string>> = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.com',
  GIT_AUTHOR_DATE: '2026-01-10T12:00:00Z',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.com',
  GIT_COMMITTER_DATE: '2026-01-10T12:00:00Z',
  PROMPTCTL_TODAY: '2026-01-15',
};

/** A real repository in a temporary folder. */
export interface TestRepository {
  readonly folder: string;
  git(...args: string[]): string;
  /** Writes files; `undefined` deletes one. */
  write(files: Readonly<Record<string, string | undefined>>): void;
  read(path: string): string;
  commit(message?: string): void;
  run(...args: string[]): CliRun;
}

export function openRepository(folder: string, env: Readonly<Record<string, string>> = {}): TestRepository {
  const all = { ...GIT_ENV, ...env };
  const git = (...args: string[]): string => {
    const run = spawnSync('git', args, { cwd: folder, env: { ...process.env, ...all } });
    if (run.status !== 0) throw new Error(`git ${args.join(' ')}: ${run.stderr.toString('utf8')}`);
    return run.stdout.toString('utf8').trim();
  };
  return {
    folder,
    git,
    write: (files) => {
      for (const [path, text] of Object.entries(files)) {
        const full = join(folder, path);
        if (text === undefined) {
          rmSync(full);
          continue;
        }
        mkdirSync(dirname(full), { recursive: true });
        writeFileSync(full, text);
      }
    },
    read: (path) => readFileSync(join(folder, path), 'utf8'),
    commit: (message = 'change') => {
      git('add', '-A');
      git('commit', '-q', '--allow-empty', '-m', message);
    },
    run: (...args) => runCli(args, { cwd: folder, env: all }),
  };
}

/** A repository with one commit of these files on a branch. */
export function repositoryWith(
  files: Readonly<Record<string, string>> = desk(),
  branch = 'main',
  env: Readonly<Record<string, string>> = {},
): TestRepository {
  const repository = openRepository(folderOf({}), env);
  repository.git('init', '-q', '-b', branch);
  repository.write(files);
  repository.commit('begin');
  return repository;
}

export const TRIAGE = 'prompts/support/triage.prompt.yml';

export function triage(body = '', version = '1.2.0'): string {
  return `promptctl: 1
version: ${version}
model: openai/gpt-4o-mini
variables:
  ticket: { type: string, maxLength: 2000, maxTokens: 500, trust: user }
messages:
  - role: system
    content: Sort the ticket for our team. {{> tone}}
  - { role: user, content: "{{ticket}}" }
testData:
  - { $name: crash, ticket: It crashes }
${body}`;
}

export const REFUND = `promptctl: 1
version: 0.3.0
model: openai/gpt-4o-mini
variables:
  reason: { type: string, maxLength: 500, trust: user }
messages:
  - { role: system, content: Sum up the refund case. }
  - { role: user, content: "{{reason}}" }
`;

/** A small support desk: two prompts and a partial. */
export function desk(config = ''): Record<string, string> {
  return {
    'promptctl.yaml': `version: 2.0.0\nprompts: "prompts/**/*.prompt.yml"\nroot: prompts\n${config}`,
    [TRIAGE]: triage(),
    'prompts/billing/refund.prompt.yml': REFUND,
    'prompts/tone.partial.md': 'Be kind.\n',
  };
}

export const OUTPUT_OLD = `responseFormat: json_schema
jsonSchema: { name: triage, strict: true, schema: { type: object, additionalProperties: false, required: [priority], properties: { priority: { type: string } } } }
`;
export const OUTPUT_NEW: string = OUTPUT_OLD.replace('{ type: string } }', '{ type: [string, "null"] } }');

/** The parsed document of a `--json` run. */
export function jsonOf(run: CliRun): Record<string, unknown> {
  return JSON.parse(run.stdout) as Record<string, unknown>;
}

export interface DiffDocument {
  readonly schema: string;
  readonly summary: {
    readonly level: string;
    readonly breaking: number;
    readonly dangerous: number;
    readonly security: number;
  };
  readonly bundle: { readonly level: string };
  readonly against: string;
  readonly prompts: readonly {
    readonly id: string;
    readonly level: string;
    readonly changes: readonly { readonly kind: string }[];
  }[];
  readonly changes: readonly { readonly kind: string; readonly witness?: unknown; readonly promptId: string }[];
}

export function diffOf(repository: TestRepository, ...args: string[]): DiffDocument {
  const run = repository.run('diff', '--json', ...args);
  if (run.stdout === '') throw new Error(run.stderr);
  return jsonOf(run) as unknown as DiffDocument;
}

/** `id kind` of every change. */
export function kindsOf(document: DiffDocument): string[] {
  return document.changes.map(({ promptId, kind }) => `${promptId} ${kind}`).sort();
}
