import { PromptctlError } from '../model/index.ts';

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the disk is read-only',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOTDIR: 'a file stands where a folder should be',
  EISDIR: 'it is a folder',
};

/** A failed write as the user meets it; what is not the disk's doing is thrown as it came. */
export function diskError(error: unknown, path: string, hint?: string): unknown {
  const code = errorCode(error);
  if (code === undefined) return error;
  return new PromptctlError('unreadable', `${path} could not be written: ${REASONS[code] ?? code}`, {
    hint,
    cause: error,
  });
}

export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
