import type { Finding } from '../model/index.ts';
import type { LintReport } from './lint-pretty.ts';

export interface JunitOptions {
  /** Every file that was checked: one without findings is a test that passed. */
  readonly files: readonly string[];
  /** The workspace's folder inside the repository, with a final slash; '' at the top. */
  readonly prefix: string;
}

/** JUnit XML: a suite for each file, a case for each finding. An error fails; a warning passes with its text, as the exit code does. */
export function junitLint(report: LintReport, { files, prefix }: JunitOptions): string {
  const byFile = new Map<string, Finding[]>(files.map((file) => [file, []]));
  for (const finding of report.findings) {
    const list = byFile.get(finding.file);
    if (list) list.push(finding);
    else byFile.set(finding.file, [finding]);
  }
  const suites = [...byFile].map(([file, findings]) => suite(prefix + file, findings));
  const tests = [...byFile.values()].reduce((sum, findings) => sum + Math.max(1, findings.length), 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="promptctl lint" tests="${tests}" failures="${failuresOf(report.findings)}" errors="0">`,
    ...suites,
    '</testsuites>\n',
  ].join('\n');
}

function failuresOf(findings: readonly Finding[]): number {
  return findings.filter(({ severity }) => severity === 'error').length;
}

function suite(file: string, findings: readonly Finding[]): string {
  const name = attribute(file);
  const cases =
    findings.length === 0
      ? [`    <testcase classname="${name}" name="no findings"/>`]
      : findings.map((finding) => testCase(file, finding));
  const counts = `tests="${cases.length}" failures="${failuresOf(findings)}" errors="0"`;
  return [`  <testsuite name="${name}" ${counts}>`, ...cases, '  </testsuite>'].join('\n');
}

function testCase(file: string, { ruleId, severity, message, help, range }: Finding): string {
  const place = `${range.start.line}:${range.start.column}`;
  const head = `    <testcase classname="${attribute(file)}" name="${attribute(`${ruleId} at ${place}`)}" file="${attribute(file)}" line="${range.start.line}">`;
  const text = escapeXml([`${file}:${place}: ${message}`, ...(help === undefined ? [] : [help])].join('\n'));
  const body =
    severity === 'error'
      ? `<failure type="${attribute(ruleId)}" message="${attribute(message)}">${text}</failure>`
      : `<system-out>${severity}: ${text}</system-out>`;
  return `${head}\n      ${body}\n    </testcase>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** What XML 1.0 has no way to write, not even escaped, is written by its code point. */
function escapeXml(text: string): string {
  return text
    .replace(
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
      (unit) => `\\u{${unit.charCodeAt(0).toString(16)}}`,
    )
    .replace(/[&<>"]/g, (unit) => ENTITIES[unit]!);
}

/** A line break in an attribute would be read as a blank. */
function attribute(text: string): string {
  return escapeXml(text).replaceAll('\n', '&#10;').replaceAll('\r', '&#13;').replaceAll('\t', '&#9;');
}
