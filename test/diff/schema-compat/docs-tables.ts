import { compareSchemas } from '../../../src/diff/schema-compat/index.ts';
import { chapters, type Case } from './cases.ts';

const begin = '<!-- decided cases: begin (written by `npm run generate`) -->';
const end = '<!-- decided cases: end -->';

/** The page with its tables of decided cases written anew between the markers. */
export function docsWithTables(page: string): string {
  const tables = chapters.map(({ title, cases }) => `### ${title}\n\n${table(cases)}\n`).join('\n');
  const from = page.indexOf(begin) + begin.length;
  return `${page.slice(0, from)}\n\n${tables}\n${page.slice(page.indexOf(end))}`;
}

function table(cases: readonly Case[]): string {
  const rows = cases.map((decided) => {
    const { change, role, mode = 'tolerant', old, new: next, verdict } = decided;
    const { witness, reasons } = compareSchemas({ old, new: next, role, mode });
    const why =
      verdict === 'breaking' ? code(witness) : verdict === 'compatible' ? '' : escape(reasons[0]?.message ?? '');
    return `| ${role}${mode === 'strict' ? ', strict' : ''} | ${escape(change)} | ${code(old)} | ${code(next)} | ${verdict} | ${why} |`;
  });
  return [
    '| role | change | old | new | verdict | witness or reason |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

function code(value: unknown): string {
  return `\`${escape(JSON.stringify(value))}\``;
}

function escape(text: string): string {
  return text.replaceAll('|', '\\|');
}
