import type { Change, DiffReport, PromptDiff } from '../diff/index.ts';
import { reaches } from '../diff/index.ts';
import type { DiffView } from './diff-view.ts';

/** The members of `diff --json` after the envelope. */
export function diffJson(view: DiffView): { readonly summary: object; readonly [name: string]: unknown } {
  const { report } = view;
  return {
    summary: diffSummary(report),
    against: report.old,
    bundle: { level: report.level, ...versionJson(report.bundle) },
    prompts: report.prompts
      .filter(({ changes }) => changes.length > 0)
      .map((prompt) => {
        const weight = view.weightById.get(prompt.id);
        const rendered = view.renderedById?.get(prompt.id);
        return {
          id: prompt.id,
          level: prompt.level,
          ...versionJson(prompt.version),
          ...(weight ? { tokens: weight } : {}),
          ...(rendered ? { rendered } : {}),
          changes: prompt.changes.map(changeJson),
        };
      }),
    changes: report.changes.map(changeJson),
    waivers: report.waivers,
    unread: report.unread,
  };
}

function diffSummary({ level, changes }: DiffReport): object {
  return {
    level,
    breaking: changes.filter(({ severity }) => severity === 'breaking').length,
    dangerous: changes.filter(({ severity }) => severity === 'dangerous').length,
    security: changes.filter(({ security }) => security).length,
    waived: changes.filter((change) => change.waived && reaches(change, 'dangerous')).length,
  };
}

/** A change without its two texts, which `--text` shows, and without the words that `explain` has. */
export function changeJson({ old: _old, new: _new, reason: _reason, ...change }: Change): object {
  return change;
}

function versionJson({ old, new: now, needs }: PromptDiff['version']): object {
  return {
    ...(old === undefined ? {} : { old }),
    ...(now === undefined ? {} : { new: now }),
    ...(needs === undefined ? {} : { needs }),
  };
}
