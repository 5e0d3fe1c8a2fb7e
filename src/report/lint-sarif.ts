import type { Rule } from '../lint/index.ts';
import { type Finding, type Severity, VERSION } from '../model/index.ts';
import type { LintReport } from './lint-pretty.ts';
import { rulePage } from './rule-page.ts';

export interface SarifOptions {
  /** The rules there are; those that found something are described. */
  readonly rules: readonly Rule[];
  /** The workspace's folder inside the repository, with a final slash; '' at the top. */
  readonly prefix: string;
}

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

const LEVELS: Record<Severity, string> = { error: 'error', warning: 'warning', info: 'note' };

/** What GitHub sorts security alerts by: high from 7, medium from 4, low under it. */
const SECURITY_SEVERITIES: Record<Severity, string> = { error: '7.5', warning: '5.0', info: '2.0' };

/** What GitHub takes of one run; an upload with more is refused whole. */
const MAX_RESULTS = 25_000;

/**
 * SARIF 2.1.0 (OASIS) for code scanning. Paths are relative to the repository, columns count UTF-16 units, and the partial fingerprint
 * leaves line numbers out, so that an alert stays the same one while the file around it changes.
 */
export function sarifLint(report: LintReport, { rules, prefix }: SarifOptions): string {
  const findings = worst(report.findings);
  const found = new Set(findings.map(({ ruleId }) => ruleId));
  const told = rules.filter(({ id }) => found.has(id));
  const indexById = new Map(told.map(({ id }, index) => [id, index]));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'promptctl', semanticVersion: VERSION, rules: told.map(descriptor) } },
        ...invocations(report.findings.length - findings.length),
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => result(finding, indexById.get(finding.ruleId), prefix)),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

/** All findings, or as many as are taken: the worst, in their order. */
function worst(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length <= MAX_RESULTS) return findings;
  const ranked = SEVERITIES.flatMap((severity) => findings.filter((finding) => finding.severity === severity));
  const kept = new Set(ranked.slice(0, MAX_RESULTS));
  return findings.filter((finding) => kept.has(finding));
}

/** Says how many results were left out, where any were. */
function invocations(cut: number): object {
  if (cut === 0) return {};
  const text = `${cut} results are left out: code scanning takes ${MAX_RESULTS} of a run`;
  return {
    invocations: [{ executionSuccessful: true, toolExecutionNotifications: [{ level: 'warning', message: { text } }] }],
  };
}

function descriptor(rule: Rule): object {
  const isSecurity = rule.id.startsWith('security/');
  return {
    id: rule.id,
    name: rule.id,
    shortDescription: { text: rule.summary },
    fullDescription: { text: rule.why },
    help: {
      text: [rule.why, ...(rule.unless === undefined ? [] : [`When to turn it off: ${rule.unless}`])].join('\n\n'),
      markdown: rulePage(rule),
    },
    defaultConfiguration: { level: LEVELS[rule.severity] },
    properties: {
      tags: [rule.id.split('/')[0]!, ...(rule.owasp === undefined ? [] : [`OWASP ${rule.owasp}`])],
      ...(isSecurity ? { 'security-severity': SECURITY_SEVERITIES[rule.severity] } : {}),
    },
  };
}

function result(finding: Finding, ruleIndex: number | undefined, prefix: string): object {
  const { start, end } = finding.range;
  return {
    ruleId: finding.ruleId,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: LEVELS[finding.severity],
    message: { text: finding.help === undefined ? finding.message : `${finding.message}\n${finding.help}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(prefix + finding.file), uriBaseId: '%SRCROOT%' },
          region: { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column },
        },
        ...(finding.pointer === '' ? {} : { logicalLocations: [{ fullyQualifiedName: finding.pointer }] }),
      },
    ],
    partialFingerprints: { 'promptctl/v1': finding.fingerprint },
  };
}

/** A path as a relative URI: a `#` or a blank in a file's name is part of the name. */
function uriOf(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
