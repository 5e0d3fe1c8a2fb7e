import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../support/cli.ts';
import { folderOf } from '../support/folder.ts';
import { ticketPrompt } from './prompts.ts';

const BIN = fileURLToPath(new URL('../../bin/promptctl.js', import.meta.url));
const ESC = '\u001B[';

let desk: string;
beforeAll(() => {
  desk = folderOf();
  expect(runCli(['init'], { cwd: desk }).status).toBe(0);
});

/** Wrong use: nothing on stdout, the message on stderr, exit 2. */
function refusal(
  args: readonly string[],
  options: { readonly cwd?: string; readonly input?: string | Uint8Array; readonly exit?: number } = {},
): string {
  const { exit = 2, cwd = desk, ...rest } = options;
  const run = runCli(args, { cwd, ...rest });
  expect({ args, status: run.status, stdout: run.stdout }).toEqual({ args, status: exit, stdout: '' });
  expect(run.stderr).not.toMatch(/\n {4}at |met a bug/);
  return run.stderr;
}

describe('wrong use names what was meant', () => {
  it.each<[readonly string[], string]>([
    [['lnt'], 'There is no command `lnt`\n  did you mean `promptctl lint`?'],
    [['help', 'rendr'], 'did you mean `promptctl render`?'],
    [['lint', '--fx'], 'Did you mean --fix?'],
    [['lint', '--format', 'jsn'], 'This command has no format `jsn`\n  it has pretty, json, compact'],
    [['render', 'support/triag'], 'There is no prompt `support/triag`\n  did you mean `support/triage`?'],
    [['render', 'support/triage', '--for', 'opnai'], 'Allowed choices are openai'],
    [['render', 'support/triage', '--row', '9'], 'There is no test row 9\n  the prompt has 3'],
    [['render', 'support/triage', '--row', '1', '--variant', 'short'], 'support/triage has no variant `short`'],
    [['render', 'support/triage', '--row', '1', '--nonce', 'XYZ'], 'A nonce is 16 hex digits in lower case'],
    [['render', 'support/triage', '--var', 'ticket'], '--var takes name=value, not `ticket`'],
    [
      ['render', 'support/triage', '--var', 'tickt=x', '--var', 'product=app'],
      '`tickt` is no variable of this prompt; did you mean `ticket`?',
    ],
    [
      ['render', 'support/triage', '--var', 'ticket=x', '--var', 'product=shop'],
      '`product` expected one of "app", "billing", got "shop"',
    ],
    [['render'], "missing required argument 'id'"],
    [['tokens', 'support/triag'], 'did you mean `support/triage`?'],
    [['tokens', '--stdin', '--encoding', 'o200k_bas'], 'did you mean `o200k_base`?'],
    [['tokens', '--stdin', '--model', 'openai/gpt4o'], 'did you mean `openai/gpt-4o`?'],
    [['tokens', '--encoding', 'o200k_base'], '--encoding goes with --stdin'],
    [['explain', 'syntax/yaml-eror'], 'did you mean `syntax/yaml-error`?'],
    [['schema', 'promt'], 'There is no schema `promt`\n  write prompt'],
    [['new', 'Support Triage'], "`Support Triage` can't be an id"],
    [['new', '../outside'], "can't be an id"],
    [['new', 'support/triage'], 'is there already'],
    [['init', '--template', 'shop'], 'Allowed choices are support-desk'],
    [['compile', '--out', ''], '--out needs a file'],
    [['compile', '--out', 'prompts'], 'prompts is a folder'],
    [['lint', '--diff'], 'add --fix or --fix-unsafe'],
    [['lint', '--stdin', '--fix'], 'add --diff'],
    [['lint', '--stdin', '--stdin-filename', '../../a.prompt.yml'], 'lies outside the workspace'],
    [['lint', '--max-warnings', 'few'], '--max-warnings takes a whole number, not few'],
    [['lint', '../elsewhere.prompt.yml'], 'lies outside the workspace'],
    [['lint', '--config', 'nowhere.yaml'], 'There is no file nowhere.yaml'],
    [['-C', 'nowhere', 'lint'], '-C nowhere is no folder'],
    [['-C', 'promptctl.yaml', 'lint'], '-C promptctl.yaml is no folder'],
  ])('%j', (args, message) => {
    expect(refusal(args)).toContain(message);
  });

  it('a configuration with an error, at its place', () => {
    const folder = folderOf({ 'promptctl.yaml': 'prompts: "*.prompt.yml"\nextends: strict\n' });
    expect(refusal(['lint'], { cwd: folder })).toContain(
      'promptctl.yaml:2:10 `extends`: expected one of "minimal", "recommended", "all", got "strict"',
    );
    const rules = folderOf({ 'promptctl.yaml': 'rules: { syntax/yaml-eror: off }\n', 'a.prompt.yml': ticketPrompt() });
    expect(refusal(['lint'], { cwd: rules })).toContain(
      'there is no rule `syntax/yaml-eror`; did you mean `syntax/yaml-error`?',
    );
  });

  it('nothing matched, unless that is allowed', () => {
    const empty = folderOf();
    for (const verb of ['lint', 'tokens', 'compile']) {
      expect(refusal([verb], { cwd: empty })).toContain('No prompt files match **/*.prompt.{yml,yaml}');
      expect(runCli([verb, '--allow-empty'], { cwd: empty }).status).toBe(0);
    }
  });
});

