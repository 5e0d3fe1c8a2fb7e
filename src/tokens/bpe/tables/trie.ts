import { mix } from './hash.ts';
import { BARE, LEAF, PAYLOAD, TOKEN } from './layout.ts';
import { powerOfTwoFrom } from './piece-table.ts';
import type { TokenBytes } from './token-bytes.ts';

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

/** Builds the trie of all tokens. */
export function buildTrie(tokens: TokenBytes): Int32Array {
  const { parentOf, byteOf, idOf, size } = linkNodes(tokens);
  const { starts, children, bytes } = listChildren(parentOf, byteOf, size);
  const space = new Space(size * 2);
  const cellOf = new Int32Array(size);
  const baseOf = new Int32Array(size);
  for (const node of crowdedFirst(starts, size)) {
    const from = starts[node]!;
    const to = starts[node + 1]!;
    const base = space.place(bytes.subarray(from, to), idOf[node]! >= 0);
    baseOf[node] = base;
    for (let index = from; index < to; index++) cellOf[children[index]!] = base + 1 + bytes[index]!;
  }

  const cells = new Int32Array(space.end + 257);
  for (let node = 1; node < size; node++) {
    const isToken = idOf[node]! >= 0;
    const isLeaf = starts[node] === starts[node + 1];
    const payload = isLeaf ? idOf[node]! : baseOf[node]!;
    cells[cellOf[node]!] = (payload << PAYLOAD) | (isLeaf ? LEAF : isToken ? TOKEN : BARE) | byteOf[node]!;
    if (isToken && !isLeaf) cells[baseOf[node]!] = idOf[node]! << PAYLOAD;
  }
  return cells;
}

/** The trie's nodes, numbered as the tokens first need them; 0 is the root. */
interface Nodes {
  readonly parentOf: Int32Array;
  readonly byteOf: Uint8Array;
  /** -1 where no token ends */
  readonly idOf: Int32Array;
  readonly size: number;
}

function linkNodes({ bytes, ends }: TokenBytes): Nodes {
  const most = bytes.length + 1;
  const parentOf = new Int32Array(most);
  const byteOf = new Uint8Array(most);
  const idOf = new Int32Array(most).fill(-1);
  const nodeByEdge = new Int32Array(powerOfTwoFrom(most * 1.5));
  let size = 1;
  for (let id = 0, at = 0; id < ends.length; id++) {
    if (at === ends[id]) continue;
    let node = 0;
    for (; at < ends[id]!; at++) {
      const byte = bytes[at]!;
      let slot = (mix(Math.imul(node, 0x9e3779b1) + byte) >>> 7) & (nodeByEdge.length - 1);
      let child = nodeByEdge[slot]!;
      while (child !== 0 && (parentOf[child] !== node || byteOf[child] !== byte)) {
        slot = (slot + 1) & (nodeByEdge.length - 1);
        child = nodeByEdge[slot]!;
      }
      if (child === 0) {
        child = nodeByEdge[slot] = size++;
        parentOf[child] = node;
        byteOf[child] = byte;
      }
      node = child;
    }
    idOf[node] = id;
  }
  return { parentOf, byteOf, idOf, size };
}

/** Children of all nodes in a row, each node's by byte; those of `node` are at starts[node] to starts[node + 1]. */
function listChildren(
  parentOf: Int32Array,
  byteOf: Uint8Array,
  size: number,
): { readonly starts: Int32Array; readonly children: Int32Array; readonly bytes: Uint8Array } {
  const starts = new Int32Array(size + 1);
  for (let node = 1; node < size; node++) starts[parentOf[node]! + 1]!++;
  for (let node = 0; node < size; node++) starts[node + 1]! += starts[node]!;
  const next = starts.slice();
  const children = new Int32Array(size);
  const bytes = new Uint8Array(size);
  const byByte = sortedBy(byteOf, size);
  for (let index = 0; index < size; index++) {
    const node = byByte[index]!;
    if (node === 0) continue;
    const place = next[parentOf[node]!]!++;
    children[place] = node;
    bytes[place] = byteOf[node]!;
  }
  return { starts, children, bytes };
}

/** The root, then the nodes with the most children: those with one fill the holes that the crowded leave. */
function crowdedFirst(starts: Int32Array, size: number): Int32Array {
  const keys = new Uint16Array(size);
  let parents = 0;
  for (let node = 0; node < size; node++) {
    const children = starts[node + 1]! - starts[node]!;
    if (children > 0) parents++;
    keys[node] = node === 0 ? 0 : 256 - children;
  }
  return sortedBy(keys, size).subarray(0, parents);
}

/** Nodes by a key from 0 to 256, of equals the first first. */
function sortedBy(keys: Uint8Array | Uint16Array, size: number): Int32Array {
  const places = new Int32Array(258);
  for (let node = 0; node < size; node++) places[keys[node]! + 1]!++;
  for (let key = 0; key < 257; key++) places[key + 1]! += places[key]!;
  const order = new Int32Array(size);
  for (let node = 0; node < size; node++) order[places[keys[node]!]!++] = node;
  return order;
}

/** Gives out bases. */
class Space {
  end = 0;
  private readonly isTaken: Uint8Array;
  private readonly isBase: Uint8Array;
  /** The next base to try for a node with one child, which may be any free cell, and for one with more. */
  private next = { single: 0, crowded: 0 };

  constructor(size: number) {
    this.isTaken = new Uint8Array(size + 512);
    this.isBase = new Uint8Array(size + 512);
  }

  /** A base nobody has, whose children's cells are free, and its own if it needs one; takes them. */
  place(bytes: Uint8Array, needsOwn: boolean): number {
    const kind = bytes.length === 1 ? 'single' : 'crowded';
    let base = this.next[kind];
    while (!this.isFree(base, bytes, needsOwn)) base++;
    this.next[kind] = base;
    this.isBase[base] = 1;
    if (needsOwn) this.isTaken[base] = 1;
    for (let index = 0; index < bytes.length; index++) this.isTaken[base + 1 + bytes[index]!] = 1;
    this.end = Math.max(this.end, base);
    return base;
  }

  private isFree(base: number, bytes: Uint8Array, needsOwn: boolean): boolean {
    if (this.isBase[base] !== 0 || (needsOwn && this.isTaken[base] !== 0)) return false;
    for (let index = 0; index < bytes.length; index++) {
      if (this.isTaken[base + 1 + bytes[index]!] !== 0) return false;
    }
    return true;
  }
}
