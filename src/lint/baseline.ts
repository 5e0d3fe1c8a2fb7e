import {
  compareFindings,
  compareText,
  type Finding,
  isObject,
  type JsonValue,
  lineStarts,
  member,
  PromptctlError,
  rangeAt,
} from '../model/index.ts';
import type { Config } from '../workspace/index.ts';
import { fingerprinted, type LintResult } from './engine.ts';
import { rules } from './rules/index.ts';
import { settingsFor } from './settings.ts';

/** A suppressions file: findings that were there when it was written, quieted until someone mends them. */
export interface Baseline {
  /** Relative to the workspace. */
  readonly file: string;
  readonly text: string;
  readonly entryByFingerprint: ReadonlyMap<string, BaselineEntry>;
}

/** What a quieted finding was, for the reader of the file: the fingerprint alone decides. */
export interface BaselineEntry {
  readonly rule: string;
  readonly file: string;
  readonly message: string;
}

/** What a run looked at: an entry for anything else may be in use. */
export interface BaselineScope {
  /** True where every prompt of the workspace was checked. */
  readonly isWhole: boolean;
  readonly files: ReadonlySet<string>;
}

const UNUSED = 'suppression/unused';

/** @throws PromptctlError `config` where the text is no suppressions file */
export function parseBaseline(file: string, text: string): Baseline {
  const json = parseJson(file, text);
  const findings = member(json, 'findings');
  if (member(json, 'version') !== 1 || !isObject(findings))
    throw invalid(file, 'it is not { "version": 1, "findings": { ... } }');
  const entries = Object.entries(findings).map(([fingerprint, entry]): [string, BaselineEntry] => {
    const [rule, where, message] = ['rule', 'file', 'message'].map((name) => member(entry, name));
    if (typeof rule !== 'string' || typeof where !== 'string' || typeof message !== 'string')
      throw invalid(file, `\`${fingerprint}\` is not { "rule", "file", "message" }`);
    return [fingerprint, { rule, file: where, message }];
  });
  return { file, text, entryByFingerprint: new Map(entries) };
}

/** The result without the findings that the file names, and with a finding for each name that found nothing. */
export function withBaseline(result: LintResult, baseline: Baseline, config: Config, scope: BaselineScope): LintResult {
  const { entryByFingerprint } = baseline;
  const spoken = result.findings.filter(({ fingerprint }) => !entryByFingerprint.has(fingerprint));
  const used = new Set(result.findings.map(({ fingerprint }) => fingerprint));
  const unused = unusedEntries(baseline, used, result.broken, config, scope);
  return {
    ...result,
    findings: [...spoken, ...unused].sort(compareFindings),
    suppressed: result.suppressed + result.findings.length - spoken.length,
  };
}

function unusedEntries(
  { file, text, entryByFingerprint }: Baseline,
  used: ReadonlySet<string>,
  broken: ReadonlySet<string>,
  config: Config,
  scope: BaselineScope,
): Finding[] {
  const settings = settingsFor(config, rules);
  const lines = lineStarts(text);
  const findings = [...entryByFingerprint].flatMap(([fingerprint, entry]): Finding[] => {
    if (used.has(fingerprint) || !isChecked(entry.file, scope)) return [];
    // Where a syntax error hid the file from the rules, no entry had a chance.
    if (broken.has(entry.file)) return [];
    const on = settings(entry.file);
    const setting = on.find(({ rule }) => rule.id === UNUSED);
    const isKnown = rules.some(({ id }) => id === entry.rule);
    if (!setting || (isKnown && !on.some(({ rule }) => rule.id === entry.rule))) return [];
    const start = text.indexOf(JSON.stringify(fingerprint));
    return [
      {
        ruleId: UNUSED,
        severity: setting.severity ?? setting.rule.severity,
        message: isKnown
          ? `This quiets \`${entry.rule}\` in ${entry.file}, which is no longer found there`
          : `There is no rule \`${entry.rule}\``,
        file,
        range: rangeAt(lines, start, start + fingerprint.length + 2),
        pointer: `/findings/${fingerprint}`,
        help: '`promptctl lint --update-suppressions` takes it out',
        docs: `docs/rules/${UNUSED}.md`,
        fixes: [],
        fingerprint: '',
      },
    ];
  });
  return fingerprinted(findings);
}

/** The file's text for these findings; entries that the run did not look at are kept. Sorted, so that two branches merge by line. */
export function baselineText(findings: readonly Finding[], scope: BaselineScope, earlier?: Baseline): string {
  const kept = [...(earlier?.entryByFingerprint ?? [])].filter(([, { file }]) => !isChecked(file, scope));
  const found = findings.map(({ fingerprint, ruleId, file, message }): [string, BaselineEntry] => [
    fingerprint,
    { rule: ruleId, file, message },
  ]);
  const entries = [...new Map([...kept, ...found])].sort(
    ([aPrint, a], [bPrint, b]) =>
      compareText(a.file, b.file) || compareText(a.rule, b.rule) || compareText(aPrint, bPrint),
  );
  return `${JSON.stringify({ version: 1, findings: Object.fromEntries(entries) }, undefined, 2)}\n`;
}

function isChecked(file: string, { isWhole, files }: BaselineScope): boolean {
  return isWhole || files.has(file);
}

function parseJson(file: string, text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch (cause) {
    throw invalid(file, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

function invalid(file: string, reason: string, cause?: unknown): PromptctlError {
  return new PromptctlError('config', `${file} is no suppressions file: ${reason}`, {
    hint: 'write it anew with `promptctl lint --update-suppressions`, once the old one is out of the way',
    cause,
  });
}
