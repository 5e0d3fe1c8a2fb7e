import type { Expr, MessageJson, Segment } from '../runtime/index.ts';

/** A message's template as text again, with partials inlined: what people compare. */
export function templateText(message: MessageJson): string {
  if ('role' in message) return segmentsText(message.segments);
  return `{{history ${message.history}}}`;
}

/** Segments as template text. `names` holds what each open `each` and `with` goes through. */
export function segmentsText(segments: readonly Segment[], names: readonly string[] = ['']): string {
  return segments
    .map((segment) => {
      switch (segment.kind) {
        case 'text':
          return segment.text;
        case 'value':
          return `{{${exprText(segment.value, names)}}}`;
        case 'media': {
          const type =
            segment.contentType === undefined ? '' : ` contentType=${exprText(segment.contentType, names, true)}`;
          return `{{media url=${exprText(segment.url, names, true)}${type}}}`;
        }
        case 'if': {
          const test = exprText(segment.test, names);
          return `{{#if ${test}}}${segmentsText(segment.then, names)}${otherwise(segment.else, names)}{{/if}}`;
        }
        case 'each': {
          const over = exprText(segment.over, names);
          return `{{#each ${over}}}${segmentsText(segment.body, [...names, 'this'])}${otherwise(segment.else, names)}{{/each}}`;
        }
        case 'with': {
          const value = exprText(segment.value, names);
          return `{{#with ${value}}}${segmentsText(segment.body, [...names, 'this'])}${otherwise(segment.else, names)}{{/with}}`;
        }
      }
    })
    .join('');
}

function otherwise(segments: readonly Segment[], names: readonly string[]): string {
  return segments.length === 0 ? '' : `{{else}}${segmentsText(segments, names)}`;
}

function exprText(expr: Expr, names: readonly string[], nested = false): string {
  if ('ref' in expr) return [...(expr.scope === 0 ? [] : [names[expr.scope] ?? 'this']), ...expr.ref].join('.');
  if ('meta' in expr) return `@${expr.meta}`;
  if ('literal' in expr) return JSON.stringify(expr.literal);
  const call = `${expr.op} ${expr.args.map((arg) => exprText(arg, names, true)).join(' ')}`;
  return nested ? `(${call})` : call;
}
