import { isObject, type JsonValue, member, pointerParts } from '../../../model/index.ts';
import { promptRule, type Rule } from '../../rule.ts';
import { shownVariables } from '../template/walk.ts';
import { ceilingOf } from './counts.ts';

export const variableUnbounded: Rule = promptRule({
  id: 'tokens/variable-unbounded',
  severity: 'warning',
  preset: 'all',
  owasp: 'LLM10:2025',
  summary: 'A variable of any length.',
  why: 'One value can fill the window, push the instructions out of sight and cost a thousand times the usual. Without a bound there is no worst case to hold a budget against.',
  unless: 'the application bounds the value and you can’t say how.',
  examples: {
    bad: [
      {
        text: 'promptctl: 1\nvariables:\n  dispute: { type: string }\nmessages:\n  - role: user\n    content: "{{dispute}}"\n',
        line: 3,
      },
      {
        text: 'promptctl: 1\nvariables:\n  terms:\n    type: array\n    items: { type: string }\nmessages:\n  - role: user\n    content: "{{#each terms}}{{this}} {{/each}}"\n',
        line: 3,
      },
      {
        text: 'promptctl: 1\nvariables:\n  photo: { type: string, maxLength: 2000 }\nmessages:\n  - role: user\n    content: "Look: {{media url=photo}}"\n',
        line: 3,
      },
    ],
    good: [
      {
        text: 'promptctl: 1\nvariables:\n  dispute: { type: string, maxLength: 5000 }\n  party: { enum: [buyer, seller] }\n  count: { type: integer }\n  terms: { type: array, maxItems: 30, items: { type: string, maxLength: 80 } }\nmessages:\n  - role: user\n    content: "{{dispute}} {{party}} {{count}} {{#each terms}}{{this}} {{/each}}"\n',
      },
      {
        text: 'promptctl: 1\nvariables:\n  photo: { type: string, maxTokens: 1600 }\nmessages:\n  - role: user\n    content: "Look: {{media url=photo}}"\n',
      },
      {
        text: 'promptctl: 1\nvariables: { turns: { type: array } }\nmessages:\n  - history: turns\n    maxTurns: 10\n',
      },
    ],
  },
  check: (context) => {
    const { prompt, yaml, report } = context;
    if (prompt.mode === 'github') return;
    const shown = shownVariables(context);
    const histories = new Set(prompt.messages.flatMap((message) => ('history' in message ? [message.history] : [])));
    for (const name of ceilingOf(context).unbounded) {
      const { pointer, maxTokens, schema } = prompt.variables.get(name) ?? {};
      // maxTokens bounds the whole value; a text with an end is bounded, even where a loop over it is the mistake.
      const hasEnd = typeof member(schema, 'maxLength') === 'number' && !shown.has(name);
      if (maxTokens !== undefined || hasEnd) continue;
      // A history has its own rule, and a shorthand no place for a bound.
      if (pointer === undefined || histories.has(name) || !isDeclaredInFull(yaml.value, pointer)) continue;
      report({
        message: `Nothing bounds \`${name}\``,
        help: shown.has(name)
          ? 'write maxTokens: what a picture weighs is its provider’s to say, whatever the length of its address'
          : 'write maxLength, maxItems for a list, or maxTokens',
        at: { pointer, part: 'key' },
      });
    }
  },
});

function isDeclaredInFull(file: JsonValue, pointer: string): boolean {
  return isObject(member(member(file, 'variables'), pointerParts(pointer)[1]!));
}
