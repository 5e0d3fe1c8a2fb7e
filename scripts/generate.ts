import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleVectors } from './bundle-vectors.ts';
import { withRealOutput } from './console-blocks.ts';
import { commands } from '../src/cli/commands/index.ts';
import { schemas, schemaText } from '../src/cli/commands/schema.ts';
import { programFor } from '../src/cli/program.ts';
import { changeKinds } from '../src/diff/index.ts';
import { rules } from '../src/lint/index.ts';
import { changePage, changesIndex } from '../src/report/change-page.ts';
import { rulePage } from '../src/report/rule-page.ts';
import { docsWithTables } from '../test/diff/schema-compat/docs-tables.ts';

/** Writes the reference pages and the schemas from the code. With --check it writes nothing and fails on a difference. */

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const isCheck = process.argv.includes('--check');

const pages = new Map<string, string>();
for (const [kind, schema] of Object.entries(schemas)) pages.set(`schema/${kind}.schema.json`, schemaText(kind, schema));
for (const rule of rules) pages.set(`docs/rules/${rule.id}.md`, rulePage(rule));
pages.set('docs/rules/README.md', rulesIndex());
for (const kind of changeKinds) pages.set(`docs/changes/${kind.kind}.md`, changePage(kind));
pages.set('docs/changes/README.md', changesIndex(changeKinds));
pages.set('docs/cli.md', await cliPage());
pages.set('docs/bundle-vectors.json', `${JSON.stringify(bundleVectors(), undefined, 1)}\n`);

pages.set('docs/schema-compatibility.md', docsWithTables(readFileSync('docs/schema-compatibility.md', 'utf8')));
for (const page of ['README.md', ...handWritten()]) pages.set(page, withRealOutput(readFileSync(page, 'utf8')));

const generatedFolders = ['docs/rules', 'docs/changes', 'schema'];
const known = new Set(pages.keys());
const strays = generatedFolders.flatMap((folder) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).replaceAll('\\', '/'))
        .filter((path) => !known.has(path))
    : [],
);
const stale = [...pages]
  .filter(([path, text]) => !existsSync(path) || readFileSync(path, 'utf8') !== text)
  .map(([path]) => path);

if (isCheck) {
  for (const path of [...stale, ...strays]) console.error(`${path} is stale: run \`npm run generate\``);
  process.exitCode = stale.length + strays.length > 0 ? 1 : 0;
} else {
  for (const path of strays) rmSync(path);
  for (const path of stale) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, pages.get(path)!);
  }
  console.log(`${pages.size} generated files, ${stale.length} written, ${strays.length} removed`);
}

/** Pages with output that is run again; their words are written by hand. */
function handWritten(): string[] {
  return readdirSync('docs')
    .filter((name) => name.endsWith('.md') && !pages.has(`docs/${name}`))
    .map((name) => `docs/${name}`)
    .filter((path) => readFileSync(path, 'utf8').includes('```console\n'));
}

function rulesIndex(): string {
  const rows = rules.map(
    ({ id, severity, preset, fixable, summary }) =>
      `| [${id}](${id}.md) | ${severity} | ${preset} | ${fixable ?? ''} | ${summary} |`,
  );
  return `# Lint rules\n\nWritten from the code by \`npm run generate\`.\n\n| rule | severity | preset | fix | what it finds |\n| --- | --- | --- | --- | --- |\n${rows.join('\n')}\n`;
}

async function cliPage(): Promise<string> {
  const sections: string[] = [];
  for (const entry of commands) {
    const { command } = await entry.load();
    const program = programFor(entry, command, () => {}).configureHelp({ helpWidth: 100 });
    const sub = program.commands.find((candidate) => candidate.name() === entry.name)!;
    sub.configureHelp({ helpWidth: 100 });
    let help = '';
    sub.configureOutput({
      writeOut: (text) => {
        help += text;
      },
    });
    sub.outputHelp();
    sections.push(`## promptctl ${entry.name}\n\n\`\`\`text\n${help.trimEnd()}\n\`\`\``);
  }
  return `# The command line\n\nWritten from the code by \`npm run generate\`.\n\n${sections.join('\n\n')}\n`;
}
