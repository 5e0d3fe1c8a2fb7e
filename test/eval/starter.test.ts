import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runCli } from '../support/cli.ts';
import { runEval } from '../support/eval-cli.ts';
import { folderOf } from '../support/folder.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CASSETTES = 'evals/cassettes';

describe("the starter's recorded answers", () => {
  it('pass under strict replay in a new folder, with no key', async () => {
    const folder = folderOf();
    expect(runCli(['init'], { cwd: folder }).status).toBe(0);
    const { status, json } = await runEval(folder, ['--replay=strict']);
    expect(json.missing).toEqual([]);
    expect([status, json.verdict]).toEqual([0, 'pass']);
    expect(json.summary).toMatchObject({ passed: json.summary.total, failed: 0, errored: 0, notRun: 0 });
    expect(new Set(json.results.map(({ promptId }) => promptId)).size).toBe(3);
  });

  it('are what scripts/starter-cassettes.ts writes, and say that no model gave them', () => {
    const folder = folderOf();
    cpSync(join(ROOT, 'templates/support-desk'), folder, {
      recursive: true,
      filter: (path) => !path.endsWith('evals'),
    });
    execFileSync(process.execPath, ['--import', 'tsx', join(ROOT, 'scripts/starter-cassettes.ts'), folder], {
      cwd: ROOT,
    });
    const kept = join(ROOT, 'templates/support-desk', CASSETTES);
    const files = readdirSync(kept, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
    expect(files.length).toBe(3);
    for (const file of files) {
      const text = readFileSync(join(kept, file), 'utf8');
      expect(readFileSync(join(folder, CASSETTES, file), 'utf8'), file).toBe(text);
      expect((JSON.parse(text) as { readonly note?: string }).note).toMatch(/no model/);
    }
  });
});
