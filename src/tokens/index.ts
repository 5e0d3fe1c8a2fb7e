export { ENCODINGS, type Encoding, countTokens, decode, encode, isEncoding } from './bpe/index.ts';
