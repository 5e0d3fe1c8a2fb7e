import { formatOf } from '../output.ts';
import { type ChangeKind, inBoth } from '../kind.ts';
import { example } from './example.ts';
import { TRIAGE } from './output-example.ts';

export const outputSchemaAdded: ChangeKind = {
  kind: 'output-schema-added',
  category: 'IO',
  level: 'major',
  severity: 'breaking',
  summary: 'JSON answers follow a schema now',
  reason: 'Readers took whatever JSON came; now the answer has one shape, which need not be the one they knew.',
  examples: [
    example(
      'from free JSON',
      'responseFormat: json_object',
      `responseFormat: json_schema\njsonSchema: { name: triage, strict: true, schema: ${TRIAGE} }`,
    ),
  ],
  detect: inBoth(({ old, new: now }) => {
    const before = old.json.responseFormat;
    const after = now.json.responseFormat;
    return formatOf(before) !== 'text' && before?.schema === undefined && after?.schema !== undefined
      ? [{ path: '/output', message: 'answers follow a schema now', new: after.schema }]
      : [];
  }),
};
