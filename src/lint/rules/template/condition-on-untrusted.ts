import type { Expr, Segment } from '../../../runtime/index.ts';
import { promptRule, type PromptContext, type Rule } from '../../rule.ts';
import { textMessages } from '../contents.ts';
import { type Frames, placeOf, trustOf, variableOf, walk } from './walk.ts';

export const conditionOnUntrusted: Rule = promptRule({
  id: 'template/condition-on-untrusted',
  severity: 'warning',
  preset: 'minimal',
  summary: 'Instructions chosen by comparing an untrusted value.',
  why: 'Who sends the value chooses what the model is told to do: `{{#if (eq plan "pro")}}` with a plan from the request is a switch in the hands of every customer. Whether a value is there at all is no such switch.',
  unless: 'the application sets the value itself: then declare it `trust: trusted`.',
  owasp: 'LLM01:2025',
  examples: {
    bad: [
      {
        text: 'promptctl: 1\nvariables: { plan: { type: string, trust: user } }\nmessages:\n  - role: system\n    content: |\n      You sort tickets.\n      {{#if (eq plan "pro")}}\n      Every ticket is urgent.\n      {{/if}}\n',
        line: 7,
      },
      {
        text: 'promptctl: 1\nvariables: { risk: { type: string, trust: tool } }\nmessages:\n  - role: system\n    content: "{{#unless (ne risk \'high\')}}Ask for the police report.{{/unless}}"\n',
        line: 5,
      },
    ],
    good: [
      {
        text: 'promptctl: 1\nvariables: { plan: { type: string, trust: trusted }, pages: { type: string } }\nmessages:\n  - role: user\n    content: |\n      {{#if (eq plan "pro")}}At once.{{/if}}\n      {{#if pages}}Pages: {{pages}}{{/if}}\n',
      },
    ],
  },
  check: (context) => {
    const { prompt, report } = context;
    if (prompt.mode !== 'strict') return;
    for (const message of textMessages(prompt)) {
      if (!message.text.includes('{{')) continue;
      walk(message.segments, context, (segment, frames) => {
        if (segment.kind !== 'if' || !(hasText(segment.then) || hasText(segment.else))) return;
        const compared = untrustedIn(segment.test, context, frames);
        if (compared === undefined) return;
        report({
          message: `${compared} is untrusted, and this comparison of it chooses what the model is told`,
          help: 'let the application decide, and pass its verdict as a trusted variable',
          at: placeOf(segment, message, context),
        });
      });
    }
  },
});

/** The untrusted value that a test compares, for the message. */
function untrustedIn(test: Expr, context: PromptContext, frames: Frames): string | undefined {
  if (!('op' in test)) return undefined;
  const isComparison = test.op === 'eq' || test.op === 'ne';
  for (const arg of test.args) {
    const deeper = untrustedIn(arg, context, frames);
    if (deeper !== undefined) return deeper;
    if (!isComparison || trustOf(arg, context, frames) === 'trusted') continue;
    const name = variableOf(arg);
    return name === undefined ? 'A value' : `\`${name}\``;
  }
  return undefined;
}

function hasText(segments: readonly Segment[]): boolean {
  return segments.some((segment) => {
    switch (segment.kind) {
      case 'text':
        return segment.text.trim() !== '';
      case 'if':
        return hasText(segment.then) || hasText(segment.else);
      case 'value':
      case 'media':
        return false;
      default:
        return hasText(segment.body) || hasText(segment.else);
    }
  });
}
