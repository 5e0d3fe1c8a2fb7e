import { mix } from './hash.ts';
import { powerOfTwoFrom } from './piece-table.ts';

/**
 * All tokens as a double-array trie in one array of words. A node with children has a base, different
 * from every other node's; its child by byte b is the cell at base + 1 + b, if that cell says b:
 *
 *     bits 0-7   the byte that leads here
 *     bits 8-9   BARE: a node with children, TOKEN: the same and a token ends here,
 *                LEAF: a token and no children, 0: no node
 *     bits 10-   the base, or a leaf's id
 *
 * The id of a TOKEN node is bits 10- of the cell at its base. The root's base is 0.
 */
export const BARE: number = 1 << 8;
export const TOKEN: number = 2 << 8;
export const LEAF: number = 3 << 8;
export const KIND: number = 3 << 8;
export const PAYLOAD = 10;

/** Builds the trie of `tokens`, by id; undefined is a hole in the ids. */
export function buildTrie(tokens: readonly (Uint8Array | undefined)[]): Int32Array {
  const { firstChild, nextSibling, byteOf, idOf, size } = linkNodes(tokens);
  const childrenOf = (node: number): number[] => {
    const children: number[] = [];
    for (let child = firstChild[node]!; child !== 0; child = nextSibling[child]!) children.push(child);
    return children.toSorted((a, b) => byteOf[a]! - byteOf[b]!);
  };

  // The crowded nodes first: those with one child fill the holes they leave.
  const parents: { node: number; children: number[] }[] = [];
  for (let node = 0; node < size; node++) {
    if (firstChild[node] !== 0) parents.push({ node, children: childrenOf(node) });
  }
  const root = parents.shift()!;
  parents.sort((a, b) => b.children.length - a.children.length);

  const space = new Space(powerOfTwoFrom(size * 2));
  const cellOf = new Int32Array(size);
  const baseOf = new Int32Array(size);
  for (const { node, children } of [root, ...parents]) {
    const base = space.place(
      children.map((child) => byteOf[child]!),
      idOf[node]! >= 0,
    );
    baseOf[node] = base;
    for (const child of children) cellOf[child] = base + 1 + byteOf[child]!;
  }

  const cells = new Int32Array(space.end + 257);
  for (let node = 1; node < size; node++) {
    const isToken = idOf[node]! >= 0;
    const isLeaf = firstChild[node] === 0;
    const payload = isLeaf ? idOf[node]! : baseOf[node]!;
    cells[cellOf[node]!] = (payload << PAYLOAD) | (isLeaf ? LEAF : isToken ? TOKEN : BARE) | byteOf[node]!;
    if (isToken && !isLeaf) cells[baseOf[node]!] = idOf[node]! << PAYLOAD;
  }
  return cells;
}

/** The trie as linked lists of children; node 0 is the root. */
interface LinkedNodes {
  readonly firstChild: Int32Array;
  readonly nextSibling: Int32Array;
  readonly byteOf: Uint8Array;
  /** -1 where no token ends */
  readonly idOf: Int32Array;
  readonly size: number;
}

function linkNodes(tokens: readonly (Uint8Array | undefined)[]): LinkedNodes {
  const most = tokens.reduce((sum, token) => sum + (token?.length ?? 0), 1);
  const firstChild = new Int32Array(most);
  const nextSibling = new Int32Array(most);
  const byteOf = new Uint8Array(most);
  const idOf = new Int32Array(most).fill(-1);
  const edges = new Int32Array(powerOfTwoFrom(most * 2));
  const parentOf = new Int32Array(most);
  let size = 1;

  tokens.forEach((token, id) => {
    let node = 0;
    for (const byte of token ?? []) {
      let slot = mix(Math.imul(node, 0x9e3779b1) + byte) & (edges.length - 1);
      let child = edges[slot]!;
      while (child !== 0 && (parentOf[child] !== node || byteOf[child] !== byte)) {
        slot = (slot + 1) & (edges.length - 1);
        child = edges[slot]!;
      }
      if (child === 0) {
        child = edges[slot] = size++;
        parentOf[child] = node;
        byteOf[child] = byte;
        nextSibling[child] = firstChild[node]!;
        firstChild[node] = child;
      }
      node = child;
    }
    if (token !== undefined) idOf[node] = id;
  });
  return { firstChild, nextSibling, byteOf, idOf, size };
}

/** Gives out bases, the lowest that fit. */
class Space {
  end = 0;
  private readonly isTaken: Uint8Array;
  private readonly isBase: Uint8Array;
  /** By number of children, the lowest base worth trying: all below were, for as many children. */
  private readonly lowest = new Int32Array(258);

  constructor(size: number) {
    this.isTaken = new Uint8Array(size + 512);
    this.isBase = new Uint8Array(size + 512);
  }

  /** A base nobody has, whose children's cells are free, and its own if it needs one; takes them. */
  place(bytes: readonly number[], needsOwn: boolean): number {
    let base = this.lowest[bytes.length]!;
    while (!this.fits(base, bytes, needsOwn)) base++;
    this.lowest[bytes.length] = base;
    this.isBase[base] = 1;
    if (needsOwn) this.isTaken[base] = 1;
    for (const byte of bytes) this.isTaken[base + 1 + byte] = 1;
    this.end = Math.max(this.end, base);
    return base;
  }

  private fits(base: number, bytes: readonly number[], needsOwn: boolean): boolean {
    if (this.isBase[base] !== 0 || (needsOwn && this.isTaken[base] !== 0)) return false;
    for (const byte of bytes) if (this.isTaken[base + 1 + byte] !== 0) return false;
    return true;
  }
}
