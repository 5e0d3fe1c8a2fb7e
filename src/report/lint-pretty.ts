import type { Finding, Severity } from '../model/index.ts';
import { counted, paint, type Paint, printable } from './paint.ts';

/** What a lint run found, as the reports see it. */
export interface LintReport {
  readonly findings: readonly Finding[];
  readonly files: number;
  readonly suppressed: number;
}

export interface PrettyOptions {
  readonly color: boolean;
  /** Text of a file, for its code frames. */
  textOf(file: string): string | undefined;
}

const MAX_COLUMNS = 110;

/** Findings for people: by file, each with its line, a caret, and the way out. */
export function prettyLint(report: LintReport, options: PrettyOptions): string {
  const colors = paint(options.color);
  const blocks: string[] = [];
  for (const [file, findings] of grouped(report.findings)) {
    const lines = (options.textOf(file) ?? '').split('\n');
    blocks.push([colors.bold(printable(file)), ...findings.map((finding) => block(finding, lines, colors))].join('\n'));
  }
  blocks.push(summary(report, colors));
  return `${blocks.join('\n\n')}\n`;
}

function grouped(findings: readonly Finding[]): Map<string, Finding[]> {
  const byFile = new Map<string, Finding[]>();
  for (const finding of findings) {
    const list = byFile.get(finding.file);
    if (list) list.push(finding);
    else byFile.set(finding.file, [finding]);
  }
  return byFile;
}

function block(finding: Finding, lines: readonly string[], colors: Paint): string {
  const { line, column } = finding.range.start;
  const place = `${line}:${column}`.padEnd(7);
  const word = colors.severity(finding.severity, finding.severity.padEnd(8));
  const fixable =
    finding.fixes.length > 0 ? colors.dim(finding.fixes[0]!.safe ? '  fixable' : '  fixable by --fix-unsafe') : '';
  const head = `  ${place} ${word} ${printable(finding.message)}  ${colors.dim(finding.ruleId)}${fixable}`;
  const help = finding.help === undefined ? [] : [`         help: ${printable(finding.help)}`];
  return [head, ...frame(finding, lines, colors), ...help].join('\n');
}

/** The line before, the line, and a caret under what is meant. A long line is cut around it. */
function frame(finding: Finding, lines: readonly string[], colors: Paint): string[] {
  const { start, end } = finding.range;
  const source = lines[start.line - 1];
  if (source === undefined || source.trim() === '') return [];
  const width = String(start.line).length;
  const from = Math.max(0, start.column - 1 - MAX_COLUMNS / 2);
  const shown = source.replace(/\r$/, '').slice(from, from + MAX_COLUMNS);
  const last = end.line === start.line ? end.column - 1 : source.length;
  const before = printable(source.slice(from, start.column - 1)).length;
  const marked = printable(source.slice(start.column - 1, Math.min(last, from + MAX_COLUMNS))).length;
  const caret = colors.severity(finding.severity, '^'.repeat(Math.max(1, marked)));
  const gutter = (text: string): string => colors.dim(`${text.padStart(width)} | `);
  const above = start.line > 1 ? lines[start.line - 2]!.replace(/\r$/, '') : '';
  return [
    ...(above.trim() === '' || from > 0
      ? []
      : [`         ${gutter(String(start.line - 1))}${printable(above.slice(0, MAX_COLUMNS))}`]),
    `         ${gutter(String(start.line))}${printable(shown)}`,
    `         ${gutter('')}${' '.repeat(before)}${caret}`,
  ];
}

function summary(report: LintReport, colors: Paint): string {
  const { findings, files } = report;
  if (findings.length === 0) return colors.good(`No problems in ${counted(files, 'prompt')}.`);
  const by = (severity: Severity): number => findings.filter((finding) => finding.severity === severity).length;
  const parts = [
    ...(by('error') ? [counted(by('error'), 'error')] : []),
    ...(by('warning') ? [counted(by('warning'), 'warning')] : []),
    ...(by('info') ? [`${by('info')} info`] : []),
  ];
  const touched = new Set(findings.map((finding) => finding.promptId ?? finding.file)).size;
  const fixable = findings.filter((finding) => finding.fixes.some((fix) => fix.safe)).length;
  const fix = fixable > 0 ? ` ${fixable} can be fixed with --fix.` : '';
  return `${counted(findings.length, 'problem')} (${parts.join(', ')}) in ${touched} of ${counted(files, 'prompt')}.${fix}`;
}
