import { type ChangeKind, inBoth } from '../kind.ts';
import { judgeOutput, spoken, valuesText, witnessFor } from '../output.ts';
import { outputExample, TRIAGE } from './output-example.ts';

export const outputEnumValueAdded: ChangeKind = {
  kind: 'output-enum-value-added',
  category: 'IO',
  level: 'major',
  severity: 'breaking',
  summary: 'a member of the answer has a new value',
  reason: 'Code that tells the values apart has no branch for it.',
  examples: [outputExample('a new queue', TRIAGE, TRIAGE.replace('[bugs, invoices]', '[bugs, invoices, questions]'))],
  detect: inBoth((pair) => {
    const verdict = judgeOutput(pair);
    if (verdict?.verdict === 'compatible') return [];
    return (verdict?.facts.enumAdded ?? []).map(({ path, values }) => ({
      path: `/output${path}`,
      message: `${spoken(path)} may be ${valuesText(values)} now, which the old schema rejects`,
      new: values,
      ...witnessFor(verdict!, 'enum', path),
    }));
  }),
};
