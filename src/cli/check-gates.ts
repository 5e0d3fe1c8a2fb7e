import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { bundleText, compileBundle } from '../compile/index.ts';
import {
  type Change,
  type ChangeSeverity,
  type DiffReport,
  reaches,
  withoutWaived,
  witnessText,
} from '../diff/index.ts';
import { lint, type LintResult, parseBaseline, withBaseline } from '../lint/index.ts';
import { type Prompt, PromptctlError } from '../model/index.ts';
import { tryGit } from '../release/index.ts';
import type { Gate } from '../report/check-view.ts';
import { counted } from '../report/paint.ts';
import { countPrompt, readOverrides, staticCounter } from '../tokens/prompt/index.ts';
import type { Ground } from './comparison.ts';
import { experimentsOf } from './experiments.ts';
import { renderRows } from './test-rows.ts';
import { isStale, planVersions } from './versions.ts';
import type { Opened } from './workspace.ts';

/** Findings that are errors fail; warnings are counted. */
export function lintGate({ workspace }: Opened): Gate {
  const { findings, unreadable } = spokenFindings(workspace);
  const errors = findings.filter(({ severity }) => severity === 'error');
  const warnings = findings.filter(({ severity }) => severity === 'warning').length;
  return {
    name: 'lint',
    state: errors.length > 0 ? 'fail' : unreadable ? 'unknown' : 'pass',
    summary: `${counted(errors.length, 'error')}, ${counted(warnings, 'warning')} in ${counted(workspace.prompts.length, 'prompt')}`,
    details: errors.map(
      ({ file, range, message, ruleId }) => `${file}:${range.start.line}:${range.start.column} ${message} (${ruleId})`,
    ),
    ...(errors.length > 0 ? { hint: '`promptctl lint` shows the places, `promptctl lint --fix` mends some' } : {}),
  };
}

/** As `promptctl lint` finds them: the suppressions file beside promptctl.yaml quiets what it names. */
function spokenFindings(workspace: Opened['workspace']): LintResult {
  const result = lint(workspace);
  const text = workspace.textOf(SUPPRESSIONS);
  if (text === undefined) return result;
  return withBaseline(result, parseBaseline(SUPPRESSIONS, text), workspace.config, { isWhole: true, files: new Set() });
}

const SUPPRESSIONS = '.promptctl-suppressions.json';

/** Every test row must render: a prompt that can't is broken whatever the model would say. */
export function rowGate({ workspace }: Opened): Gate {
  const results = promptsOf(workspace).map((prompt) => renderRows(prompt, workspace));
  const failures = results.flatMap((result) => result.failures);
  const rows = results.reduce((sum, result) => sum + result.rows, 0);
  return {
    name: 'tests',
    state: failures.length > 0 ? 'fail' : 'pass',
    summary: `${counted(rows, 'test row')}, ${failures.length} that do not render`,
    details: failures.map(({ promptId, row, message }) => `${promptId}, ${row}: ${message}`),
  };
}

export function budgetGate({ workspace }: Opened): Gate {
  const overrides = readOverrides(workspace);
  const budgeted = promptsOf(workspace).filter(({ budget }) => budget !== undefined);
  const details = budgeted.flatMap((prompt) => {
    const { over, worst, static: fixed, outputTokens, costUsd } = countPrompt(prompt, { overrides });
    const budget = prompt.budget!;
    return [
      ...(over.inputTokens
        ? [`${prompt.id}: ${(worst ?? fixed).tokens} input tokens at the worst case, ${budget.inputTokens} allowed`]
        : []),
      ...(over.outputTokens ? [`${prompt.id}: ${outputTokens} output tokens, ${budget.outputTokens} allowed`] : []),
      ...(over.costUsd ? [`${prompt.id}: $${costUsd?.toPrecision(3)} a call, $${budget.costUsd} allowed`] : []),
      ...(over.window ? [`${prompt.id}: longer than the model's context window`] : []),
    ];
  });
  return {
    name: 'budgets',
    state: details.length > 0 ? 'fail' : 'pass',
    summary: `${counted(budgeted.length, 'budget')}, ${details.length} exceeded`,
    details,
    ...(details.length > 0 ? { hint: '`promptctl tokens` shows where the tokens are' } : {}),
  };
}

/**
 * A bad change passes where it is waived, or where the version says it: the prompt's own, or the bundle's for a prompt that has
 * none, is at least what the change asks.
 */
