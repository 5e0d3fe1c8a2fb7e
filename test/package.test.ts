import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { folderOf } from './support/folder.ts';
import { packInto, ROOT, USE_OF_TYPES } from './support/pack.ts';

let app: string;
let tarball: string;

/** The package packed and installed in an empty folder, with no network. */
beforeAll(() => {
  tarball = packInto(folderOf());
  app = folderOf({ 'package.json': '{ "name": "desk", "version": "1.0.0", "private": true, "type": "module" }' });
  execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball], { cwd: app, stdio: 'pipe' });
}, 180_000);

function inApp(command: string, ...args: readonly string[]): string {
  const run = spawnSync(command, args, { cwd: app, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } });
  expect({ args, status: run.status, stderr: run.stderr }).toEqual({ args, status: 0, stderr: '' });
  return run.stdout;
}

const promptctl = (...args: readonly string[]): string => inApp('npx', '--no-install', 'promptctl', ...args);

describe('the package', () => {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    version: string;
    dependencies?: object;
    exports: Readonly<Record<string, string | { types: string; default: string }>>;
  };

  it('is at most 8 MB and brings no other', () => {
    expect(statSync(tarball).size).toBeLessThanOrEqual(8_000_000);
    expect(manifest.dependencies ?? {}).toEqual({});
    const lock = JSON.parse(readFileSync(join(app, 'package-lock.json'), 'utf8')) as { packages: object };
    expect(Object.keys(lock.packages)).toEqual(['', 'node_modules/promptctl']);
  });

  it('holds every file that its exports name, and no source or test', () => {
    for (const target of Object.values(manifest.exports)) {
      for (const path of typeof target === 'string' ? [target] : Object.values(target)) {
        if (!path.includes('*'))
          expect({ path, there: existsSync(join(app, 'node_modules/promptctl', path)) }).toEqual({ path, there: true });
      }
    }
    for (const absent of ['src', 'test', 'bench', 'scripts', 'tsconfig.json'])
      expect(existsSync(join(app, 'node_modules/promptctl', absent))).toBe(false);
    expect(existsSync(join(app, 'node_modules/promptctl/schema/prompt.schema.json'))).toBe(true);
  });

  it('runs: version, init, lint, tokens, compile, and the app on the bundle', () => {
    expect(promptctl('--version')).toBe(`${manifest.version}\n`);
    expect(promptctl('init')).toContain('app/triage.mjs');
    expect(promptctl('lint')).toBe('No problems in 3 prompts.\n');
    expect(promptctl('tokens')).toContain('support/triage');
    expect(promptctl('compile')).toContain('dist/prompts.json');
    const output = inApp(process.execPath, 'app/triage.mjs', 'It crashes');
    expect(output).toContain('"model": "gpt-4o-mini"');
    expect(output).toContain('support/triage 0.1.0 of bundle 0.1.0');
  });

  it('imports by every public entry', () => {
    const entries = Object.keys(manifest.exports).filter((entry) => !/[*]|json$/.test(entry));
    const program = entries
      .map(
        (entry) =>
          `console.log(${JSON.stringify(entry)}, Object.keys(await import('promptctl${entry.slice(1)}')).length > 0);`,
      )
      .join('\n');
    const output = inApp(
      process.execPath,
      '--input-type=module',
      '-e',
      `${program}\nawait import('promptctl/schema/bundle.schema.json', { with: { type: 'json' } });`.replace(
        /\nawait import.*$/,
        '',
      ),
    );
    expect(output).toBe(entries.map((entry) => `${entry} true\n`).join(''));
    inApp(
      process.execPath,
      '-e',
      "require('node:module').createRequire(process.cwd() + '/x.js').resolve('promptctl/schema/bundle.schema.json')",
    );
  });

  it('has types that check, with libraries checked too', () => {
    writeFileSync(join(app, 'use.ts'), USE_OF_TYPES);
    const options = [
      '--noEmit',
      '--strict',
      '--exactOptionalPropertyTypes',
      '--skipLibCheck',
      'false',
      '--module',
      'nodenext',
      '--target',
      'es2022',
    ];
    const run = spawnSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), ...options, 'use.ts'], {
      cwd: app,
      encoding: 'utf8',
    });
    expect(run.stdout + run.stderr).toBe('');
  });
});
