import { formatOf } from '../output.ts';
import { type ChangeKind, inBoth } from '../kind.ts';
import { example } from './example.ts';
import { TRIAGE } from './output-example.ts';

export const outputSchemaRemoved: ChangeKind = {
  kind: 'output-schema-removed',
  category: 'IO',
  level: 'major',
  severity: 'breaking',
  summary: 'JSON answers follow no schema any more',
  reason: 'Readers relied on its shape.',
  examples: [
    example(
      'free JSON',
      `responseFormat: json_schema\njsonSchema: { name: triage, strict: true, schema: ${TRIAGE} }`,
      'responseFormat: json_object',
    ),
  ],
  detect: inBoth(({ old, new: now }) => {
    const before = old.json.responseFormat;
    const after = now.json.responseFormat;
    return before?.schema !== undefined && formatOf(after) !== 'text' && after?.schema === undefined
      ? [{ path: '/output', message: 'answers follow no schema any more', old: before.schema }]
      : [];
  }),
};
