import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * A page with the output under every `$` line of its `console` blocks made anew: the commands run in order, in one empty folder, with the
 * built command line. What a page shows is what it prints.
 */
export function withRealOutput(page: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'promptctl-docs-'));
  const bin = join(folder, '.bin');
  mkdirSync(bin);
  writeFileSync(
    join(bin, 'promptctl'),
    `#!/bin/sh\nexec "${process.execPath}" "${join(root, 'bin/promptctl.js')}" "$@"\n`,
  );
  chmodSync(join(bin, 'promptctl'), 0o755);
  const { CI: _ci, FORCE_COLOR: _color, ...env } = process.env;
  const home = join(folder, 'work');
  mkdirSync(home);
  try {
    return page.replaceAll(/^```console\n([^]*?)^```$/gm, (_block, body: string) => {
      const commands = body.split('\n').filter((line) => line.startsWith('$ '));
      const shown = commands.map((line) => {
        const run = spawnSync('/bin/sh', ['-c', `${line.slice(2)} 2>&1`], {
          cwd: home,
          encoding: 'utf8',
          env: { ...env, NO_COLOR: '1', PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}` },
        });
        if (run.status === null || run.status > 1) throw new Error(`${line} exits ${run.status}:\n${run.stdout}`);
        return `${line}\n${run.stdout}`;
      });
      return `\`\`\`console\n${shown.join('')}\`\`\``;
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
