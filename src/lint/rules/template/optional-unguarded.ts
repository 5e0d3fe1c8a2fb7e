import type { Expr, Segment } from '../../../runtime/index.ts';
import { promptRule, type PromptContext, type Rule } from '../../rule.ts';
import { type TextMessage, textMessages } from '../contents.ts';
import { placeOf, variableOf } from './walk.ts';

export const optionalUnguarded: Rule = promptRule({
  id: 'template/optional-unguarded',
  severity: 'error',
  preset: 'minimal',
  summary: 'An optional variable written outside an `{{#if}}` on it.',
  why: 'An optional variable without a default may be absent, and what is absent has no text: the render fails at the first call that leaves it out.',
  examples: {
    bad: [
      {
        text: 'promptctl: 1\nvariables: { guests: { type: integer, optional: true } }\nmessages:\n  - role: user\n    content: |\n      Suggest a dinner.\n      Cook for {{guests}} people.\n',
        line: 7,
      },
      {
        text: 'promptctl: 1\nvariables: { note: { type: string, optional: true } }\nmessages:\n  - role: user\n    content: "{{#unless note}}{{note}}{{/unless}}"\n',
        line: 5,
      },
    ],
    good: [
      {
        text: 'promptctl: 1\nvariables: { guests: { type: integer, optional: true }, note: { type: string, optional: true }, locale: en }\nmessages:\n  - role: user\n    content: "{{#if guests}}For {{guests}}{{/if}} {{#if (not note)}}-{{else}}{{note}}{{/if}} {{locale}}"\n',
      },
    ],
  },
  check: (context) => {
    const optional = new Set(
      [...context.prompt.variables.values()]
        .filter((variable) => !variable.required && variable.default === undefined)
        .map(({ name }) => name),
    );
    if (optional.size === 0) return;
    for (const message of textMessages(context.prompt)) visit(message.segments, optional, message, context);
  },
});

/** `unproven` are the optional variables that may be absent where these segments are rendered. */
function visit(
  segments: readonly Segment[],
  unproven: ReadonlySet<string>,
  message: TextMessage,
  context: PromptContext,
): void {
  if (unproven.size === 0) return;
  for (const segment of segments) {
    switch (segment.kind) {
      case 'text':
        break;
      case 'value':
      case 'media': {
        const name = variableOf(segment.kind === 'media' ? segment.url : segment.value);
        if (name === undefined || !unproven.has(name)) break;
        context.report({
          message: `\`${name}\` is optional: without a value there is nothing to write here`,
          help: `put it inside {{#if ${name}}} ... {{/if}}, or give it a default`,
          at: placeOf(segment, message, context),
        });
        break;
      }
      case 'if':
        visit(segment.then, without(unproven, proven(segment.test, true)), message, context);
        visit(segment.else, without(unproven, proven(segment.test, false)), message, context);
        break;
      case 'each':
      case 'with':
        visit(
          segment.body,
          without(unproven, proven(segment.kind === 'each' ? segment.over : segment.value, true)),
          message,
          context,
        );
        visit(segment.else, unproven, message, context);
    }
  }
}

/** The variables that must have a value where a test came out as `verdict`. */
function proven(test: Expr, verdict: boolean): readonly string[] {
  if ('ref' in test) return verdict && test.scope === 0 ? test.ref.slice(0, 1) : [];
  if (!('op' in test)) return [];
  const [first, second] = test.args;
  switch (test.op) {
    case 'not':
      return proven(first!, !verdict);
    case 'and':
    case 'or': {
      const each = test.args.map((arg) => proven(arg, verdict));
      // All arguments came out so, or only some one of them.
      return (test.op === 'and') === verdict
        ? each.flat()
        : each.reduce((all, names) => all.filter((name) => names.includes(name)));
    }
    case 'eq':
    case 'ne': {
      if ((test.op === 'eq') !== verdict) return [];
      return [first!, second!].flatMap((arg, at) => ('literal' in [second!, first!][at]! ? proven(arg, true) : []));
    }
    case 'json':
      return [];
  }
}

function without(names: ReadonlySet<string>, removed: readonly string[]): ReadonlySet<string> {
  return removed.length === 0 ? names : new Set([...names].filter((name) => !removed.includes(name)));
}
