import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { watchFolders } from '../../src/cli/lint/watch-folders.ts';
import { folderOf } from '../support/folder.ts';
import { ticketPrompt } from './prompts.ts';

const BIN = fileURLToPath(new URL('../../bin/promptctl.js', import.meta.url));
const TRIAGE = 'prompts/triage.prompt.yml';
const GOOD = ticketPrompt();
const BROKEN = ticketPrompt('"{{tickt}}"');

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

interface Watching {
  /** All that was written so far, once it matches. */
  told(what: RegExp): Promise<string>;
  interrupt(): Promise<number | null>;
}

function watching(folder: string, ...args: string[]): Watching {
  const child = spawn(process.execPath, [BIN, 'lint', '--watch', ...args], {
    cwd: folder,
    env: { ...process.env, NO_COLOR: '1' },
  });
  started.push(child);
  let text = '';
  const ended = new Promise<number | null>((end) => child.on('exit', (code) => end(code)));
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return {
    told: async (what) => {
      while (!what.test(text)) {
        await new Promise((next) => {
          child.stdout.once('data', next);
          child.stderr.once('data', next);
        });
      }
      return text;
    },
    interrupt: () => {
      child.kill('SIGINT');
      return ended;
    },
  };
}

/** As editors save: beside the file, then over it. */
function save(path: string, text: string): void {
  writeFileSync(`${path}.new`, text);
  renameSync(`${path}.new`, path);
}

describe('lint --watch', () => {
  it('reports again after each save, and ends with 130 on an interrupt', async () => {
    const folder = folderOf({ 'promptctl.yaml': 'extends: minimal\n', [TRIAGE]: GOOD });
    const run = watching(folder);
    expect(await run.told(/Run 1: .*\n/)).toContain('No problems in 1 prompt.');
    save(join(folder, TRIAGE), BROKEN);
    expect(await run.told(/Run \d+: [1-9]\d* problems? in 1 prompt\. Waiting for changes\.\n/)).toContain('tickt');
    save(join(folder, TRIAGE), GOOD);
    expect(await run.told(/tickt[^]*Run \d+: 0 problems in 1 prompt\./)).toMatch(/No problems[^]*No problems/);
    expect(await run.interrupt()).toBe(130);
  });

  it('follows new folders, and waits while the settings are broken', async () => {
    const folder = folderOf({ 'promptctl.yaml': 'extends: minimal\n', [TRIAGE]: GOOD });
    const run = watching(folder);
    await run.told(/Run 1: /);
    mkdirSync(join(folder, 'prompts/billing'));
    writeFileSync(join(folder, 'prompts/billing/refund.prompt.yml'), GOOD);
    await run.told(/ in 2 prompts\. Waiting/);
    writeFileSync(join(folder, 'prompts/billing/refund.prompt.yml'), BROKEN);
    await run.told(/Run \d+: [1-9]\d* problems? in 2 prompts/);
    writeFileSync(join(folder, 'promptctl.yaml'), 'extends: everything\n');
    await run.told(/Run \d+: .*everything[^]*Waiting for changes\.\n/);
    writeFileSync(join(folder, 'promptctl.yaml'), 'extends: minimal\n');
    await run.told(/everything[^]*Run \d+: \d+ problems? in 2 prompts/);
    expect(await run.interrupt()).toBe(130);
  });

  it('does not take its own report for a change', async () => {
    const folder = folderOf({ 'promptctl.yaml': 'extends: minimal\n', [TRIAGE]: GOOD });
    const run = watching(folder, '--format', 'json=report.json');
    await run.told(/Run 1: /);
    save(join(folder, TRIAGE), BROKEN);
    await run.told(/Run \d+: [1-9]/);
    writeFileSync(join(folder, TRIAGE), GOOD);
    const text = await run.told(/Run \d+: [1-9][^]*Run \d+: 0/);
    expect(text.match(/Run /g)!.length).toBeLessThanOrEqual(5);
    expect(await run.interrupt()).toBe(130);
  });
});

describe('a watch of folders', () => {
  it.each([
    ['told by the system', false],
    ['looking for itself', true],
  ])('calls back after a change, %s', async (_, poll) => {
    const folder = folderOf({ 'a/b/tone.partial.md': 'Be kind.\n' });
    const path = join(folder, 'a/b/tone.partial.md');
    let told: (() => void) | undefined;
    const stop = watchFolders([folder], () => told?.(), { poll });
    for (const text of ['Be brief, please.\n', 'Be clear.\n', 'Be.\n']) {
      const change = new Promise<void>((next) => (told = next));
      save(path, text);
      await change;
    }
    stop();
  });

  it('looks for itself where the system refuses a watcher', async () => {
    const later = join(folderOf(), 'prompts');
    const change = new Promise<void>((told) => {
      const stop = watchFolders([later], () => {
        stop();
        told();
      });
    });
    // The watcher was refused, for there is nothing to watch yet; polling begins in the next turn.
    await new Promise((turn) => setImmediate(() => setImmediate(turn)));
    mkdirSync(later);
    writeFileSync(join(later, 'tone.partial.md'), 'Be kind.\n');
    await change;
  });
});
