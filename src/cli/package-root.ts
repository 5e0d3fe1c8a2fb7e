import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A folder that the package ships, found from wherever this code runs: a chunk of the build, or the source. */
export function packageFolder(name: 'templates' | 'schema'): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json')) && existsSync(join(folder, name))) return join(folder, name);
    if (dirname(folder) === folder) throw new Error(`The package has lost its ${name} folder`);
  }
}
