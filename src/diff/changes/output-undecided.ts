import { type ChangeKind, inBoth } from '../kind.ts';
import { judgeOutput } from '../output.ts';
import { outputExample } from './output-example.ts';

export const outputUndecided: ChangeKind = {
  kind: 'output-undecided',
  category: 'IO',
  level: 'major',
  severity: 'dangerous',
  summary: 'whether readers can still read every answer could not be decided',
  reason:
    'There is neither a proof nor an answer that shows the contrary, so it counts as `compat.unknown` says; an invalid schema is always major.',
  examples: [
    outputExample(
      'from a pattern to a format',
      '{ type: object, required: [ticket], properties: { ticket: { type: string, pattern: "@.+[.]" } } }',
      '{ type: object, required: [ticket], properties: { ticket: { type: string, format: email } } }',
    ),
  ],
  detect: inBoth((pair) => {
    const verdict = judgeOutput(pair);
    if (verdict?.verdict !== 'unknown' && verdict?.verdict !== 'invalid') return [];
    const isInvalid = verdict.verdict === 'invalid';
    return [
      {
        path: '/output',
        message: isInvalid
          ? `the output schemas can't be compared: ${verdict.why}`
          : `whether readers can still read every answer could not be decided: ${verdict.why}`,
        level: isInvalid ? 'major' : pair.compat.unknown,
        old: pair.old.json.responseFormat?.schema,
        new: pair.new.json.responseFormat?.schema,
      },
    ];
  }),
};
