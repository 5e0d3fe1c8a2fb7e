import type { Change, DiffReport, PromptDiff, RenderedChange } from '../diff/index.ts';
import { counted } from './paint.ts';

/** What a change weighs: tokens of the text that every call sends, and dollars a call at the worst case. */
export interface Weight {
  readonly old: number;
  readonly new: number;
  /** `exact`, `formula` or `estimate`: the weaker of the two. */
  readonly kind: string;
  readonly costUsd?: { readonly old: number; readonly new: number };
}

/** A comparison with what people want to see beside it. */
export interface DiffView {
  readonly report: DiffReport;
  readonly weightById: ReadonlyMap<string, Weight>;
  /** Set where the rendered messages of test rows are shown. */
  readonly renderedById?: ReadonlyMap<string, readonly RenderedChange[]>;
  /** Whole texts instead of the words around a change. */
  readonly isWhole: boolean;
  /** The compared prompts are those whose files changed, so an unchanged one is worth a line. */
  readonly isTouched: boolean;
}

/** `1.2.0 -> needs 2.0.0`, or what there is to say of a version. */
export function versionWords({ version }: Pick<PromptDiff, 'version'>): string {
  const { old, new: now, needs, isMet } = version;
  if (old === undefined) return now === undefined ? '' : now;
  if (now === undefined) return old;
  if (needs === undefined) return now === old ? old : `${old} -> ${now}`;
  return isMet ? `${old} -> ${now}` : `${old === now ? old : `${old} -> ${now}`} -> needs ${needs}`;
}

/** Where the changes are: in prompts, in the bundle itself, or both. */
export function places(prompts: number, isInBundle: boolean): string {
  if (!isInBundle) return counted(prompts, 'prompt');
  return prompts === 0 ? 'the bundle' : `${counted(prompts, 'prompt')} and the bundle`;
}

/** The word in front of a change: what is at stake, or the level. */
export function stakes(change: Change): string {
  if (change.security) return 'security';
  return change.severity === 'safe' ? change.level : change.severity;
}

/** Partials that changed, with the prompts that include them. */
export function partialGroups(
  report: DiffReport,
): ReadonlyMap<string, { readonly change: Change; readonly ids: readonly string[] }> {
  const groups = new Map<string, { change: Change; ids: string[] }>();
  for (const change of report.changes) {
    if (change.kind !== 'partial-changed') continue;
    const name = change.path.replace('/partials/', '');
    const group = groups.get(name);
    if (group) group.ids.push(change.promptId);
    else groups.set(name, { change, ids: [change.promptId] });
  }
  return groups;
}

/** `+38 (+1.6 %)`. */
export function deltaWords(old: number, now: number, written: (amount: number) => string): string {
  const sign = now >= old ? '+' : '-';
  const percent = old === 0 ? '' : ` (${sign}${((Math.abs(now - old) / old) * 100).toFixed(1)} %)`;
  return `${sign}${written(Math.abs(now - old))}${percent}`;
}
