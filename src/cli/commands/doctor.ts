import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { isObject, member, PromptctlError, VERSION } from '../../model/index.ts';
import { repositoryOf, tryGit } from '../../release/index.ts';
import { counted, paint, type Paint, printable } from '../../report/paint.ts';
import { type Config, diskSource, findConfig, type FoundConfig, promptFiles } from '../../workspace/index.ts';
import type { Command, Context } from '../command.ts';
import { emit, envelope } from '../emit.ts';
import { EXIT } from '../exit.ts';

/** One thing that was looked at. An error keeps promptctl from working; a warning keeps some commands from it. */
interface Check {
  readonly name: string;
  readonly state: 'ok' | 'warning' | 'error';
  readonly found: string;
  readonly hint?: string;
}

const PARTIAL = /\.partial\.(?:md|txt)$/;
const PROVIDER_KEYS = ['OPENAI_API_KEY', 'ANTHROPIC_API_KEY', 'GEMINI_API_KEY'];

export const command: Command = {
  formats: ['pretty', 'json'],
  examples: [
    { command: 'promptctl doctor', description: 'what promptctl finds here, for a first look or a bug report' },
  ],
  run: (context) => {
    const checks = [node(), git(context), ...workspaceChecks(context)];
    const count = (state: Check['state']): number => checks.filter((check) => check.state === state).length;
    emit(
      context,
      checks,
      {
        pretty: (shown) => shown.map((check) => line(check, paint(context.terminal.color))).join(''),
        json: (shown) =>
          envelope('doctor', context.cwd, {
            summary: { errors: count('error'), warnings: count('warning') },
            checks: shown,
          }),
      },
      'pretty',
    );
    return count('error') > 0 ? EXIT.findings : EXIT.fine;
  },
};

function line({ name, state, found, hint }: Check, colors: Paint): string {
  const mark = {
    ok: colors.good('ok     '),
    warning: colors.severity('warning', 'warning'),
    error: colors.bad('error  '),
  };
  const text = `${mark[state]}  ${name.padEnd(13)}  ${printable(found)}\n`;
  return hint === undefined ? text : `${text}${' '.repeat(24)}${printable(hint)}\n`;
}

function node(): Check {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const found = `promptctl ${VERSION} on node ${process.versions.node}, ${process.platform} ${process.arch}`;
  return major > 20 || (major === 20 && minor >= 19)
    ? { name: 'node', state: 'ok', found }
    : { name: 'node', state: 'error', found, hint: 'it needs node 20.19 or newer' };
}

/** Without a repository half of the commands still work: that is no error. */
function git({ cwd }: Context): Check {
  try {
    const version = tryGit(cwd, ['--version']).stdout.toString('utf8').trim();
    const { prefix, isShallow } = repositoryOf(cwd);
    const where = prefix === '' ? 'at the top of a repository' : `in ${prefix.slice(0, -1)} of a repository`;
    const found = `${version}, ${where}`;
    if (!isShallow) return { name: 'git', state: 'ok', found };
    return {
      name: 'git',
      state: 'warning',
      found: `${found} whose history is cut off`,
      hint: '`git fetch --unshallow --tags` brings what diff, check and release compare with',
    };
  } catch (cause) {
    return failed('git', 'warning', cause);
  }
}

function workspaceChecks(context: Context): Check[] {
  let opened: FoundConfig;
  try {
    opened = findConfig(context.cwd, context.config);
  } catch (cause) {
    return [failed('configuration', 'error', cause)];
  }
  const { folder, config } = opened;
  const configuration: Check = {
    name: 'configuration',
    state: 'ok',
    found: config.file === undefined ? 'none: the defaults hold' : relative(context.cwd, join(folder, config.file)),
  };
  return [configuration, prompts(folder, config), bundle(folder, config), keys(config)];
}

function prompts(folder: string, config: Config): Check {
  const source = diskSource(folder);
  const count = promptFiles(source, config).length;
  const globs = config.prompts.join(', ');
  if (count === 0) {
    const hint = 'run `promptctl init`, or set `prompts:` in promptctl.yaml';
    return { name: 'prompts', state: 'error', found: `no file matches ${globs}`, hint };
  }
  const partials = source.list().filter((path) => PARTIAL.test(path)).length;
  return {
    name: 'prompts',
    state: 'ok',
    found: `${counted(count, 'prompt')} and ${counted(partials, 'partial')} (${globs})`,
  };
}

function bundle(folder: string, { compile: { out } }: Config): Check {
  return existsSync(join(folder, out))
    ? { name: 'bundle', state: 'ok', found: out }
    : { name: 'bundle', state: 'ok', found: `${out} is not built yet: \`promptctl compile\` writes it` };
}

/** Names only: a key is never shown, nor any part of it. */
function keys({ providers }: Config): Check {
  const own = Object.values(providers).map((provider) =>
    isObject(provider) ? member(provider, 'apiKeyEnv') : undefined,
  );
  const names = [...new Set([...PROVIDER_KEYS, ...own.filter((name) => typeof name === 'string')])];
  const set = names.filter((name) => process.env[name]);
  const found =
    set.length > 0 ? `set: ${set.join(', ')}` : `none set of ${names.join(', ')}; recorded answers need none`;
  return { name: 'provider keys', state: 'ok', found };
}

function failed(name: string, state: Check['state'], cause: unknown): Check {
  if (!(cause instanceof PromptctlError)) throw cause;
  return { name, state, found: cause.message, ...(cause.hint === undefined ? {} : { hint: cause.hint }) };
}