export function changeGate(report: DiffReport, failOn: string): Gate {
  const threshold = failOn === 'none' ? undefined : (failOn as ChangeSeverity);
  const unread = report.unread.map(({ message }) => `can't be read: ${message}`);
  const bad = threshold === undefined ? [] : report.changes.filter((change) => reaches(change, threshold));
  const open = bad.filter((change) => !change.waived && !isAnnounced(change, report));
  const waived = bad.filter((change) => change.waived).length;
  return {
    name: 'changes',
    state: open.length > 0 || unread.length > 0 ? 'fail' : 'pass',
    summary: `${counted(report.changes.length, 'change')} against ${report.old}: ${open.length} neither waived nor announced${waived > 0 ? `, ${waived} waived` : ''}`,
    details: [...unread, ...open.map(changeWords)],
    ...(open.length > 0
      ? {
          hint: `raise the version with \`promptctl bump --against ${report.old}\`, or waive it in the prompt file: waive: [{ kind: ${open[0]!.kind}, reason: ..., until: a day or a version }]`,
        }
      : {}),
  };
}

function isAnnounced({ promptId }: Change, report: DiffReport): boolean {
  const version = report.prompts.find(({ id }) => id === promptId)?.version;
  if (version?.old !== undefined && version.new !== undefined) return version.needs !== undefined && version.isMet;
  return report.bundle.needs !== undefined && report.bundle.isMet;
}

function changeWords(change: Change): string {
  const example = 'witness' in change ? `; example: ${witnessText(change.witness)}` : '';
  return `${change.promptId}: ${change.message}${example} (${change.kind} ${change.fingerprint})`;
}

/** The version gate: what `bump --check` asks, less what is waived. */
export function versionGate(ground: Ground): Gate {
  try {
    const { since, steps, problems } = planVersions(ground, {}, undefined, withoutWaived);
    if (since.length === 0)
      return {
        name: 'versions',
        state: 'pass',
        summary: 'no release yet: the versions stand as declared',
        details: [],
      };
    const details = [
      ...problems.map(({ message, hint }) => `${message}: ${hint}`),
      ...steps
        .filter(isStale)
        .map(({ id, from, to, kinds }) => `${id ?? 'the bundle'} says ${from} and needs ${to} (${kinds.join(', ')})`),
    ];
    return {
      name: 'versions',
      state: details.length > 0 ? 'fail' : 'pass',
      summary: `since ${since.map(({ label }) => label).join(', ')}: ${counted(details.length, 'version')} too low`,
      details,
      ...(details.length > 0 ? { hint: 'run `promptctl bump` and commit what it writes' } : {}),
    };
  } catch (cause) {
    if (!(cause instanceof PromptctlError) || cause.code === 'config') throw cause;
    return failedGate('versions', cause);
  }
}

/** A bundle that is committed must be what the prompts compile to. */
export function bundleGate({ folder, config, workspace }: Opened): Gate {
  const { out } = config.compile;
  const path = resolve(folder, out);
  const isTracked = tryGit(folder, ['ls-files', '--error-unmatch', '--', out]).status === 0;
  if (!isTracked || !existsSync(path))
    return { name: 'bundle', state: 'skip', summary: `${out} is not committed`, details: [] };
  let fresh: string;
  try {
    const version = config.version === undefined ? {} : { version: config.version };
    const experiments = experimentsOf(folder);
    fresh = bundleText(compileBundle(promptsOf(workspace), { ...version, countStatic: staticCounter, experiments }));
  } catch (cause) {
    if (!(cause instanceof PromptctlError)) throw cause;
    return failedGate('bundle', cause);
  }
  const isFresh = readFileSync(path, 'utf8') === fresh;
  return {
    name: 'bundle',
    state: isFresh ? 'pass' : 'fail',
    summary: isFresh ? `${out} is fresh` : `${out} is stale`,
    details: [],
    ...(isFresh ? {} : { hint: 'run `promptctl compile` and commit what it writes' }),
  };
}

export function waiverGate({ waivers }: DiffReport): Gate {
  const idle = waivers.filter(({ state }) => state !== 'used');
  return {
    name: 'waivers',
    state: idle.some(({ state }) => state === 'invalid') ? 'fail' : idle.length > 0 ? 'warn' : 'pass',
    summary: `${counted(waivers.length - idle.length, 'waiver')} in use, ${idle.length} unused, expired or invalid`,
    details: idle.map(({ promptId, message }) => `${promptId}: ${message}`),
  };
}

export function failedGate(name: Gate['name'], error: PromptctlError): Gate {
  return {
    name,
    state: error.code === 'refused' ? 'fail' : 'unknown',
    summary: error.message,
    details: [],
    ...(error.hint === undefined ? {} : { hint: error.hint }),
  };
}

function promptsOf(workspace: Opened['workspace']): readonly Prompt[] {
  return workspace.prompts.flatMap(({ prompt }) => (prompt ? [prompt] : []));
}
