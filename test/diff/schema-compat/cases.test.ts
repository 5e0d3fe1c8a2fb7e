import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compareSchemas } from '../../../src/diff/schema-compat/index.ts';
import { chapters } from './cases.ts';
import { docsWithTables } from './docs-tables.ts';
import { judge } from './soundness.ts';

for (const { title, cases } of chapters) {
  describe(title, () => {
    it.each(cases)('$role: $change', (decided) => {
      const { role, old, new: next, verdict, witness } = decided;
      const comparison = compareSchemas(decided);
      expect(comparison).toMatchObject({ verdict });
      if (witness !== undefined) expect(comparison.witness).toEqual(witness);
      if (verdict !== 'compatible') expect(comparison.reasons).not.toEqual([]);
      if (verdict !== 'breaking') return;
      const [written, expected] = role === 'input' ? [old, next] : [next, old];
      expect(judge(written)(comparison.witness)).toBe(true);
      expect(judge(expected)(comparison.witness)).toBe(false);
    });
  });
}

describe('docs/schema-compatibility.md', () => {
  it('shows the cases as they are (npm run generate writes them)', () => {
    const page = readFileSync(new URL('../../../docs/schema-compatibility.md', import.meta.url), 'utf8');
    expect(docsWithTables(page)).toBe(page);
  });
});
