import { Buffer } from 'node:buffer';
import { changesOfKind, entropy } from './randomness.ts';

export interface FoundBlob {
  readonly encoding: 'base64' | 'hexadecimal';
  /** What it says, where that is text. */
  readonly says: string | undefined;
  readonly start: number;
  readonly end: number;
}

const RUN = /[A-Za-z0-9+/=_-]{40,}/g;
/** Bytes without a meaning that a reader could check are told from this length on; a SHA-512 in hexadecimal has 128 characters. */
const LONG = 160;
/** What says of itself that it is data is told from here on. */
const LONG_DATA = 80;
/** Bytes one by one: `54 68 65`, `\x54\x68`. */
const PAIRS = /(?:\b[\da-f]{2}[ :]){15,}[\da-f]{2}\b|(?:\\x[\da-f]{2}){12,}/gi;

/** Runs of base64 or hexadecimal that decode to a sentence, or are too long to be a digest or an identifier. */
export function findBlobs(text: string): readonly FoundBlob[] {
  return [...pairsIn(text), ...runsIn(text)];
}

function pairsIn(text: string): readonly FoundBlob[] {
  return [...text.matchAll(PAIRS)].flatMap(({ 0: run, index }): FoundBlob[] => {
    const says = textOf(Buffer.from(run.replaceAll(/[ :]|\\x/gi, ''), 'hex'));
    return says === undefined ? [] : [{ encoding: 'hexadecimal', says, start: index, end: index + run.length }];
  });
}

function runsIn(text: string): readonly FoundBlob[] {
  return [...text.matchAll(RUN)].flatMap((match): FoundBlob[] => {
    const run = match[0].replace(/^0x(?=[\da-f]+$)/i, '');
    const start = match.index + match[0].length - run.length;
    if (isPartOfAddress(text, match.index)) return [];
    const encoding = /^[0-9a-f]+$/i.test(run) ? 'hexadecimal' : 'base64';
    if (encoding === 'base64' && !(/[a-z]/.test(run) && /[A-Z]/.test(run) && changesOfKind(run) >= run.length / 10))
      return [];
    const says = textOf(Buffer.from(run, encoding === 'base64' ? 'base64' : 'hex'));
    if (
      says === undefined &&
      (run.length < (isData(text, match.index) ? LONG_DATA : LONG) ||
        entropy(run) < (encoding === 'base64' ? 4.5 : 3.2))
    )
      return [];
    return [{ encoding, says, start, end: start + run.length }];
  });
}

/** The bytes as text, where they are UTF-8 words with blanks between them. */
function textOf(bytes: Buffer): string | undefined {
  const text = bytes.toString('utf8');
  const letters = text.match(/[\p{L}\p{N}\p{P}\p{S}\s]/gu)?.length ?? 0;
  return text.includes('\ufffd') || letters < text.length * 0.95 || !/\S\s+\S/.test(text) ? undefined : text;
}

function isData(text: string, at: number): boolean {
  return text.slice(Math.max(0, at - 7), at).toLowerCase() === 'base64,';
}

/** Addresses and paths have long runs of their own; the data of a medium is no text to the model. */
function isPartOfAddress(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 200), at);
  const word = /\S*$/.exec(before)![0];
  return /:\/\/|^www\.|^url=["']data:|sha\d+[-:]|[./~]$/i.test(word);
}
