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
export const BARE = 1 << 8;
export const TOKEN = 2 << 8;
export const LEAF = 3 << 8;
export const KIND = 3 << 8;
export const PAYLOAD = 10;

interface Node {
  readonly byte: number;
  id: number;
  readonly children: Map<number, Node>;
}

/** Builds the trie; nodes are laid out breadth first, so that the ends that all walks share lie together. */
export function buildTrie(tokens: readonly (Uint8Array | undefined)[]): Int32Array {
  const root: Node = { byte: 0, id: -1, children: new Map() };
  let nodes = 0;
  tokens.forEach((token, id) => {
    if (token === undefined) return;
    let node = root;
    for (const byte of token) {
      let child = node.children.get(byte);
      if (child === undefined) {
        child = { byte, id: -1, children: new Map() };
        node.children.set(byte, child);
        nodes++;
      }
      node = child;
    }
    node.id = id;
  });

  const space = new Space(powerOfTwoFrom(nodes * 2));
  const queue: [node: Node, cell: number][] = [[root, -1]];
  for (const [node, cell] of queue) {
    const bytes = [...node.children.keys()].toSorted((a, b) => a - b);
    if (bytes.length === 0) {
      space.cells[cell] = (node.id << PAYLOAD) | LEAF | node.byte;
      continue;
    }
    const isToken = node.id >= 0;
    const base = space.place(bytes, isToken);
    if (isToken) space.cells[base] = node.id << PAYLOAD;
    if (cell >= 0) space.cells[cell] = (base << PAYLOAD) | (isToken ? TOKEN : BARE) | node.byte;
    for (const byte of bytes) queue.push([node.children.get(byte)!, base + 1 + byte]);
  }
  return space.cells.slice(0, space.end + 257);
}

/** Gives out bases: first fit, among cells still free. */
class Space {
  readonly cells: Int32Array;
  end = 0;
  private readonly isTaken: Uint8Array;
  private readonly isBase: Uint8Array;
  private firstFree = 1;

  constructor(size: number) {
    this.cells = new Int32Array(size + 512);
    this.isTaken = new Uint8Array(size + 512);
    this.isBase = new Uint8Array(size + 512);
  }

  /** A base nobody has, whose children's cells are free, and its own if it needs one; takes them. */
  place(bytes: readonly number[], needsOwn: boolean): number {
    while (this.isTaken[this.firstFree] !== 0) this.firstFree++;
    let base = Math.max(0, this.firstFree - 1 - bytes[0]!);
    while (!this.fits(base, bytes, needsOwn)) base++;
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
