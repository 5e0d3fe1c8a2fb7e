import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../support/cli.ts';
import { folderOf } from '../support/folder.ts';
import { ticketPrompt } from './prompts.ts';

const FILE = '.promptctl-suppressions.json';
const TRIAGE = 'prompts/triage.prompt.yml';
const REFUND = 'prompts/refund.prompt.yml';
/** Two errors: nobody declares `tickt`, and nothing reads `ticket`. */
const BROKEN = ticketPrompt('"{{tickt}}"');

interface Written {
  readonly version: number;
  readonly findings: Readonly<
    Record<string, { readonly rule: string; readonly file: string; readonly message: string }>
  >;
}

function desk(): string {
  return folderOf({ 'promptctl.yaml': 'extends: all\n', [TRIAGE]: BROKEN, [REFUND]: BROKEN });
}

function written(folder: string, file = FILE): Written {
  return JSON.parse(readFileSync(join(folder, file), 'utf8')) as Written;
}

/** Rule and file of each finding that a lint speaks of. */
function spoken(folder: string, ...args: string[]): string[] {
  const { stdout } = runCli(['lint', ...args, '--json'], { cwd: folder });
  const { findings } = JSON.parse(stdout) as { findings: { ruleId: string; file: string }[] };
  return findings.map(({ ruleId, file }) => `${ruleId} ${file}`);
}

describe('a suppressions file', () => {
  it('quiets what is found when it is written, and nothing else', () => {
    const folder = desk();
    expect(runCli(['lint'], { cwd: folder }).status).toBe(1);
    const update = runCli(['lint', '--update-suppressions'], { cwd: folder });
    expect(update.status).toBe(0);
    expect(update.stderr).toMatch(/^\.promptctl-suppressions\.json quiets \d+ findings\.\n$/);
    expect(spoken(folder)).toEqual([]);

    writeFileSync(join(folder, REFUND), ticketPrompt('"{{ticket}} {{ordr}}"'));
    expect(spoken(folder)).toContain(`template/undeclared-variable ${REFUND}`);
  });

  it('is sorted by file, rule and fingerprint, and the same however often it is written', () => {
    const folder = desk();
    runCli(['lint', '--update-suppressions'], { cwd: folder });
    const first = readFileSync(join(folder, FILE), 'utf8');
    const { version, findings } = written(folder);
    const keys = Object.entries(findings).map(([print, { rule, file }]) => `${file} ${rule} ${print}`);
    expect(version).toBe(1);
    expect(keys.length).toBeGreaterThan(3);
    expect(keys).toEqual([...keys].sort());
    runCli(['lint', '--update-suppressions'], { cwd: folder });
    expect(readFileSync(join(folder, FILE), 'utf8')).toBe(first);
  });

  it('is left out of what a fix mends, and written after the fix', () => {
    const loose = ticketPrompt().replace('user }', 'user }   ').replace('role: user', 'role: User');
    const folder = folderOf({ 'promptctl.yaml': 'extends: all\n', [TRIAGE]: loose });
    runCli(['lint', '--update-suppressions'], { cwd: folder });
    expect(runCli(['lint', '--fix'], { cwd: folder })).toMatchObject({ status: 0, stderr: '' });
    expect(readFileSync(join(folder, TRIAGE), 'utf8')).toBe(loose);

    expect(runCli(['lint', '--fix', '--update-suppressions'], { cwd: folder }).stderr).toContain('fixed in 1 file');
    expect(readFileSync(join(folder, TRIAGE), 'utf8')).toContain('role: user');
    expect(Object.values(written(folder).findings).map(({ rule }) => rule)).not.toContain('messages/role-unknown');
  });

  it('outlives lines that move', () => {
    const folder = desk();
    runCli(['lint', '--update-suppressions'], { cwd: folder });
    writeFileSync(join(folder, TRIAGE), `# sorts tickets\n\n${BROKEN}`);
    expect(spoken(folder)).toEqual([]);
  });

  it('has an entry that quiets nothing reported where it stands', () => {
    const folder = desk();
    runCli(['lint', '--update-suppressions'], { cwd: folder });
    writeFileSync(join(folder, TRIAGE), ticketPrompt());
    const { stdout } = runCli(['lint', '--json'], { cwd: folder });
    const { findings } = JSON.parse(stdout) as {
      findings: { ruleId: string; file: string; message: string; range: { start: { line: number } } }[];
    };
    const stale = findings.find(({ message }) => message.includes('undeclared-variable'))!;
    expect(stale).toMatchObject({
      ruleId: 'suppression/unused',
      file: FILE,
      message: `This quiets \`template/undeclared-variable\` in ${TRIAGE}, which is no longer found there`,
    });
    const lines = readFileSync(join(folder, FILE), 'utf8').split('\n');
    const [print] = Object.entries(written(folder).findings).find(
      ([, entry]) => entry.rule === 'template/undeclared-variable' && entry.file === TRIAGE,
    )!;
    expect(lines[stale.range.start.line - 1]).toContain(print);

    expect(runCli(['lint', '--update-suppressions'], { cwd: folder }).status).toBe(0);
    expect(Object.keys(written(folder).findings)).not.toContain(print);
    expect(spoken(folder)).toEqual([]);
  });

  it('leaves alone what a run of some files did not look at', () => {
    const folder = desk();
    runCli(['lint', '--update-suppressions'], { cwd: folder });
    const before = written(folder).findings;
    writeFileSync(join(folder, TRIAGE), ticketPrompt());
    expect(spoken(folder, REFUND)).toEqual([]);
    runCli(['lint', TRIAGE, '--update-suppressions'], { cwd: folder });
    const refund = Object.entries(before).filter(([, { file }]) => file === REFUND);
    expect(Object.entries(written(folder).findings)).toEqual(expect.arrayContaining(refund));
    expect(spoken(folder)).toEqual([]);
  });

  it('may have another name, and is not made where there is nothing to quiet', () => {
    const folder = folderOf({ [TRIAGE]: BROKEN });
    runCli(['lint', '--suppressions', 'old.json', '--update-suppressions'], { cwd: folder });
    expect(Object.keys(written(folder, 'old.json').findings).length).toBeGreaterThan(0);
    expect(spoken(folder, '--suppressions', 'old.json')).toEqual([]);
    expect(spoken(folder)).not.toEqual([]);

    const clean = folderOf({ 'promptctl.yaml': 'extends: minimal\n', [TRIAGE]: ticketPrompt() });
    expect(runCli(['lint', '--update-suppressions'], { cwd: clean }).status).toBe(0);
    expect(existsSync(join(clean, FILE))).toBe(false);
  });

  it.each([
    ['no JSON at all', 'findings:', 'is no suppressions file: '],
    ['another version', '{"version":2,"findings":{}}', 'it is not { "version": 1, "findings": { ... } }'],
    ['half an entry', '{"version":1,"findings":{"aa":{"rule":"x"}}}', '`aa` is not { "rule", "file", "message" }'],
  ])('is refused with %s', (_, text, message) => {
    const run = runCli(['lint'], { cwd: folderOf({ [TRIAGE]: ticketPrompt(), [FILE]: text }) });
    expect(run).toMatchObject({ status: 2, stdout: '' });
    expect(run.stderr).toContain(message);
  });

  it('must be there where it is named', () => {
    const run = runCli(['lint', '--suppressions', 'old.json'], { cwd: desk() });
    expect(run.status).toBe(2);
    expect(run.stderr).toBe('promptctl: There is no file old.json\n  write it with --update-suppressions\n');
  });
});
