import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A folder beside the repository that holds data which is not committed; undefined, said once, where it is absent. */
export function sharedFolder(name: string): string | undefined {
  const folder = fileURLToPath(new URL(`../../../shared/${name}`, import.meta.url));
  if (existsSync(folder)) return folder;
  console.log(`skipped: there is no ../shared/${name} beside this repository`);
  return undefined;
}
