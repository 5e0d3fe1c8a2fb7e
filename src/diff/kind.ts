import type { Category, ChangeSeverity, Level } from './change.ts';
import type { Compat, Side, SidePrompt, Unread } from './side.ts';

/** A prompt as it was and as it is; one of them is missing where it came or went. */
export interface Pair {
  readonly old: SidePrompt | undefined;
  readonly new: SidePrompt | undefined;
  /** Set where the old side's file could not be read, so that nothing can be said of it. */
  readonly unreadBefore?: Unread;
  readonly compat: Compat;
  /** The folders that partials are named from. */
  readonly roots: { readonly old: string | undefined; readonly new: string | undefined };
  /** Judgements that several kinds share, each made once. */
  readonly memo: Map<string, unknown>;
}

/** A pair of which both sides are there. */
export type Both = Pair & { readonly old: SidePrompt; readonly new: SidePrompt };

/** What a kind saw. What is left out is as the kind declares it. */
export interface Found {
  readonly path: string;
  readonly message: string;
  readonly old?: unknown;
  readonly new?: unknown;
  readonly witness?: unknown;
  readonly level?: Level;
  readonly severity?: ChangeSeverity;
  readonly category?: Category;
}

/** A change that the kind sees: two texts of one prompt file, and files that belong to a side. They are its tests. */
export interface ChangeExample {
  readonly name: string;
  readonly old?: string;
  readonly new?: string;
  readonly files?: { readonly old?: Readonly<Record<string, string>>; readonly new?: Readonly<Record<string, string>> };
  /** The path of the new side's file, where it is another. */
  readonly newFile?: string;
}

/** A kind of change: what it asks of the version, why, and how it is seen. */
export interface ChangeKind {
  readonly kind: string;
  readonly category: Category;
  readonly level: Level;
  readonly severity: ChangeSeverity;
  readonly security?: true;
  /** What changed, in a few words. */
  readonly summary: string;
  /** Why it has this level. */
  readonly reason: string;
  readonly examples: readonly ChangeExample[];
  detect(pair: Pair): readonly Found[];
  /** What belongs to the bundle and to no prompt of it. */
  detectInBundle?(old: Side, now: Side): readonly Found[];
}

/** A detector for prompts that stand on both sides. */
export function inBoth(detect: (pair: Both) => readonly Found[]): ChangeKind['detect'] {
  return (pair) => (pair.old && pair.new ? detect(pair as Both) : []);
}

/** Makes a judgement once a pair. */
export function once<Judgement>(pair: Pair, name: string, judge: () => Judgement): Judgement {
  if (!pair.memo.has(name)) pair.memo.set(name, judge());
  return pair.memo.get(name) as Judgement;
}
