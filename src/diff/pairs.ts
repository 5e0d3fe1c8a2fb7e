import { canonicalJson, compareText } from '../model/index.ts';
import type { Pair } from './kind.ts';
import { type Side, type SidePrompt, stricter } from './side.ts';

/** Matches the prompts of two sides: by id, by a former id that the new side lists, by the file of one that could not be read. */
export function pairsOf(old: Side, now: Side): readonly Pair[] {
  const oldById = byId(old.prompts);
  const newById = byId(now.prompts);
  const aliased = new Map(
    now.prompts.flatMap((prompt) => prompt.json.aliases.map((alias) => [alias, prompt] as const)),
  );
  const unreadNow = new Set(now.unread.map(({ file }) => file));
  const unreadBefore = new Map(old.unread.map((unread) => [unread.file, unread]));
  const shared = { compat: stricter(old.compat, now.compat), roots: { old: old.root, new: now.root } };
  const taken = new Set<SidePrompt>();
  const pairs: Pair[] = [];
  for (const [id, before] of oldById) {
    const after = newById.get(id) ?? aliased.get(id);
    if (after) taken.add(after);
    // A file that can't be read now is a problem of its own; its prompt is not gone.
    else if (isUnread(before, unreadNow)) continue;
    pairs.push({ ...shared, old: before, new: after, memo: new Map() });
  }
  for (const after of newById.values()) {
    if (taken.has(after)) continue;
    const unread = unreadBefore.get(after.source?.file ?? '');
    pairs.push({ ...shared, old: undefined, new: after, ...(unread ? { unreadBefore: unread } : {}), memo: new Map() });
  }
  return pairs.sort((a, b) => compareText(idOf(a), idOf(b)));
}

/** The former id of a new prompt that says what a removed one said: a rename that forgot its alias. */
export function likelyRenames(pairs: readonly Pair[]): ReadonlyMap<string, string> {
  const added = pairs.flatMap((pair) => (pair.old === undefined && pair.new ? [pair.new] : []));
  return new Map(
    pairs.flatMap((pair) => {
      if (!pair.old || pair.new) return [];
      const before = pair.old;
      const same = added.find((prompt) => contentOf(prompt) === contentOf(before));
      return same ? [[before.json.id, same.json.id] as const] : [];
    }),
  );
}

function byId(prompts: readonly SidePrompt[]): Map<string, SidePrompt> {
  const found = new Map<string, SidePrompt>();
  for (const prompt of prompts) if (!found.has(prompt.json.id)) found.set(prompt.json.id, prompt);
  return found;
}

function isUnread({ json, source }: SidePrompt, files: ReadonlySet<string>): boolean {
  if (source && files.has(source.file)) return true;
  return [...files].some((file) => file.replace(/\.prompt\.ya?ml$/, '').endsWith(json.id));
}

export function idOf(pair: Pair): string {
  return (pair.new ?? pair.old)!.json.id;
}

function contentOf({ json }: SidePrompt): string {
  return canonicalJson([json.messages, json.variables, json.responseFormat ?? null]);
}