const render = (input: string | Uint8Array): string => refusal(['render', 'support/triage', '--vars', '-'], { input });

describe('input that can’t be read', () => {
  it.each<[readonly string[], string]>([
    [['render', 'support/triage', '--vars', 'nowhere.json'], 'nowhere.json is not there'],
    [['render', 'support/triage', '--vars', 'prompts'], 'prompts is a folder'],
    [['render', 'support/triage', '--from', 'nowhere.json'], 'is not there: run `promptctl compile`'],
    [['render', 'support/triage', '--from', 'promptctl.yaml'], 'promptctl.yaml: The bundle is not JSON'],
    [['tokens', '--vars', 'nowhere.json'], 'nowhere.json is not there'],
    [['tokens', '--against', 'nowhere'], "git can't read nowhere"],
    [['compile', '--out', 'promptctl.yaml/x.json'], 'could not be written'],
    [['lint', '--format', 'json=promptctl.yaml/x'], 'could not be written'],
  ])('%j', (args, message) => {
    expect(refusal(args, { exit: 3 })).toContain(message);
  });

  it('values that are no object, no YAML, or no UTF-8, with the place', () => {
    expect(render('[1]')).toContain('stdin must hold an object of variables');
    expect(render('{"ticket":\n')).toMatch(/stdin:1:\d+ /);
    expect(render(Buffer.from([0x7b, 0xe9, 0x7d]))).toContain('stdin:1:2 The file is not UTF-8: the byte 0xe9');
    expect(render('ticket: a\nticket: b\n')).toContain('stdin:2:1 `ticket` stands twice');
  });

  it('text that is no UTF-8 is not counted', () => {
    expect(refusal(['tokens', '--stdin'], { input: Buffer.from([0x61, 0xff]) })).toContain('the byte 0xff at offset 1');
  });
});

