/** What a change asks of the version. */
export type Level = 'none' | 'patch' | 'minor' | 'major';

/** The promise that a change touches, the strictest last: the behaviour, the contract with the runtime, what goes in and out. */
export type Category = 'BEHAVIOR' | 'CONTRACT' | 'IO';

/** `breaking` is proven, `dangerous` could not be proven either way, `safe` is shown or known to break nobody. */
export type ChangeSeverity = 'safe' | 'dangerous' | 'breaking';

/** One judged change of one prompt, or of the bundle itself. */
export interface Change {
  readonly kind: string;
  readonly category: Category;
  readonly level: Level;
  readonly severity: ChangeSeverity;
  /** True where a guard against untrusted text or a dangerous tool got weaker. */
  readonly security: boolean;
  /** Empty for a change of the bundle itself. */
  readonly promptId: string;
  /** JSON pointer into the prompt as people think of it: `/variables/ticket`, `/output/priority`, `/messages/0`. */
  readonly path: string;
  readonly message: string;
  readonly old?: unknown;
  readonly new?: unknown;
  /** A value that one side takes and the other refuses. */
  readonly witness?: unknown;
  readonly reason: string;
  /** Names this change and no other: kind, prompt, place, and both values. */
  readonly fingerprint: string;
  /** The waiver that quiets it. */
  readonly waived?: { readonly reason: string; readonly until: string };
}

const LEVELS: readonly Level[] = ['none', 'patch', 'minor', 'major'];
const SEVERITIES: readonly ChangeSeverity[] = ['safe', 'dangerous', 'breaking'];

export function highest(levels: Iterable<Level>): Level {
  let at = 0;
  for (const level of levels) at = Math.max(at, LEVELS.indexOf(level));
  return LEVELS[at]!;
}

/** Below 1.0.0 major plays as minor and minor as patch. */
export function discounted(level: Level, version: string | undefined): Level {
  if (version === undefined || !version.startsWith('0.')) return level;
  return level === 'major' ? 'minor' : level === 'minor' ? 'patch' : level;
}

/** Whether a change counts at a threshold. A weakened guard counts as breaking. */
export function reaches(change: Pick<Change, 'severity' | 'security'>, threshold: ChangeSeverity): boolean {
  const severity = change.security ? 'breaking' : change.severity;
  return SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(threshold);
}

/** The worst first: what breaks, then what may, then by level. */
export function compareChanges(a: Change, b: Change): number {
  return (
    SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) ||
    LEVELS.indexOf(b.level) - LEVELS.indexOf(a.level) ||
    (a.path < b.path ? -1 : a.path > b.path ? 1 : 0) ||
    (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0)
  );
}
