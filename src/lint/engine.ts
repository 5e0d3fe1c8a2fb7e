import { compareFindings, type Finding, type Prompt, type Range, rangeAt, lineStarts } from '../model/index.ts';
import type { LoadedPrompt, Workspace } from '../workspace/index.ts';
import type { Facts, Place, Report, Rule, RuleContext } from './rule.ts';
import { rules as allRules } from './rules/index.ts';
import { type RuleSetting, settingsFor } from './settings.ts';
import { type Suppression, suppressionsOf } from './suppressions.ts';

export interface LintOptions {
  /** The rules to run; by default all, as the configuration sets them. */
  readonly rules?: readonly Rule[];
  /** Today, for rules that count days. */
  readonly now?: Date;
}

export interface LintResult {
  readonly findings: readonly Finding[];
  /** How many prompt files were looked at. */
  readonly files: number;
  /** Findings that a comment quieted. */
  readonly suppressed: number;
  /** True where some file could not be read at all. */
  readonly unreadable: boolean;
}

const UNUSED = 'suppression/unused';

/** Holds every prompt of a workspace against the rules. Findings come sorted by file and place. */
export function lint(workspace: Workspace, options: LintOptions = {}): LintResult {
  const rules = options.rules ?? allRules;
  const settings = settingsFor(workspace.config, rules);
  const ruleIds = new Set(allRules.map((rule) => rule.id));
  const facts = factsOf(workspace, options.now ?? new Date());
  const findings: Finding[] = [];
  const seen = new Set<string>();
  let suppressed = 0;
  for (const file of workspace.prompts) {
    const mine = settings(file.file);
    const found = lintFile(file, workspace, mine, facts);
    const suppressions = suppressionsOf(file.yaml, ruleIds);
    const used = new Set<Suppression>();
    for (const finding of found) {
      const quiet = suppressions.find((suppression) => covers(suppression, finding, file.file));
      if (quiet) {
        used.add(quiet);
        suppressed++;
        continue;
      }
      // A partial is read once for every prompt that includes it, and what is wrong in it is one thing.
      const key =
        finding.file === file.file
          ? undefined
          : `${finding.file}:${finding.range.start.offset}:${finding.ruleId}:${finding.message}`;
      if (key !== undefined && seen.has(key)) continue;
      if (key !== undefined) seen.add(key);
      findings.push(finding);
    }
    findings.push(...unused(file, workspace, suppressions, used, mine));
  }
  return {
    findings: fingerprinted(findings.sort(compareFindings)),
    files: workspace.prompts.length,
    suppressed,
    unreadable: workspace.prompts.some((file) => file.unreadable),
  };
}

type Unprinted = Omit<Finding, 'fingerprint'>;

function lintFile(file: LoadedPrompt, workspace: Workspace, settings: readonly RuleSetting[], facts: Facts): Finding[] {
  const findings: Finding[] = [];
  for (const { rule, severity, options } of settings) {
    const context: RuleContext = {
      file,
      yaml: file.yaml,
      workspace,
      options,
      facts,
      report: (report) => findings.push(findingOf(report, rule, severity, file, workspace)),
    };
    rule.check(context);
  }
  return findings;
}

function findingOf(
  report: Report,
  rule: Rule,
  configured: Finding['severity'] | undefined,
  file: LoadedPrompt,
  workspace: Workspace,
): Finding {
  const { at } = report;
  const where = 'file' in at && at.file !== undefined ? at.file : file.file;
  return {
    ruleId: rule.id,
    severity: configured ?? report.severity ?? rule.severity,
    message: report.message,
    file: where,
    range: rangeOf(at, file, workspace),
    pointer: at.pointer ?? '',
    ...idOf(file.prompt),
    ...(report.help === undefined ? {} : { help: report.help }),
    docs: `docs/rules/${rule.id}.md`,
    fixes: report.fixes ?? [],
    fingerprint: '',
  };
}

function idOf(prompt: Prompt | undefined): { promptId?: string } {
  return prompt ? { promptId: prompt.id } : {};
}

function rangeOf(at: Place, file: LoadedPrompt, workspace: Workspace): Range {
  if ('offsets' in at) {
    const [start, end] = at.offsets;
    if (at.file === undefined || at.file === file.file) return file.yaml.range(start, end);
    return rangeAt(lineStarts(workspace.textOf(at.file) ?? ''), start, end);
  }
  if (at.text) return file.yaml.rangeInScalar(at.pointer, ...at.text);
  return file.yaml.rangeOf(at.pointer, at.part ?? 'value');
}

function covers(suppression: Suppression, finding: Unprinted, file: string): boolean {
  if (suppression.problem !== undefined || suppression.rule !== finding.ruleId) return false;
  const { line } = finding.range.start;
  return finding.file === file ? line >= suppression.from && line <= suppression.to : suppression.to === Infinity;
}

function unused(
  file: LoadedPrompt,
  workspace: Workspace,
  suppressions: readonly Suppression[],
  used: ReadonlySet<Suppression>,
  settings: readonly RuleSetting[],
): Finding[] {
  const setting = settings.find(({ rule }) => rule.id === UNUSED);
  if (!setting) return [];
  // Where a syntax error hid the file from the rules, no suppression had a chance.
  if (file.prompt === undefined) return [];
  const ran = new Set(settings.map(({ rule }) => rule.id));
  return suppressions
    .filter((suppression) => suppression.problem !== undefined || (!used.has(suppression) && ran.has(suppression.rule)))
    .map(({ rule, problem, start, end }) => {
      const report: Report = {
        message: problem ?? `This quiets \`${rule}\`, which finds nothing here`,
        help: problem ? 'mend the comment' : 'remove the comment',
        at: { offsets: [start, end] },
      };
      return findingOf(report, setting.rule, setting.severity, file, workspace);
    });
}

/** Names each finding by rule, file, place in the YAML and message; the second of two alike is numbered. */
export function fingerprinted(findings: readonly Finding[]): Finding[] {
  if (findings.length === 0) return [];
  const { createHash } = process.getBuiltinModule('node:crypto');
  const counts = new Map<string, number>();
  return findings.map((finding) => {
    const key = [finding.ruleId, finding.file, finding.pointer, finding.message].join('\n');
    const count = counts.get(key) ?? 0;
    counts.set(key, count + 1);
    const fingerprint = createHash('sha256').update(`${key}\n${count}`).digest('hex').slice(0, 16);
    return { ...finding, fingerprint };
  });
}

function factsOf(workspace: Workspace, now: Date): Facts {
  const filesById = new Map<string, string[]>();
  for (const { prompt, file } of workspace.prompts) {
    if (!prompt) continue;
    for (const id of new Set([prompt.id, ...prompt.aliases])) {
      const files = filesById.get(id);
      if (files) files.push(file);
      else filesById.set(id, [file]);
    }
  }
  return { filesById, now };
}
