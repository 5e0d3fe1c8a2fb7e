import { type ChangeKind, inBoth } from '../kind.ts';
import { judgeOutput, spoken, valuesText } from '../output.ts';
import { outputExample, TRIAGE } from './output-example.ts';

export const outputNarrowed: ChangeKind = {
  kind: 'output-narrowed',
  category: 'IO',
  level: 'minor',
  severity: 'safe',
  summary: 'answers can be fewer things',
  reason: 'Every answer of the new schema was possible before: that is proven. Some values never come any more.',
  examples: [outputExample('a queue less', TRIAGE, TRIAGE.replace('[bugs, invoices]', '[bugs]'))],
  detect: inBoth((pair) => {
    const verdict = judgeOutput(pair);
    if (verdict?.verdict !== 'compatible' || verdict.isSame) return [];
    const { added, removed, enumRemoved } = verdict.facts;
    const fewer = enumRemoved.map(({ path, values }) => ({
      path: `/output${path}`,
      message: `${spoken(path)} is never ${valuesText(values)} any more`,
      old: values,
    }));
    if (fewer.length > 0 || added.length > 0 || removed.length > 0) return fewer;
    return [{ path: '/output', message: 'answers can be fewer things; all of them were possible before' }];
  }),
};
