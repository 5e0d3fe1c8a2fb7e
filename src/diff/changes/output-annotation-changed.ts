import { type ChangeKind, inBoth } from '../kind.ts';
import { judgeOutput } from '../output.ts';
import { outputExample, TRIAGE } from './output-example.ts';

export const outputAnnotationChanged: ChangeKind = {
  kind: 'output-annotation-changed',
  category: 'BEHAVIOR',
  level: 'patch',
  severity: 'safe',
  summary: 'the output schema says the same in other words, or in another order',
  reason: 'Providers show the schema to the model: its descriptions and the order of its members are text to it.',
  examples: [
    outputExample(
      'a description',
      TRIAGE,
      TRIAGE.replace('type: string,', 'type: string, description: Where it goes,'),
    ),
    outputExample(
      'another order',
      '{ type: object, properties: { queue: { type: string }, urgency: { type: string } } }',
      '{ type: object, properties: { urgency: { type: string }, queue: { type: string } } }',
    ),
  ],
  detect: inBoth((pair) => {
    const verdict = judgeOutput(pair);
    return verdict?.verdict === 'compatible' && verdict.isSame && !verdict.isUnchanged
      ? [
          {
            path: '/output',
            message: 'the output schema says the same in other words, or in another order',
            old: pair.old.json.responseFormat?.schema,
            new: pair.new.json.responseFormat?.schema,
          },
        ]
      : [];
  }),
};
