import { exposuresOf } from '../../compile/index.ts';
import { type ChangeKind, inBoth } from '../kind.ts';
import { example } from './example.ts';

const PRIVILEGED: readonly string[] = ['system', 'developer', 'assistant'];

export const untrustedInPrivilegedRole: ChangeKind = {
  kind: 'untrusted-in-privileged-role',
  category: 'CONTRACT',
  level: 'major',
  severity: 'breaking',
  security: true,
  summary: 'text by others now stands where the model looks for instructions',
  reason: 'What others write there is obeyed; no fence makes up for the role.',
  examples: [
    example(
      'moved to the system message',
      '',
      'messages:\n  - { role: system, content: "Sort this: {{ticket}}" }\n  - { role: user, content: Sort it. }',
    ),
    example(
      'through a partial',
      'messages:\n  - { role: system, content: "Sort. {{> tone}}" }\n  - { role: user, content: "{{ticket}}" }',
      'messages:\n  - { role: system, content: "Sort. {{> tone}}" }\n  - { role: user, content: "{{ticket}}" }',
      { old: { 'tone.partial.md': 'Be kind.' }, new: { 'tone.partial.md': 'Be kind about {{ticket}}.' } },
    ),
  ],
  detect: inBoth(({ old, new: now }) => {
    const before = new Set(exposuresOf(old.json).map(({ variable, role }) => keyOf(variable, role)));
    const seen = new Set<string>();
    return exposuresOf(now.json).flatMap(({ variable, role }) => {
      const name = keyOf(variable, role);
      if (!PRIVILEGED.includes(role) || before.has(name) || seen.has(name)) return [];
      seen.add(name);
      return [
        {
          path: `/messages/${role}/${variable}`,
          message: `\`${variable}\`, text by others, now stands in the ${role} message`,
          new: role,
        },
      ];
    });
  }),
};

function keyOf(variable: string, role: string): string {
  return JSON.stringify([variable, role]);
}
