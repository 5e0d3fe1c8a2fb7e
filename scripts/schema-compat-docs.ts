import { readFileSync, writeFileSync } from 'node:fs';
import { docsWithTables } from '../test/diff/schema-compat/docs-tables.ts';

const page = new URL('../docs/schema-compatibility.md', import.meta.url);
writeFileSync(page, docsWithTables(readFileSync(page, 'utf8')));
