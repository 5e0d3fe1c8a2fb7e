import { basename, dirname, join, resolve } from 'node:path';
import { existsSync } from 'node:fs';
import { VERSION } from '../model/index.ts';
import { writeFileAtomic } from '../store/index.ts';
import type { Context } from './command.ts';

/** How a report becomes text, by the name that `--format` takes. */
export type Formats<Report> = Readonly<Record<string, (report: Report) => string>>;

/** Writes a report in each format asked for, to stdout or to its file; without one, in the command's default. */
export function emit<Report>(context: Context, report: Report, formats: Formats<Report>, fallback: string): void {
  const targets = context.formats.length > 0 ? context.formats : [{ name: fallback, path: undefined }];
  for (const { name, path } of targets) {
    const text = formats[name]!(report);
    if (path === undefined) context.terminal.out(text);
    else writeFileAtomic(resolve(context.cwd, path), text);
  }
}

/** The envelope of every `--json` document. */
export function envelope(
  kind: string,
  folder: string,
  rest: { readonly summary: object; readonly [name: string]: unknown },
): string {
  return `${JSON.stringify({ schema: `promptctl.${kind}/1`, tool: 'promptctl', version: VERSION, repo: repositoryName(folder), ...rest }, undefined, 2)}\n`;
}

/** The name of the repository's folder: no absolute path leaves the machine. */
function repositoryName(folder: string): string {
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return basename(at);
    if (dirname(at) === at) return basename(resolve(folder));
  }
}
