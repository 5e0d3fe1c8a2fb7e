import { member } from '../../../model/index.ts';
import { promptRule, type Rule } from '../../rule.ts';
import { writtenTools } from './tools-written.ts';
import { isClosed, untrustedNamedIn, untrustedValues, wordsOf } from './untrusted-values.ts';

export const untrustedInSystem: Rule = promptRule({
  id: 'security/untrusted-in-system',
  severity: 'error',
  githubSeverity: 'info',
  preset: 'recommended',
  owasp: 'LLM01:2025',
  summary: 'Untrusted text in a system or developer message.',
  why: 'Models are trained to obey the system message above all. Text that a user, a document or a tool wrote gets that authority there: whoever writes it writes your instructions. No fence takes it back. A number or one of a closed list is a warning: it can say little.',
  unless: 'the value never comes from outside; then declare it `trust: trusted` instead.',
  examples: {
    bad: [
      {
        text: 'promptctl: 1\nvariables: { query: { type: string, trust: user } }\nmessages:\n  - role: system\n    content: The shopper searched for {{query}}.\n',
        line: 5,
      },
      {
        text: 'messages:\n  - role: system\n    content: |\n      You sort issues.\n      The issue is called {{title}}.\n  - role: user\n    content: "{{body}}"\n',
        line: 5,
      },
      {
        text: 'promptctl: 1\nvariables: { query: { type: string } }\nmessages:\n  - role: user\n    content: "{{query}}"\ntools:\n  - name: find_page\n    description: Finds pages for {{query}}.\n    effect: read\n    parameters: { type: object, properties: {}, additionalProperties: false }\n',
        line: 8,
      },
      {
        text: 'promptctl: 1\nvariables: { pages: { type: string, trust: retrieved } }\nmessages:\n  - role: developer\n    content: |\n      {{#if pages}}\n      Pages:\n      {{json pages}}\n      {{/if}}\n',
        line: 8,
      },
    ],
    good: [
      {
        text: 'promptctl: 1\nvariables: { query: { type: string, trust: user } }\nmessages:\n  - role: system\n    content: You rewrite searches.\n  - role: user\n    content: "{{query}}"\n',
      },
      {
        text: 'promptctl: 1\nvariables: { product: { type: string, trust: trusted }, wishes: { type: string, optional: true } }\nmessages:\n  - role: system\n    content: "You answer for {{product}}.{{#if wishes}} Put the hardest wish first.{{/if}}"\n',
      },
    ],
  },
  check: (context) => {
    for (const { segment, message, source, place } of untrustedValues(context, 'system', 'developer')) {
      const closed = isClosed(segment, context.prompt);
      context.report({
        message: `\`${source}\` puts ${wordsOf(segment, context.prompt)} into a ${message.role} message`,
        help: closed
          ? 'its values are few and known: declare it `trust: trusted`'
          : 'move it to a user message, or declare it `trust: trusted` if it never comes from outside',
        at: place,
        severity: closed ? 'warning' : 'error',
      });
    }
    for (const { name, entry, pointer } of writtenTools(context)) {
      const description = member(entry, 'description');
      if (typeof description !== 'string') continue;
      for (const named of untrustedNamedIn(description, `${pointer}/description`, context.prompt)) {
        context.report({
          message: `\`${named.name}\` stands in the description of the tool \`${name}\`, which has the authority of a system message`,
          help: 'take it out: a description is sent as it is written, without values',
          at: named.place,
        });
      }
    }
  },
});
