/*
 * A step says which state follows a symbol in a state, and which pieces end. The states are rows of
 * a table, and the lowest bits are where pieces end: before this character; and before that, but less
 * often, at the mark, before the last character, before the last two bytes. SET_MARK sets the mark to
 * before this character.
 *
 * A file of numbers alone: esbuild writes them out where they are used, and V8 does not build variables of a module into
 * its code.
 */
export const CUT = 1;
export const CUT_AT_MARK = 2;
export const CUT_BEFORE_LAST = 4;
export const CUT_BEFORE_TWO = 8;
export const SET_MARK = 16;
/** Bits of a step that are uncommon, and of one that are the state. */
export const UNCOMMON: number = CUT_AT_MARK | CUT_BEFORE_LAST | CUT_BEFORE_TWO | SET_MARK;
export const STATE = -128;

/** Nothing has been read of a piece. */
export const START = 0;
/** The symbol of what stands after a text's last character. */
export const END = 127;
