import {
  compareFindings,
  compareText,
  type Finding,
  type Prompt,
  type Range,
  rangeAt,
  lineStarts,
} from '../model/index.ts';
import type { LoadedPrompt, Workspace } from '../workspace/index.ts';
import type { Facts, Place, Report, Rule } from './rule.ts';
import { rules as allRules } from './rules/index.ts';
import { type RuleSetting, settingsFor } from './settings.ts';
import { type Suppression, suppressionsOf } from './suppressions.ts';

export interface LintOptions {
  /** The rules to run; by default all, as the configuration sets them. */
  readonly rules?: readonly Rule[];
  /** Today, for rules that count days. */
  readonly now?: Date;
  /** Prompts that the workspace does not hold, by id and alias: an id that is taken there is taken. */
  readonly elsewhere?: readonly Pick<FileResult, 'file' | 'ids'>[];
}

/** What the rules say of one prompt file. */
export interface FileResult {
  readonly file: string;
  /** The prompt's id and aliases; none where it does not load. */
  readonly ids: readonly string[];
  readonly findings: readonly Finding[];
  /** Findings that a comment quieted. */
  readonly suppressed: number;
  readonly unreadable: boolean;
}

export interface LintResult {
  readonly findings: readonly Finding[];
  /** How many prompt files were looked at. */
  readonly files: number;
  /** Findings that a comment quieted. */
  readonly suppressed: number;
  /** True where some file could not be read at all. */
  readonly unreadable: boolean;
  /** Prompt files that do not load: most rules had nothing to look at. */
  readonly broken: ReadonlySet<string>;
}

const UNUSED = 'suppression/unused';

/** Holds every prompt of a workspace against the rules. Findings come sorted by file and place. */
export function lint(workspace: Workspace, options: LintOptions = {}): LintResult {
  return merged(lintFiles(workspace, options));
}

/** The rules' findings, prompt by prompt; they have no fingerprints yet. */
export function lintFiles(workspace: Workspace, options: LintOptions = {}): readonly FileResult[] {
  const rules = options.rules ?? allRules;
  const settings = settingsFor(workspace.config, rules);
  const ruleIds = new Set(allRules.map((rule) => rule.id));
  const facts: Facts = {
    filesById: filesById([...workspace.prompts.map(named), ...(options.elsewhere ?? [])]),
    now: options.now ?? new Date(),
  };
  return workspace.prompts.map((file) => {
    const mine = settings(file.file);
    const suppressions = suppressionsOf(file.yaml, ruleIds);
    const used = new Set<Suppression>();
    let suppressed = 0;
    const findings = lintFile(file, workspace, mine, facts).filter((finding) => {
      const quiet = suppressions.find((suppression) => covers(suppression, finding, file.file));
      if (!quiet) return true;
      used.add(quiet);
      suppressed++;
      return false;
    });
    findings.push(...unused(file, workspace, suppressions, used, mine));
    return { ...named(file), findings, suppressed, unreadable: file.unreadable };
  });
}

/** Of all prompts together. What is wrong in a partial is one thing, however many prompts include it. */
export function merged(files: readonly FileResult[]): LintResult {
  const findings: Finding[] = [];
  const seen = new Set<string>();
  for (const { file, findings: found } of files) {
    for (const finding of found) {
      if (finding.file !== file) {
        const key = `${finding.file}:${finding.range.start.offset}:${finding.ruleId}:${finding.message}`;
        if (seen.has(key)) continue;
        seen.add(key);
      }
      findings.push(finding);
    }
  }
  return {
    findings: fingerprinted(findings.sort(compareFindings)),
    files: files.length,
    suppressed: files.reduce((sum, file) => sum + file.suppressed, 0),
    unreadable: files.some((file) => file.unreadable),
    broken: new Set(files.flatMap(({ file, ids }) => (ids.length === 0 ? [file] : []))),
  };
}

type Unprinted = Omit<Finding, 'fingerprint'>;

function lintFile(file: LoadedPrompt, workspace: Workspace, settings: readonly RuleSetting[], facts: Facts): Finding[] {
  const findings: Finding[] = [];
  for (const { rule, severity, options } of settings) {
    const { yaml, prompt } = file;
    const report = (told: Report): void => void findings.push(findingOf(told, rule, severity, file, workspace));
    rule.check({ file, yaml, prompt, workspace, options, facts, report });
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
  const inGithubMode = file.prompt?.mode === 'github' ? rule.githubSeverity : undefined;
  const where = 'file' in at && at.file !== undefined ? at.file : file.file;
  return {
    ruleId: rule.id,
    severity: configured ?? inGithubMode ?? report.severity ?? rule.severity,
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

function named({ file, prompt }: LoadedPrompt): Pick<FileResult, 'file' | 'ids'> {
  return { file, ids: prompt ? [...new Set([prompt.id, ...prompt.aliases])] : [] };
}

/** Every file that declares an id, by that id, in order of their paths. */
export function filesById(files: readonly Pick<FileResult, 'file' | 'ids'>[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { file, ids } of [...files].sort((a, b) => compareText(a.file, b.file))) {
    for (const id of ids) {
      const sharing = found.get(id);
      if (sharing) sharing.push(file);
      else found.set(id, [file]);
    }
  }
  return found;
}
