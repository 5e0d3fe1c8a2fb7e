import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../support/cli.ts';
import { folderOf } from '../support/folder.ts';
import { ticketPrompt } from './prompts.ts';

const FILE = 'triage.prompt.yml';

interface Told {
  readonly ruleId: string;
  readonly severity: string;
  readonly message: string;
  readonly file: string;
  readonly range: { readonly start: { readonly line: number; readonly column: number } };
  readonly help?: string;
}

/** The errors of one file as `rule line:column message`, and what else every run on a bad file must hold to. */
function errorsIn(folder: string, options: { readonly exit?: number } = {}): string[] {
  const run = runCli(['lint', '--json'], { cwd: folder });
  expect(run.stderr).toBe('');
  expect(run.status).toBe(options.exit ?? 1);
  const { schema, findings } = JSON.parse(run.stdout) as { schema: string; findings: readonly Told[] };
  expect(schema).toBe('promptctl.lint/1');

  const compiled = runCli(['compile', '--out', 'bundle.json'], { cwd: folder });
  expect(compiled.status).toBe(options.exit ?? 1);
  expect(compiled.stdout).toBe('');
  expect(compiled.stderr).not.toMatch(/\n {4}at |met a bug/);
  return findings
    .filter(({ severity }) => severity === 'error')
    .map(({ ruleId, message, range: { start } }) => `${ruleId} ${start.line}:${start.column} ${message}`);
}

function spoilt(content: string | Uint8Array): string[] {
  return errorsIn(folderOf({ [FILE]: content }));
}

const BYTES = Buffer.from(ticketPrompt());

describe('what is no text of UTF-8', () => {
  it('names the byte and its place', () => {
    const latin1 = Buffer.concat([BYTES, Buffer.from('name: caf'), Buffer.from([0xe9]), Buffer.from('\n')]);
    expect(spoilt(latin1)).toEqual([
      `syntax/yaml-error 8:10 The file is not UTF-8: the byte 0xe9 at offset ${BYTES.length + 9} begins no character; save it as UTF-8`,
    ]);
  });

  it('names a character cut off at the end', () => {
    const cut = Buffer.concat([BYTES, Buffer.from('# €').subarray(0, 4)]);
    expect(spoilt(cut)).toEqual([
      `syntax/yaml-error 8:3 The file is not UTF-8: the byte 0xe2 at offset ${BYTES.length + 2} begins no character; save it as UTF-8`,
    ]);
  });

  it('knows UTF-16 in both byte orders', () => {
    const utf16 = Buffer.from(`\uFEFF${ticketPrompt()}`, 'utf16le');
    const told = ['syntax/yaml-error 1:1 The file is UTF-16; save it as UTF-8'];
    expect(spoilt(utf16)).toEqual(told);
    expect(spoilt(Buffer.from(utf16).swap16())).toEqual(told);
  });

  it('finds NUL bytes', () => {
    expect(spoilt(ticketPrompt('"a\0b"'))).toEqual([
      'syntax/yaml-error 7:16 The file holds a NUL byte, which no text has',
    ]);
  });
});

describe('what is no prompt', () => {
  it.each([
    ['nothing', '', 'The file is empty'],
    ['blanks', ' \n\n', 'The file is empty'],
    ['prose', 'Dear customer,\nhow are you\n', 'A prompt file is a mapping; this is something else'],
    ['a list', '- one\n- two\n', 'A prompt file is a mapping; this is something else'],
    ['another mapping', 'on: push\njobs: {}\n', 'This mapping is no prompt: it has no `messages`'],
  ])('%s', (_, text, message) => {
    expect(spoilt(text)).toEqual([`syntax/not-a-prompt 1:1 ${message}`]);
  });

  it('a folder of that name', () => {
    const folder = folderOf();
    mkdirSync(join(folder, FILE));
    expect(errorsIn(folder)).toEqual([`syntax/not-a-prompt 1:1 ${FILE} is a folder, not a file`]);
  });
});

describe('YAML that breaks', () => {
  it.each([
    ['a list that is never closed', `${ticketPrompt()}aliases: [triage\n`, /^syntax\/yaml-error 8:1\d /],
    ['tabs', 'messages:\n\t- role: user\n', /^syntax\/yaml-error 2:1 A tab indents this line; YAML wants spaces$/],
    [
      'a second document',
      `${ticketPrompt()}---\n${ticketPrompt()}`,
      /^syntax\/yaml-error 8:1 .*several YAML documents/,
    ],
    ['a duplicate key', `${ticketPrompt()}model: openai/gpt-4o\n`, /^syntax\/duplicate-key 8:1 `model` stands twice/],
    ['an unquoted placeholder', ticketPrompt('{{ticket}}'), /^syntax\/unquoted-placeholder 7:14 /],
    ['an alias to nothing', ticketPrompt('*nowhere'), /^syntax\/yaml-error 7:14 /],
  ])('%s', (_, text, expected) => {
    const errors = spoilt(text);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(expected);
  });

  it('an alias bomb, at the alias that unfolds too far', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
    for (const [at, name] of [...'bcdefgh'].entries()) {
      bomb.push(`${name}: &${name} [${Array.from({ length: 10 }, () => `*${'abcdefg'[at]}`).join(', ')}]`);
    }
    expect(spoilt(`${bomb.join('\n')}\n${ticketPrompt()}`)).toEqual([
      expect.stringMatching(/^syntax\/yaml-error 4:\d+ The aliases of this file unfold to more than 10000 nodes$/),
    ]);
  });

  it('an alias to itself', () => {
    expect(spoilt(`${ticketPrompt()}context: &me { again: *me }\n`)).toEqual([
      'syntax/yaml-error 8:23 The YAML is nested more than 200 levels deep',
    ]);
  });
});

