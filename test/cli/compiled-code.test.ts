import { chmodSync, chownSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../support/cli.ts';
import { folderOf } from '../support/folder.ts';

const PROMPT = 'name: Greeting\nmodel: openai/gpt-4o\nmessages:\n  - { role: user, content: Say hello. }\n';

function place() {
  const cwd = folderOf({ 'greeting.prompt.yml': PROMPT });
  const home = join(cwd, 'home');
  const kept = join(home, 'promptctl/compiled');
  const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    runCli(args, { cwd, env: { XDG_CACHE_HOME: home, ...env } });
  const files = () => readdirSync(kept).map((name) => join(kept, name));
  return { cwd, home, kept, run, files };
}

const COUNT = ['tokens', '--json'] as const;

describe('compiled code', () => {
  it('is kept for the next run, a file for each command that nobody else can read', () => {
    const { kept, run, files } = place();
    const first = run(COUNT);
    const [file] = files();
    expect(statSync(file!).mode & 0o777).toBe(0o600);
    expect(statSync(kept).mode & 0o777).toBe(0o700);
    run(['rules']);
    expect(files()).toHaveLength(2);
    // Three more runs may add what they compile; the fifth only reads.
    for (let at = 0; at < 3; at++) expect(run(COUNT)).toEqual(first);
    const { mtimeMs, ino } = statSync(file!);
    expect(run(COUNT)).toEqual(first);
    expect(statSync(file!)).toMatchObject({ mtimeMs, ino });
  });

  it('grows by what later runs of the command were the first to call', () => {
    const { run, files } = place();
    run(['tokens', '--help']);
    const [file] = files();
    const { size } = statSync(file!);
    run(COUNT);
    expect(statSync(file!).size).toBeGreaterThan(size + 10_000);
  });

  it('imports a module of yours in its second run as in its first', () => {
    const { cwd, run, files } = place();
    const say = 'export const complete = () => ({ text: "hello", finishReason: "stop" });\n';
    writeFileSync(join(cwd, 'say.mjs'), say);
    writeFileSync(join(cwd, 'promptctl.yaml'), 'providers: { own: { kind: module, module: ./say.mjs } }\n');
    const tested = PROMPT.replace('openai/gpt-4o', 'own/it');
    const tests = 'testData: [{ expected: hello }]\nevaluators: [{ name: says, uses: promptctl/contains }]\n';
    writeFileSync(join(cwd, 'greeting.prompt.yml'), tested + tests);
    const evaluate = () => run(['-C', cwd, 'eval', '--allow-exec', '--cache', 'off', '-q', '--json']);
    const runs = [1, 2, 3, 4].map(evaluate);
    const kept = files().find((file) => file.includes('/eval-'))!;
    const { ino } = statSync(kept);
    for (const { status, stdout } of [...runs, evaluate()])
      expect({ status, stdout }).toEqual({ status: 0, stdout: runs[0]!.stdout });
    // Code that V8 refused would have been kept anew.
    expect(statSync(kept).ino).toBe(ino);
  });

  it('is made anew where the file is cut short or no such file', () => {
    const { run, files } = place();
    const first = run(COUNT);
    const [file] = files();
    const whole = readFileSync(file!);
    for (const broken of [whole.subarray(0, whole.length / 2), Buffer.alloc(0), Buffer.from('no code'.repeat(1000))]) {
      writeFileSync(file!, broken);
      expect(run(COUNT)).toEqual(first);
      expect(readFileSync(file!).length).toBeGreaterThan(100_000);
    }
  });

  it('is not kept where there is no place, or when asked not to', () => {
    const { cwd, home, run } = place();
    const first = run(COUNT, { NODE_DISABLE_COMPILE_CACHE: '1' });
    expect(first.status).toBe(0);
    expect(readdirSync(cwd)).toEqual(['greeting.prompt.yml']);
    writeFileSync(home, 'a file, not a folder');
    expect(run(COUNT)).toEqual(first);
    expect(run(COUNT, { XDG_CACHE_HOME: '', HOME: '' })).toEqual(first);
    expect(readdirSync(cwd).sort()).toEqual(['greeting.prompt.yml', 'home']);
  });

  it('is not kept for a command that does not exist', () => {
    const { home, run } = place();
    mkdirSync(home);
    expect(run(['lnit']).status).toBe(2);
    expect(run(['../../x']).status).toBe(2);
    expect(readdirSync(home)).toEqual([]);
  });

  it.skipIf(process.getuid?.() !== 0)("is not taken from another user's file", () => {
    const { run, files } = place();
    const first = run(COUNT);
    const [file] = files();
    chownSync(file!, 4711, 4711);
    chmodSync(file!, 0o644);
    expect(run(COUNT)).toEqual(first);
    expect(statSync(file!).uid).toBe(0);
  });

  it('keeps no more than fifty files', () => {
    const { kept, run, files } = place();
    mkdirSync(kept, { recursive: true });
    for (let at = 0; at < 60; at++) writeFileSync(join(kept, `old-${at}`), '');
    run(COUNT);
    expect(files()).toHaveLength(50);
    expect(files().some((file) => file.includes('/tokens-'))).toBe(true);
  });
});
