/** A regular expression as a tree, of which both the source and a matcher that counts its steps can be made. */
export type Tree =
  | { readonly kind: 'set'; readonly set: string; readonly source: string }
  | { readonly kind: 'sequence' | 'alternatives'; readonly parts: readonly Tree[] }
  | { readonly kind: 'repeat'; readonly part: Tree; readonly min: number; readonly max: number; readonly sign: string };

export function sourceOf(tree: Tree): string {
  if (tree.kind === 'set') return tree.source;
  if (tree.kind === 'repeat') return `(?:${sourceOf(tree.part)})${tree.sign}`;
  const parts = tree.parts.map((part) => sourceOf(part));
  return tree.kind === 'sequence' ? parts.join('') : `(?:${parts.join('|')})`;
}

export interface Run {
  readonly matched: boolean;
  readonly steps: number;
}

/**
 * Matches as ECMA-262 22.2.2 describes: in order, by continuations, no iteration of a repetition empty beyond its minimum.
 * Gives up at `limit` steps.
 */
export function countSteps(tree: Tree, isAnchored: boolean, isClosed: boolean, text: string, limit: number): Run {
  let steps = 0;
  const match = (node: Tree, at: number, next: (at: number) => boolean): boolean => {
    if (++steps > limit) return true;
    switch (node.kind) {
      case 'set':
        return at < text.length && node.set.includes(text[at]!) && next(at + 1);
      case 'sequence': {
        const from = (index: number, position: number): boolean =>
          index === node.parts.length ? next(position) : match(node.parts[index]!, position, (p) => from(index + 1, p));
        return from(0, at);
      }
      case 'alternatives':
        return node.parts.some((part) => match(part, at, next));
      case 'repeat': {
        const again = (count: number, position: number): boolean =>
          (count < node.max &&
            match(node.part, position, (p) => (count < node.min || p > position) && again(count + 1, p))) ||
          (count >= node.min && next(position));
        return again(0, at);
      }
    }
  };
  for (let start = 0; start <= (isAnchored ? 0 : text.length); start++) {
    if (match(tree, start, (end) => !isClosed || end === text.length)) return { matched: steps <= limit, steps };
  }
  return { matched: false, steps };
}
