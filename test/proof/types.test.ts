import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { folderOf } from '../support/folder.ts';
import { packInto, USE_OF_TYPES } from '../support/pack.ts';

const APP = { 'package.json': '{ "name": "desk", "private": true, "type": "module" }', 'use.ts': USE_OF_TYPES };
/** The oldest that users may have, those in between that changed most, and the newest. */
const VERSIONS = ['5.4', '5.6', '5.9', '7.0'];

let tarball: string;
beforeAll(() => {
  tarball = packInto(folderOf());
}, 180_000);

describe.each(VERSIONS)('TypeScript %s', (version) => {
  let app: string;
  beforeAll(() => {
    app = folderOf(APP);
    execFileSync('npm', ['install', '--no-audit', '--no-fund', tarball, `typescript@${version}`], {
      cwd: app,
      stdio: 'pipe',
    });
  }, 180_000);

  it.each([
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
  ])('reads the declarations of every entry: module %s, resolution %s', (module, resolution) => {
    const options = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--skipLibCheck', 'false'];
    const how = ['--module', module, '--moduleResolution', resolution, '--target', 'es2022'];
    const run = spawnSync(
      process.execPath,
      [join(app, 'node_modules/typescript/bin/tsc'), ...options, ...how, 'use.ts'],
      { cwd: app, encoding: 'utf8' },
    );
    expect(run.stdout + run.stderr).toBe('');
  });
});
