import type { Finding, Severity } from '../model/index.ts';
import type { LintReport } from './lint-pretty.ts';
import { counted } from './paint.ts';

export interface GithubOptions {
  /** The workspace's folder inside the repository, with a final slash; '' at the top. */
  readonly prefix: string;
}

/** What GitHub shows of each kind for a step; what comes later is dropped in silence. */
const MAX_ANNOTATIONS = 10;

/** GitHub refuses a step's summary over 1 MiB. */
const MAX_SUMMARY_BYTES = 1000 * 1000;

const COMMANDS: Record<Severity, string> = { error: 'error', warning: 'warning', info: 'notice' };
const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

/** Workflow commands, worst first, at most ten of a kind; what is left out is counted in a last line. */
export function githubLint(report: LintReport, { prefix }: GithubOptions): string {
  const shown = worstFirst(report.findings).flatMap((findings) => findings.slice(0, MAX_ANNOTATIONS));
  const rest = report.findings.length - shown.length;
  const note = rest > 0 ? `${counted(rest, 'more finding')} in the step summary, and in \`promptctl lint\`\n` : '';
  return shown.map((finding) => annotation(finding, prefix)).join('') + note;
}

/** The findings that no annotation shows, as Markdown for the file that GITHUB_STEP_SUMMARY names; '' where all are shown. */
export function githubSummary(report: LintReport, { prefix }: GithubOptions): string {
  const rest = worstFirst(report.findings).flatMap((findings) => findings.slice(MAX_ANNOTATIONS));
  if (rest.length === 0) return '';
  const head = `### promptctl lint: ${counted(rest.length, 'more finding')}\n\n| severity | place | finding | rule |\n| --- | --- | --- | --- |\n`;
  const rows: string[] = [];
  let bytes = Buffer.byteLength(head);
  for (const finding of rest) {
    const row = summaryRow(finding, prefix);
    bytes += Buffer.byteLength(row);
    if (bytes > MAX_SUMMARY_BYTES) break;
    rows.push(row);
  }
  const cut = rest.length - rows.length;
  return `${head}${rows.join('')}${cut > 0 ? `\nand ${counted(cut, 'more')}\n` : ''}\n`;
}

function worstFirst(findings: readonly Finding[]): Finding[][] {
  return SEVERITIES.map((severity) => findings.filter((finding) => finding.severity === severity));
}

function annotation({ severity, file, range, ruleId, message, help }: Finding, prefix: string): string {
  const { start, end } = range;
  const properties = [
    ['file', prefix + file],
    ['line', start.line],
    ['endLine', end.line],
    // Columns over several lines are refused by GitHub.
    ...(start.line === end.line
      ? [
          ['col', start.column],
          ['endColumn', end.column],
        ]
      : []),
    ['title', ruleId],
  ]
    .map(([name, value]) => `${name}=${escapeProperty(String(value))}`)
    .join(',');
  return `::${COMMANDS[severity]} ${properties}::${escapeText(help === undefined ? message : `${message}\n${help}`)}\n`;
}

function escapeText(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeText(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

function summaryRow({ severity, file, range, ruleId, message }: Finding, prefix: string): string {
  return `| ${severity} | ${cell(`${prefix}${file}:${range.start.line}`)} | ${cell(message)} | ${ruleId} |\n`;
}

/** Text that Markdown shows and does not read. */
function cell(text: string): string {
  return text.replace(/[\r\n]+/g, ' ').replace(/[\\`*_{}[\]<>#|!&~@]/g, '\\$&');
}
