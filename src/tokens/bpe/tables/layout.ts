/*
 * Numbers of the tables and caches that the hot path reads. A file of numbers alone: esbuild writes them out where
 * they are used, while V8 builds no variable of a module into its code, and a shift or a mask would cost a load and a check each time.
 */

/** Longest token that the piece table holds: three words. Nearly all of English and code is shorter. */
export const LONGEST_INLINE = 12;
/** Words of a slot of the piece table, and of a line of the processor's cache, which is a bucket of slots. */
export const SLOT_WORDS = 4;
export const BUCKET_WORDS = 16;
/** A slot's last word is length << LENGTH_SHIFT | id, or a count in place of the id. */
export const LENGTH_SHIFT = 24;
export const ID_MASK = 0xffffff;

/** Slots for the short pieces counted lately: room for a text's common ones, and few beside the processor's second cache. */
export const RECENT_BITS = 14;

/** Kinds of cells of the trie, by two of their bits, and where their payload starts. See trie.ts */
export const BARE = 0x100;
export const TOKEN = 0x200;
export const LEAF = 0x300;
export const KIND = 0x300;
export const PAYLOAD = 10;

/** Ids below are single bytes; the build checks that they are and that no other id is. */
export const BYTES = 256;
/** Pairs of tokens that are remembered as neighbours. */
export const SEEN_BITS = 14;

/** Longest piece whose count is kept; longer ones are rare, and matched anew each time. */
export const LONGEST_KEPT = 255;
/** The cache of counts: sets of so many slots, a hash and a place each; and the ring that the places are in. */
export const WAYS = 4;
export const SET_WORDS = 8;
export const SET_BITS = 14;
export const RING_WORDS = 0x80000;
export const RING_MASK = 0x7ffff;
/** Places count up for as long as the process runs; long before they leave 32 bits, all is forgotten. */
export const LAST_PLACE = 0x40000000;
