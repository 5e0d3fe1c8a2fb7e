import { appendFileSync, existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { type LintResult, rules } from '../../lint/index.ts';
import { type Finding, PromptctlError } from '../../model/index.ts';
import { compactLint } from '../../report/lint-compact.ts';
import { githubLint, githubSummary } from '../../report/lint-github.ts';
import { gitlabLint } from '../../report/lint-gitlab.ts';
import { junitLint } from '../../report/lint-junit.ts';
import { prettyLint } from '../../report/lint-pretty.ts';
import { sarifLint } from '../../report/lint-sarif.ts';
import type { Context } from '../command.ts';
import { emit, envelope } from '../emit.ts';
import type { Looked } from './whole.ts';

export const LINT_FORMATS: readonly string[] = ['pretty', 'json', 'compact', 'sarif', 'github', 'gitlab', 'junit'];

/** Writes the report in every format asked for, and what GitHub would not show into the step's summary. */
export function emitLint(context: Context, { opened, files, result }: Looked): void {
  const { workspace, folder } = opened;
  const prefix = prefixOf(folder);
  emit(
    context,
    result,
    {
      pretty: (report) => prettyLint(report, { color: context.terminal.color, textOf: workspace.textOf }),
      compact: compactLint,
      json: (report) => jsonLint(report, folder),
      sarif: (report) => sarifLint(report, { rules, prefix }),
      github: (report) => githubLint(report, { prefix }),
      gitlab: (report) => gitlabLint(report, { prefix }),
      junit: (report) => junitLint(report, { prefix, files }),
    },
    'pretty',
  );
  const summaryFile = process.env['GITHUB_STEP_SUMMARY'];
  if (summaryFile && context.formats.some(({ name }) => name === 'github'))
    append(summaryFile, githubSummary(result, { prefix }));
}

function append(file: string, text: string): void {
  try {
    if (text !== '') appendFileSync(file, text);
  } catch (cause) {
    throw new PromptctlError('unreadable', `GITHUB_STEP_SUMMARY names ${file}, which can't be written`, { cause });
  }
}

/** Where the workspace stands in its repository: the forges want paths from the top. */
function prefixOf(folder: string): string {
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) {
      const path = relative(at, folder).split(sep).join('/');
      return path === '' ? '' : `${path}/`;
    }
    if (dirname(at) === at) return '';
  }
}

function jsonLint(result: LintResult, folder: string): string {
  const count = (severity: Finding['severity']): number =>
    result.findings.filter((finding) => finding.severity === severity).length;
  const summary = {
    files: result.files,
    errors: count('error'),
    warnings: count('warning'),
    infos: count('info'),
    suppressed: result.suppressed,
  };
  return envelope('lint', folder, { summary, findings: result.findings });
}
