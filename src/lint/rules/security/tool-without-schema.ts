import { isObject, type JsonObject, member } from '../../../model/index.ts';
import { promptRule, type Rule } from '../../rule.ts';
import { writtenTools } from './tools-written.ts';

export const toolWithoutSchema: Rule = promptRule({
  id: 'security/tool-without-schema',
  severity: 'warning',
  preset: 'recommended',
  owasp: 'LLM06:2025',
  summary: 'A tool whose arguments have no shape.',
  why: 'Without `parameters` the model invents the arguments, and nothing checks them before the tool runs. What an attacker gets the model to say goes straight into the call.',
  examples: {
    bad: [
      {
        text: 'promptctl: 1\nmessages:\n  - role: user\n    content: Hello\ntools:\n  - name: find_policy\n    effect: read\n',
        line: 6,
      },
      {
        text: 'promptctl: 1\nmessages:\n  - role: user\n    content: Hello\ntools:\n  - name: place_hold\n    effect: write\n    approval: confirm\n    parameters: {}\n',
        line: 9,
      },
    ],
    good: [
      {
        text: 'promptctl: 1\nmessages:\n  - role: user\n    content: Hello\ntools:\n  - name: list_branches\n    effect: read\n    parameters: { type: object, properties: {}, additionalProperties: false }\n',
      },
    ],
  },
  check: (context) => {
    for (const { name, entry, pointer } of writtenTools(context)) {
      const parameters = member(entry, 'parameters');
      const isOpen = parameters === true || (isObject(parameters) && takesAnything(parameters));
      if (parameters !== undefined && parameters !== null && !isOpen) continue;
      context.report({
        message: `The tool \`${name}\` takes any arguments`,
        help: 'write its `parameters` as a JSON Schema; one without arguments is { type: object, properties: {}, additionalProperties: false }',
        at: isOpen ? { pointer: `${pointer}/parameters`, part: 'key' } : { pointer },
      });
    }
  },
});

/** An object of no properties that may have any: `{ type: object }` says no more than nothing. */
function takesAnything(schema: JsonObject): boolean {
  return Object.entries(schema).every(
    ([key, value]) =>
      SAYS_NOTHING.has(key) ||
      (key === 'type' && value === 'object') ||
      (key === 'properties' && isObject(value) && Object.keys(value).length === 0) ||
      (key === 'additionalProperties' && value === true),
  );
}

const SAYS_NOTHING = new Set(['title', 'description', '$schema', '$comment']);
