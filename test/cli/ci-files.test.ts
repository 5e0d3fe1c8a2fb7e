import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  desk,
  GIT_ENV,
  openRepository,
  OUTPUT_NEW,
  OUTPUT_OLD,
  repositoryWith,
  type TestRepository,
  triage,
  TRIAGE,
} from '../release/repository.ts';
import { folderOf } from '../support/folder.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const TEMPLATE = join(ROOT, 'templates/support-desk');

interface Step {
  readonly name?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** What stands between `${{` and `}}` on the runner. */
const EXPRESSIONS: Readonly<Record<string, string>> = {
  'github.token': 'secret',
  'inputs.token': 'secret',
  'inputs.fail-on': 'breaking',
  'inputs.working-directory': '.',
  'github.repository': 'acme/desk',
  'github.event.pull_request.number': '7',
};

/** Stands in for GitHub's command line: keeps comments in a file, and takes the calls that the steps make. */
const GH = `#!/usr/bin/env node
const fs = require('node:fs');
const args = process.argv.slice(2);
const store = process.env.COMMENT_STORE;
const comments = fs.existsSync(store) ? JSON.parse(fs.readFileSync(store, 'utf8')) : [];
const method = args.includes('--method') ? args[args.indexOf('--method') + 1] : 'GET';
const path = args.find((arg) => arg.startsWith('repos/'));
if (process.env.GH_TOKEN !== 'secret') process.exit(4);
if (method === 'GET') {
  if (path !== 'repos/acme/desk/issues/7/comments') process.exit(1);
  for (const { id, body } of comments) if (body.startsWith(process.env.marker)) console.log(id);
} else {
  const body = fs.readFileSync(args.find((arg) => arg.startsWith('body=@')).slice(6), 'utf8');
  if (method === 'POST' && path === 'repos/acme/desk/issues/7/comments') comments.push({ id: 40 + comments.length, body });
  else comments.find(({ id }) => path === 'repos/acme/desk/issues/comments/' + id).body = body;
  fs.writeFileSync(store, JSON.stringify(comments));
}
`;

interface Runner {
  readonly repository: TestRepository;
  /** Runs a step as its shell would; gives the exit code. */
  run(
    script: string,
    env?: Readonly<Record<string, string>>,
  ): { readonly status: number | null; readonly output: string };
  comments(): readonly { readonly id: number; readonly body: string }[];
}

/** A pull request's checkout on a runner: a clone with promptctl installed, on a branch with a breaking change. */
function runner(): Runner {
  const origin = repositoryWith({ ...desk(), [TRIAGE]: triage(OUTPUT_OLD) });
  origin.run('release');
  const folder = join(folderOf(), 'checkout');
  origin.git('clone', '-q', origin.folder, folder);
  const repository = openRepository(folder);
  repository.git('checkout', '-q', '-b', 'work');
  repository.write({
    [TRIAGE]: triage(OUTPUT_NEW),
    'package.json': '{"name":"desk","version":"1.0.0","private":true}',
    'package-lock.json':
      '{"name":"desk","version":"1.0.0","lockfileVersion":3,"packages":{"":{"name":"desk","version":"1.0.0"}}}',
    '.gitignore': 'node_modules\n',
  });
  repository.commit();
  const bin = folderOf({ gh: GH });
  chmodSync(join(bin, 'gh'), 0o755);
  const store = join(bin, 'comments.json');
  return {
    repository,
    comments: () =>
      existsSync(store) ? (JSON.parse(readFileSync(store, 'utf8')) as { id: number; body: string }[]) : [],
    run: (script, env = {}) => {
      const { CI: _ci, FORCE_COLOR: _color, ...own } = process.env;
      const run = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
        cwd: folder,
        env: {
          ...own,
          ...GIT_ENV,
          ...env,
          PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}`,
          COMMENT_STORE: store,
          GITHUB_STEP_SUMMARY: join(bin, 'summary.md'),
          CI_DEFAULT_BRANCH: 'main',
          npm_config_update_notifier: 'false',
        },
      });
      if (/\bnpm ci\b/.test(script)) install(folder);
      return { status: run.status, output: `${run.stdout.toString('utf8')}${run.stderr.toString('utf8')}` };
    },
  };
}

/** What `npm ci` leaves where promptctl is a dependency. */
function install(folder: string): void {
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
  if (!existsSync(join(folder, 'node_modules/promptctl'))) symlinkSync(ROOT, join(folder, 'node_modules/promptctl'));
  writeFileSync(
    join(folder, 'node_modules/.bin/promptctl'),
    `#!/bin/sh\nexec "${process.execPath}" "${join(ROOT, 'bin/promptctl.js')}" "$@"\n`,
    { mode: 0o755 },
  );
}

function filled(text: string): string {
  return text.replace(/\$\{\{\s*([\w.-]+)\s*\}\}/g, (_, name: string) => EXPRESSIONS[name] ?? `(no ${name})`);
}

function runSteps(steps: readonly Step[], on: Runner): Record<string, number | null> {
  const statuses: Record<string, number | null> = {};
  for (const { name, run, env = {} } of steps) {
    if (run === undefined) continue;
    const values = Object.fromEntries(Object.entries(env).map(([key, value]) => [key, filled(value)]));
    const { status, output } = on.run(filled(run), values);
    expect(output).not.toContain('(no ');
    statuses[name ?? run] = status;
  }
  return statuses;
}

/** Both ways to GitHub run the same lines; a second run replaces the comment of the first. */
function expectGithub(steps: readonly Step[], on: Runner): void {
  const first = runSteps(steps, on);
  expect(first).toMatchObject({ Lint: 0, Check: 1, Summary: 0, Comment: 0 });
  expect(JSON.parse(on.repository.read('promptctl.sarif'))).toMatchObject({ version: '2.1.0' });
  expect(on.comments()).toHaveLength(1);
  expect(on.comments()[0]!.body).toContain('some checks fail');
  on.repository.run('bump');
  expect(runSteps(steps, on)).toMatchObject({ Lint: 0, Check: 0, Summary: 0, Comment: 0 });
  expect(on.comments().map(({ id }) => id)).toEqual([40]);
  expect(on.comments()[0]!.body).toContain('all checks pass');
}

function read(path: string): unknown {
  return parse(readFileSync(path, 'utf8'));
}

describe('the CI files', { timeout: 180_000 }, () => {
  it('the workflow that init writes', () => {
    const { jobs } = read(join(TEMPLATE, '.github/workflows/prompts.yml')) as { jobs: { check: { steps: Step[] } } };
    expectGithub(jobs.check.steps, runner());
  });

  it('the composite action', () => {
    const { runs } = read(join(ROOT, 'action.yml')) as { runs: { steps: Step[] } };
    const on = runner();
    install(on.repository.folder);
    expectGithub(runs.steps, on);
  });

  it('the composite action has the shape that GitHub asks for', () => {
    const text = readFileSync(join(ROOT, 'action.yml'), 'utf8');
    const action = parse(text) as {
      name: string;
      description: string;
      inputs: Record<string, { description: string; default: unknown }>;
      outputs: Record<string, { description: string; value: string }>;
      runs: { using: string; steps: (Step & { id?: string; shell?: string; uses?: string })[] };
    };
    const declared = new Set(Object.keys(action.inputs));
    const ids = new Set(action.runs.steps.flatMap(({ id }) => id ?? []));
    expect(Object.keys(action)).toEqual(['name', 'description', 'inputs', 'outputs', 'runs']);
    for (const input of Object.values(action.inputs))
      expect(input).toEqual({ description: expect.any(String) as unknown, default: expect.any(String) as unknown });
    expect(action.runs.using).toBe('composite');
    for (const { run, shell, uses } of action.runs.steps)
      expect(run === undefined ? uses : shell, 'a line to run names its shell').toMatch(
        /^bash$|^[\w-]+\/[\w/-]+@v\d+$/,
      );
    for (const [, name] of text.matchAll(/\binputs\.([\w-]+)/g)) expect(declared).toContain(name);
    for (const [, id] of text.matchAll(/\bsteps\.([\w-]+)/g)) expect(ids).toContain(id);
    const scripts = action.runs.steps.map(({ run = '' }) => run).join('');
    expect(scripts, 'what others write comes in by the environment').not.toContain('${{');
  });

  it('the GitLab pipeline', () => {
    const { prompts } = read(join(TEMPLATE, '.gitlab-ci.yml')) as {
      prompts: { before_script: string[]; script: string[] };
    };
    const on = runner();
    on.repository.git('update-ref', '-d', 'refs/remotes/origin/main');
    on.repository.git('update-ref', '-d', 'refs/heads/main');
    const statuses = [...prompts.before_script, ...prompts.script].map((line) => on.run(line));
    expect(
      statuses.map(({ status }) => status),
      statuses.map(({ output }) => output).join('\n'),
    ).toEqual([0, 0, 0, 1]);
    expect(JSON.parse(on.repository.read('gl-code-quality-report.json'))).toMatchObject([
      { location: { path: TRIAGE } },
    ]);
    expect(on.repository.read('promptctl-check.md')).toContain('`priority` may be null');
  });

  it.each([
    ['of the template', join(TEMPLATE, '.pre-commit-config.yaml')],
    ['of this repository', join(ROOT, '.pre-commit-hooks.yaml')],
  ])('the pre-commit hooks %s', (_, path) => {
    const file = read(path);
    type Hook = { id: string; entry: string; files: string; pass_filenames?: boolean };
    const hooks = Array.isArray(file)
      ? (file as Hook[])
      : (file as { repos: { hooks: Hook[] }[] }).repos.flatMap((repo) => repo.hooks);
    const on = runner();
    install(on.repository.folder);
    const statuses = hooks.map(({ id, entry, files, pass_filenames: passes }) => {
      expect(TRIAGE).toMatch(new RegExp(files));
      return [id, on.run(passes === false ? entry : `${entry} ${TRIAGE}`).status];
    });
    expect(Object.fromEntries(statuses)).toEqual({ 'promptctl-lint': 0, 'promptctl-check': 1 });
  });

  it('init sets the driver up where there is a clone, once, and nowhere else', () => {
    const repository = openRepository(folderOf());
    expect(repository.run('init', 'elsewhere').stderr).toBe('');
    repository.git('init', '-q', '-b', 'main');
    expect(repository.run('init').stderr).toContain('git diff speaks of prompts in this clone');
    expect(repository.git('config', 'diff.promptctl.command')).toContain(
      'npx --no-install promptctl diff --git-driver',
    );
    repository.git('config', 'diff.promptctl.command', 'mine');
    expect(repository.run('init').stderr).toBe('');
    expect(repository.git('config', 'diff.promptctl.command')).toBe('mine');
  });

  it('the attributes, and the driver that they name', () => {
    const { repository } = runner();
    repository.write({ '.gitattributes': readFileSync(join(TEMPLATE, '.gitattributes'), 'utf8') });
    expect(repository.run('diff', '--git-driver')).toMatchObject({
      status: 0,
      stdout: 'git diff and `git log -p --ext-diff` speak of prompts in this clone.\n',
    });
    expect(repository.git('config', 'diff.promptctl.command')).toContain(
      'npx --no-install promptctl diff --git-driver',
    );
    // Where the packages are not installed git still shows the lines.
    expect(repository.git('diff', 'main')).toContain('+++ b/prompts/');
    install(repository.folder);
    expect(repository.git('diff', 'main')).toContain('`priority` may be null');
    repository.write({ '.gitattributes': '*.png binary' });
    repository.run('diff', '--git-driver');
    expect(repository.read('.gitattributes')).toBe(
      '*.png binary\n*.prompt.yml diff=promptctl\n*.prompt.yaml diff=promptctl\n',
    );
  });
});
