import { canonicalJson } from '../model/index.ts';
import type { PromptJson } from '../runtime/index.ts';
import { normalForm } from './normal-form.ts';

/** Names the algorithm, so that a newer promptctl can still verify an older digest. */
const ALGORITHM = 'sha256/1:';

/** Digest of a value: SHA-256 over its canonical JSON in UTF-8, as `sha256/1:` and 64 hex digits. */
export function digestOf(value: unknown): string {
  return ALGORITHM + sha256(canonicalJson(value));
}

/**
 * Digest of what a prompt is: everything that some change kind can see. Its own digests, its version and its token counts
 * are left out: they follow from it.
 */
export function contentDigest(prompt: PromptJson): string {
  return digestOf(normalForm(prompt));
}

/** 16 hex digits for the fences of a render that must repeat: they follow from the prompt's content and the values. */
export function repeatableNonce(digest: string, values: unknown): string {
  return sha256(`${digest}\n${canonicalJson(values)}`).slice(0, 16);
}

function sha256(text: string): string {
  return process.getBuiltinModule('node:crypto').createHash('sha256').update(text).digest('hex');
}
