import { type ChangeKind, inBoth } from '../kind.ts';
import { judgeOutput, spoken, witnessFor } from '../output.ts';
import { outputExample, TRIAGE } from './output-example.ts';

export const outputPropertyRemoved: ChangeKind = {
  kind: 'output-property-removed',
  category: 'IO',
  level: 'major',
  severity: 'breaking',
  summary: 'a member of the answer is gone',
  reason: 'Code that reads it finds nothing. Where it was required, an answer that the old schema rejects proves it.',
  examples: [
    outputExample(
      'a required member',
      '{ type: object, additionalProperties: false, required: [queue, urgency], properties: { queue: { type: string, enum: [bugs, invoices] }, urgency: { type: string } } }',
      TRIAGE,
    ),
  ],
  detect: inBoth((pair) => {
    const verdict = judgeOutput(pair);
    return (verdict?.facts.removed ?? []).map(({ path, required }) => ({
      path: `/output${path}`,
      message: `the member ${spoken(path)} is gone${required ? '' : '; it was optional, but readers of it find nothing'}`,
      old: path,
      ...(required ? {} : { severity: 'dangerous' as const }),
      ...witnessFor(verdict!, 'removed', path),
    }));
  }),
};
