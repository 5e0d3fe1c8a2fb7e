import { readFileSync } from 'node:fs';
import { type Bundle, loadBundle } from './load.ts';
import { PromptError } from './errors.ts';

/**
 * Reads a bundle from disk, once, synchronously: load it as the application starts.
 *
 * @throws PromptError `bundle-invalid` where the file is missing or no bundle, `bundle-version` where a newer promptctl made it.
 */
export function loadBundleFile<
  Prompts extends { [K in keyof Prompts]: { variables: unknown; output: unknown } } = {
    [id: string]: { variables: Readonly<Record<string, unknown>>; output: unknown };
  },
>(path: string | URL): Bundle<Prompts> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const why =
      code === 'ENOENT' ? 'is not there: run `promptctl compile`' : `can't be read (${code ?? String(cause)})`;
    throw new PromptError('bundle-invalid', `The bundle ${String(path)} ${why}`);
  }
  try {
    return loadBundle<Prompts>(text);
  } catch (error) {
    if (!(error instanceof PromptError)) throw error;
    throw new PromptError(error.code, `${String(path)}: ${error.message}`, error.problems);
  }
}
