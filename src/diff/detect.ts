import { createHash } from 'node:crypto';
import { canonicalJson } from '../model/index.ts';
import { type Change, compareChanges } from './change.ts';
import { changeKinds } from './changes/index.ts';
import type { ChangeKind, Found, Pair } from './kind.ts';
import type { Side } from './side.ts';

/** Every change of one prompt, the worst first. Two prompts whose content digests agree have none. */
export function detectChanges(pair: Pair, kinds: readonly ChangeKind[] = changeKinds): readonly Change[] {
  const { old, new: now } = pair;
  if (old && now && old.json.contentDigest === now.json.contentDigest && old.json.contentDigest !== '') return [];
  const promptId = (now ?? old)!.json.id;
  return kinds
    .flatMap((kind) => kind.detect(pair).map((found) => changeOf(kind, found, promptId)))
    .sort(compareChanges);
}

/** Every change of the bundle that is no prompt's. */
export function detectBundleChanges(old: Side, now: Side): readonly Change[] {
  return changeKinds
    .flatMap((kind) => (kind.detectInBundle?.(old, now) ?? []).map((found) => changeOf(kind, found, '')))
    .sort(compareChanges);
}

function changeOf(kind: ChangeKind, found: Found, promptId: string): Change {
  const { path, message, ...rest } = found;
  const values = canonicalJson([kind.kind, promptId, path, found.old ?? null, found.new ?? null]);
  return {
    kind: kind.kind,
    category: found.category ?? kind.category,
    level: found.level ?? kind.level,
    severity: found.severity ?? kind.severity,
    security: kind.security === true,
    promptId,
    path,
    message,
    ...('old' in rest ? { old: rest.old } : {}),
    ...('new' in rest ? { new: rest.new } : {}),
    ...('witness' in rest ? { witness: rest.witness } : {}),
    reason: kind.reason,
    fingerprint: createHash('sha256').update(values).digest('hex').slice(0, 16),
  };
}
