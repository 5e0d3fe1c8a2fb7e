import { type ChangeKind, inBoth } from '../kind.ts';
import { judgeOutput, spoken } from '../output.ts';
import { outputExample, TRIAGE } from './output-example.ts';

export const outputPropertyAdded: ChangeKind = {
  kind: 'output-property-added',
  category: 'IO',
  level: 'minor',
  severity: 'safe',
  summary: 'the answer has a new member',
  reason:
    'Readers that let unknown members pass, the default, read it as before. Under `compat.output: strict` it is also output-widened.',
  examples: [
    outputExample(
      'a new member',
      TRIAGE,
      '{ type: object, additionalProperties: false, required: [queue, urgency], properties: { queue: { type: string, enum: [bugs, invoices] }, urgency: { type: string } } }',
    ),
  ],
  detect: inBoth((pair) =>
    (judgeOutput(pair)?.facts.added ?? []).map(({ path, required }) => ({
      path: `/output${path}`,
      message: `the answer ${required ? 'has' : 'may have'} a new member ${spoken(path)}`,
      new: path,
    })),
  ),
};
