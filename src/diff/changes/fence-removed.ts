import { exposuresOf } from '../../compile/index.ts';
import { type ChangeKind, inBoth } from '../kind.ts';
import { example } from './example.ts';

const IN_TEXT = 'messages:\n  - { role: user, content: "Ticket: {{ticket}}" }';

export const fenceRemoved: ChangeKind = {
  kind: 'fence-removed',
  category: 'CONTRACT',
  level: 'major',
  severity: 'breaking',
  security: true,
  summary: 'text by others stands in other text without its fence',
  reason: 'The model can no longer tell where the data ends and the instructions go on.',
  examples: [
    example(
      'fence: none',
      `variables:\n  ticket: { type: string, trust: user }\n${IN_TEXT}`,
      `variables:\n  ticket: { type: string, trust: user, fence: none }\n${IN_TEXT}`,
    ),
  ],
  detect: inBoth(({ old, new: now }) => {
    const before = exposuresOf(old.json);
    const lost = exposuresOf(now.json).filter(
      ({ variable, place }) =>
        place === 'open' &&
        before.some((exposure) => exposure.variable === variable) &&
        !before.some((exposure) => exposure.variable === variable && exposure.place === 'open'),
    );
    return [...new Set(lost.map(({ variable }) => variable))].map((variable) => ({
      path: `/variables/${variable}/fence`,
      message: `\`${variable}\`, text by others, stands in other text without a fence`,
      old: 'fenced',
      new: 'none',
    }));
  }),
};