describe('streams', () => {
  it.each(['lint', 'tokens', 'compile', 'rules', 'init'])('%s --json is one document with the envelope', (verb) => {
    const run = runCli([verb, '--json'], { cwd: desk });
    expect(run.stderr).toBe('');
    const { repo } = JSON.parse(run.stdout) as { repo: string };
    expect(JSON.parse(run.stdout)).toMatchObject({
      schema: `promptctl.${verb}/1`,
      tool: 'promptctl',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/) as string,
      summary: expect.any(Object) as object,
    });
    expect(repo).not.toContain('/');
    expect(run.stdout).not.toContain(desk);
  });

  it('a report can go to a file and another to stdout', () => {
    const run = runCli(['lint', '--format', 'json=report.json', '--format', 'compact'], { cwd: desk });
    expect(run.status).toBe(0);
    expect(JSON.parse(readFileSync(join(desk, 'report.json'), 'utf8'))).toMatchObject({ schema: 'promptctl.lint/1' });
  });

  it('a reader that goes away is no failure', () => {
    for (const args of [['--help'], ['--version'], ['rules'], ['schema', 'prompt'], ['lint', '--json']]) {
      const line = `node ${JSON.stringify(BIN)} ${args.join(' ')} | true; echo "\${PIPESTATUS[0]}"`;
      const run = spawnSync('bash', ['-c', line], { cwd: desk, encoding: 'utf8' });
      expect({ args, out: run.stdout, err: run.stderr }).toEqual({ args, out: '0\n', err: '' });
    }
  });

  it('colours by the environment, and a flag beats it', () => {
    const folder = folderOf({ 'a.prompt.yml': ticketPrompt('"{{tickt}}"') });
    const colored = (args: readonly string[], env: Record<string, string>): boolean =>
      runCli(['lint', ...args], { cwd: folder, env }).stdout.includes(ESC);
    expect(colored([], { NO_COLOR: '' })).toBe(false);
    expect(colored([], { NO_COLOR: '', FORCE_COLOR: '1' })).toBe(true);
    expect(colored([], { NO_COLOR: '', FORCE_COLOR: '0' })).toBe(false);
    expect(colored([], { NO_COLOR: '1', FORCE_COLOR: '1' })).toBe(false);
    expect(colored(['--color', 'always'], { NO_COLOR: '1' })).toBe(true);
    expect(colored(['--color', 'never'], { NO_COLOR: '', FORCE_COLOR: '1' })).toBe(false);
  });

  it('works in another folder by -C', () => {
    const run = runCli(['-C', join(desk, 'prompts/support'), 'lint', 'triage.prompt.yml'], { cwd: folderOf() });
    expect(run).toMatchObject({ status: 0, stdout: 'No problems in 1 prompt.\n' });
  });

  it('control characters of a prompt reach a terminal only as words', () => {
    const folder = folderOf({ 'a.prompt.yml': ticketPrompt('"\\e]0;title\\a{{tickt}}"') });
    for (const args of [['lint'], ['render', 'a', '--segments', '--var', 'ticket=x']]) {
      const run = runCli(args, { cwd: folder });
      expect(run.stdout + run.stderr).not.toMatch(/[\u0007\u001B]/);
    }
  });
});

describe('lint', () => {
  const warned = ticketPrompt().replace('model: openai/gpt-4o-mini\n', '');

  it('--max-warnings', () => {
    const folder = folderOf({ 'a.prompt.yml': warned });
    expect(runCli(['lint'], { cwd: folder }).status).toBe(0);
    expect(runCli(['lint', '--max-warnings', '1'], { cwd: folder }).status).toBe(0);
    expect(runCli(['lint', '--max-warnings', '0'], { cwd: folder }).status).toBe(1);
  });

  it('--stdin is checked as the path it is given, relative to the working folder', () => {
    const run = runCli(['-C', 'prompts/support', 'lint', '--stdin', '--stdin-filename', 'new.prompt.yml', '--json'], {
      cwd: desk,
      input: ticketPrompt("'{{> policy/tome}}{{ticket}}'"),
    });
    const { findings } = JSON.parse(run.stdout) as { findings: { file: string; help: string }[] };
    expect(findings).toEqual([
      expect.objectContaining({ file: 'prompts/support/new.prompt.yml', help: 'did you mean `policy/tone`?' }),
    ]);
  });

  it('--diff shows a fix and writes nothing; --fix writes the whole file, a link stays a link', () => {
    const text = ticketPrompt('{{ticket}}').replaceAll('\n', '\r\n');
    const folder = folderOf({ 'shared/a.yml': text });
    symlinkSync('shared/a.yml', join(folder, 'a.prompt.yml'));
    const shown = runCli(['lint', '--fix', '--diff'], { cwd: folder });
    expect(shown.status).toBe(1);
    expect(shown.stdout).toContain('+    content: "{{ticket}}"');
    expect(readFileSync(join(folder, 'shared/a.yml'), 'utf8')).toBe(text);
    const fixed = runCli(['lint', '--fix'], { cwd: folder });
    expect(fixed).toEqual({ status: 0, stdout: 'No problems in 1 prompt.\n', stderr: '1 fixed in 1 file.\n' });
    expect(readFileSync(join(folder, 'shared/a.yml'), 'utf8')).toBe(text.replace('{{ticket}}', '"{{ticket}}"'));
    expect(lstatSync(join(folder, 'a.prompt.yml')).isSymbolicLink()).toBe(true);
    expect(readdirSync(join(folder, 'shared'))).toEqual(['a.yml']);
  });
});