describe('10 000 levels of nesting', () => {
  const deep = 10_000;
  it.each([
    ['lists in brackets', `context: ${'['.repeat(deep)}${']'.repeat(deep)}\n`],
    ['brackets never closed', `context: ${'['.repeat(deep)}\n`],
    ['mappings in braces', `context: ${'{a: '.repeat(deep)}${'}'.repeat(deep)}\n`],
    ['lists by dashes', `context:\n  ${'- '.repeat(deep)}x\n`],
    [
      'mappings by indentation',
      `context:\n${Array.from({ length: 2500 }, (__, at) => `${' '.repeat(at + 1)}a:\n`).join('')}`,
    ],
  ])('%s', (_, more) => {
    const errors = spoilt(ticketPrompt('hello', more));
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(
      /^syntax\/yaml-error \d+:\d+ The YAML is nested (?:too deeply to read|more than 200 levels deep)$/,
    );
  });

  it.each([
    ['blocks', '{{#if ticket}}'.repeat(deep) + '{{/if}}'.repeat(deep), /Blocks nest at most 64 deep/],
    ['else-ifs', `{{#if ticket}}${'{{else if ticket}}'.repeat(deep)}{{/if}}`, /at most 256 cases/],
    [
      'expressions',
      `{{#if ${'(not '.repeat(deep)}ticket${')'.repeat(deep)}}}x{{/if}}`,
      /Expressions nest at most 50 deep/,
    ],
  ])('%s of a template', (_, template, expected) => {
    const errors = spoilt(ticketPrompt(`'${template}'`));
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(/^template\/parse-error 7:\d+ /);
    expect(errors[0]).toMatch(expected);
  });
});

describe('files that can be read and must be', () => {
  it.each([
    ['CRLF', ticketPrompt().replaceAll('\n', '\r\n')],
    ['a byte order mark', `\uFEFF${ticketPrompt()}`],
    ['both', `\uFEFF${ticketPrompt().replaceAll('\n', '\r\n')}`],
    ['no final line break', ticketPrompt().trimEnd()],
    ['a document mark', `---\n${ticketPrompt()}`],
    ['an end mark', `${ticketPrompt()}...\n`],
  ])('%s', (_, text) => {
    const folder = folderOf({ [FILE]: text });
    const run = runCli(['render', 'triage', '--var', 'ticket=It crashes'], { cwd: folder });
    expect(run).toEqual({
      status: 0,
      stderr: '',
      stdout: expect.stringContaining('"content": "It crashes"') as string,
    });
  });

  it('places are right behind CRLF and a byte order mark', () => {
    const text = `\uFEFF${ticketPrompt('"{{tickte}}"')}`.replaceAll('\n', '\r\n');
    expect(spoilt(text)).toEqual(['template/undeclared-variable 7:17 `tickte` is not declared']);
  });
});

describe('what the disk refuses', () => {
  it('a file of 20 MB', () => {
    const folder = folderOf({ [FILE]: `${ticketPrompt()}# ${'x'.repeat(20 << 20)}\n` });
    expect(errorsIn(folder, { exit: 3 })).toEqual([
      `syntax/unreadable 1:1 ${FILE} is over 4 MB, too large for a file of prompts`,
    ]);
  });

  it('a link that leads back to itself, a link to nothing, a link that leaves the workspace', () => {
    const outside = folderOf({ 'secret.prompt.yml': ticketPrompt() });
    const folder = folderOf();
    symlinkSync('loop.prompt.yml', join(folder, 'loop.prompt.yml'));
    symlinkSync('gone.yml', join(folder, 'nothing.prompt.yml'));
    symlinkSync(join(outside, 'secret.prompt.yml'), join(folder, 'outside.prompt.yml'));
    expect(errorsIn(folder, { exit: 3 })).toEqual([
      'syntax/unreadable 1:1 loop.prompt.yml is a link that leads back to itself',
      'syntax/unreadable 1:1 nothing.prompt.yml is a link to a file that is not there',
      expect.stringMatching(/^syntax\/unreadable 1:1 outside\.prompt\.yml is a link that leaves /),
    ]);
  });

  it('folders linked in a circle are not walked', () => {
    const folder = folderOf({ [FILE]: ticketPrompt() });
    symlinkSync('.', join(folder, 'again'));
    expect(runCli(['lint'], { cwd: folder }).stdout).toBe('No problems in 1 prompt.\n');
  });

  it('a link to a file inside is followed', () => {
    const folder = folderOf({ 'shared/triage.yml': ticketPrompt() });
    symlinkSync('shared/triage.yml', join(folder, FILE));
    expect(runCli(['lint'], { cwd: folder }).stdout).toBe('No problems in 1 prompt.\n');
  });

  const isRoot = process.getuid?.() === 0;
  if (isRoot) console.log('skipped: root may read every file');
  it.skipIf(isRoot)('a file without permission', () => {
    const folder = folderOf({ [FILE]: ticketPrompt() });
    chmodSync(join(folder, FILE), 0);
    expect(errorsIn(folder, { exit: 3 })).toEqual([`syntax/unreadable 1:1 ${FILE} cannot be read: permission denied`]);
  });

  it('an old bundle stays as it was where the new prompts are broken', () => {
    const folder = folderOf({ [FILE]: ticketPrompt() });
    expect(runCli(['compile', '--out', 'bundle.json'], { cwd: folder }).status).toBe(0);
    const before = readFileSync(join(folder, 'bundle.json'), 'utf8');
    writeFileSync(join(folder, FILE), ticketPrompt('"{{tickte}}"'));
    expect(runCli(['compile', '--out', 'bundle.json'], { cwd: folder }).status).toBe(1);
    expect(readFileSync(join(folder, 'bundle.json'), 'utf8')).toBe(before);
  });
});
