import { formatOf } from '../output.ts';
import { type ChangeKind, inBoth } from '../kind.ts';
import { example } from './example.ts';

export const outputFormatChanged: ChangeKind = {
  kind: 'output-format-changed',
  category: 'IO',
  level: 'major',
  severity: 'breaking',
  summary: 'answers come in another format',
  reason: 'Code that reads the answers expects the old one.',
  examples: [example('from text to JSON', '', 'responseFormat: json_object')],
  detect: inBoth(({ old, new: now }) => {
    const before = formatOf(old.json.responseFormat);
    const after = formatOf(now.json.responseFormat);
    const hasSchema = (side: typeof old): boolean => side.json.responseFormat?.schema !== undefined;
    if (before === after || (before !== 'text' && after !== 'text' && hasSchema(old) !== hasSchema(now))) return [];
    return [{ path: '/output', message: `answers are ${after}, not ${before}`, old: before, new: after }];
  }),
};