describe('what stands there is not lost', () => {
  it('init keeps every file of the user, and may run twice', () => {
    const folder = folderOf({ 'promptctl.yaml': '# mine\n', 'prompts/support/triage.prompt.yml': 'mine: too\n' });
    const first = runCli(['init', '--json'], { cwd: folder });
    expect(JSON.parse(first.stdout)).toMatchObject({ summary: { kept: 2 } });
    expect(readFileSync(join(folder, 'promptctl.yaml'), 'utf8')).toBe('# mine\n');
    expect(readFileSync(join(folder, 'prompts/support/triage.prompt.yml'), 'utf8')).toBe('mine: too\n');
    const second = runCli(['init', '--json'], { cwd: folder });
    expect(JSON.parse(second.stdout)).toMatchObject({ summary: { written: 0, kept: 2 } });
  });

  it('init does not write through a link that leads away, nor into a folder that stands where a file would', () => {
    const outside = folderOf();
    const folder = folderOf();
    symlinkSync(join(outside, 'gone.yaml'), join(folder, 'promptctl.yaml'));
    mkdirSync(join(folder, '.pre-commit-config.yaml'));
    const run = runCli(['init', '--json'], { cwd: folder });
    expect(run.stderr).not.toMatch(/met a bug/);
    expect(JSON.parse(run.stdout)).toMatchObject({ summary: { kept: 2 } });
    expect(existsSync(join(outside, 'gone.yaml'))).toBe(false);
    expect(lstatSync(join(folder, 'promptctl.yaml')).isSymbolicLink()).toBe(true);
  });

  const isRoot = process.getuid?.() === 0;
  if (isRoot) console.log('skipped: root may write into every folder');
  it.skipIf(isRoot)('a folder that can’t be written leaves the old bundle', () => {
    const folder = folderOf({ 'a.prompt.yml': ticketPrompt(), 'dist/prompts.json': 'old' });
    chmodSync(join(folder, 'dist'), 0o555);
    const message = refusal(['compile'], { cwd: folder, exit: 3 });
    chmodSync(join(folder, 'dist'), 0o755);
    expect(message).toContain('permission denied');
    expect(readFileSync(join(folder, 'dist/prompts.json'), 'utf8')).toBe('old');
  });

  it('a bundle is written beside and renamed: no half of it, no leftovers', () => {
    const folder = folderOf({ 'a.prompt.yml': ticketPrompt() });
    expect(runCli(['compile'], { cwd: folder }).status).toBe(0);
    expect(readdirSync(join(folder, 'dist'))).toEqual(['prompts.json']);
    expect(runCli(['compile', '--check'], { cwd: folder })).toMatchObject({ status: 0, stderr: '' });
    writeFileSync(join(folder, 'a.prompt.yml'), ticketPrompt('"Ticket: {{ticket}}"'));
    const stale = runCli(['compile', '--check'], { cwd: folder });
    expect(stale.status).toBe(1);
    expect(stale.stdout).toContain('stale');
    expect(stale.stderr).toContain('Run `promptctl compile`');
  });
});
