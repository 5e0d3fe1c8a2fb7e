import { lstatSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../support/cli.ts';
import { folderOf } from '../support/folder.ts';
import { ticketPrompt } from './prompts.ts';

const TRIAGE = 'prompts/triage.prompt.yml';
const REFUND = 'prompts/refund.prompt.yml';
const LOOSE = 'messages:\n- {content: "{{ticket}}", role: user}   # the words\nmodel: openai/gpt-4o\n';
const SET = 'model: openai/gpt-4o\nmessages:\n  - { role: user, content: "{{ticket}}" }   # the words\n';

describe('fmt', () => {
  it('writes what is not in its layout, names it, and has nothing to do the second time', () => {
    const folder = folderOf({ [TRIAGE]: LOOSE, [REFUND]: ticketPrompt() });
    expect(runCli(['fmt'], { cwd: folder })).toEqual({
      status: 0,
      stdout: `${TRIAGE}\n`,
      stderr: '1 file of 2 prompts changed.\n',
    });
    expect(readFileSync(join(folder, TRIAGE), 'utf8')).toBe(SET);
    const { mtimeMs } = statSync(join(folder, TRIAGE));
    expect(runCli(['fmt'], { cwd: folder })).toEqual({
      status: 0,
      stdout: '',
      stderr: '0 files of 2 prompts changed.\n',
    });
    expect(statSync(join(folder, TRIAGE)).mtimeMs).toBe(mtimeMs);
  });

  it('--check writes nothing and fails', () => {
    const folder = folderOf({ [TRIAGE]: LOOSE, [REFUND]: ticketPrompt() });
    expect(runCli(['fmt', '--check'], { cwd: folder })).toEqual({
      status: 1,
      stdout: `${TRIAGE}\n`,
      stderr: '1 file of 2 prompts would change.\n',
    });
    expect(readFileSync(join(folder, TRIAGE), 'utf8')).toBe(LOOSE);
    expect(runCli(['fmt', '--check', REFUND], { cwd: folder }).status).toBe(0);
  });

  it('leaves alone what it can not prove, and says why', () => {
    const anchored = 'messages:\n- &a { role: user, content: Hi }\nmodel: openai/gpt-4o\n';
    const folder = folderOf({ [TRIAGE]: anchored });
    expect(runCli(['fmt', '--json'], { cwd: folder })).toMatchObject({
      status: 0,
      stderr: `${TRIAGE} is left as it is: line 2 holds an anchor or an alias\n0 files of 1 prompt changed.\n`,
    });
    const { summary, refused } = JSON.parse(runCli(['fmt', '--json'], { cwd: folder }).stdout) as Record<
      string,
      unknown
    >;
    expect(summary).toEqual({ files: 1, changed: 0, refused: 1 });
    expect(refused).toEqual([{ file: TRIAGE, reason: 'line 2 holds an anchor or an alias' }]);
    expect(readFileSync(join(folder, TRIAGE), 'utf8')).toBe(anchored);
  });

  it('fails where a file does not load, and formats the others', () => {
    const folder = folderOf({ [TRIAGE]: 'messages: [\n', [REFUND]: LOOSE });
    const run = runCli(['fmt'], { cwd: folder });
    expect(run).toMatchObject({ status: 1, stdout: `${REFUND}\n` });
    expect(run.stderr).toContain(`${TRIAGE} is left as it is: it does not load`);
    expect(runCli(['fmt', 'prompts/nowhere.prompt.yml'], { cwd: folder }).status).toBe(3);
  });

  it('writes through a link, which stays one', () => {
    const folder = folderOf({ 'shared/triage.yml': LOOSE, [REFUND]: ticketPrompt() });
    symlinkSync('../shared/triage.yml', join(folder, TRIAGE));
    expect(runCli(['fmt'], { cwd: folder }).status).toBe(0);
    expect(lstatSync(join(folder, TRIAGE)).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, 'shared/triage.yml'), 'utf8')).toBe(SET);
  });
});
