import { type ChangeKind, inBoth } from '../kind.ts';
import { judgeOutput, wideningFound } from '../output.ts';
import { outputExample } from './output-example.ts';

export const outputWidened: ChangeKind = {
  kind: 'output-widened',
  category: 'IO',
  level: 'major',
  severity: 'breaking',
  summary: 'answers may be what readers refuse',
  reason: 'The new schema allows an answer that the old one rejects: the report prints one.',
  examples: [
    outputExample(
      'a member may be null',
      '{ type: object, additionalProperties: false, required: [score], properties: { score: { type: number } } }',
      '{ type: object, additionalProperties: false, required: [score], properties: { score: { type: [number, "null"] } } }',
    ),
  ],
  detect: inBoth((pair) => {
    const verdict = judgeOutput(pair);
    return verdict ? wideningFound(verdict, '/output', 'an answer') : [];
  }),
};
