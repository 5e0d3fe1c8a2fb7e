import type { Expr, MessageJson, PromptJson, Role, Segment } from '../runtime/index.ts';

/**
 * An untrusted variable that a message writes out. `alone` is a message that is nothing but the variable, whose role is the
 * boundary; `open` is other text around it and no fence.
 */
export interface Exposure {
  readonly variable: string;
  readonly role: Role;
  readonly place: 'fenced' | 'alone' | 'open';
}

/** Where a prompt, or one of its variants, writes untrusted values; each place once, in one order. */
export function exposuresOf(prompt: PromptJson): readonly Exposure[] {
  const messages = [prompt, ...Object.values(prompt.variants)].flatMap((body) => body.messages ?? []);
  const found = new Map<string, Exposure>();
  for (const message of messages) {
    for (const exposure of exposuresIn(message)) found.set(JSON.stringify(exposure), exposure);
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, exposure]) => exposure);
}

function exposuresIn(message: MessageJson): Exposure[] {
  if (!('role' in message)) return [];
  const { role, segments } = message;
  const isAlone =
    segments[0]?.kind === 'value' &&
    segments.slice(1).every((segment) => segment.kind === 'text' && segment.text === '\n') &&
    segments.length <= 2;
  const found: Exposure[] = [];
  const visit = (list: readonly Segment[], scopes: readonly string[]): void => {
    for (const segment of list) {
      switch (segment.kind) {
        case 'text':
          break;
        case 'value':
          if (segment.trust !== 'trusted') {
            const place = segment.fence !== undefined ? 'fenced' : isAlone ? 'alone' : 'open';
            found.push({ variable: variableOf(segment.value, scopes), role, place });
          }
          break;
        case 'media':
          if (segment.trust !== 'trusted')
            found.push({ variable: variableOf(segment.url, scopes), role, place: 'alone' });
          break;
        case 'if':
          visit(segment.then, scopes);
          visit(segment.else, scopes);
          break;
        case 'each':
        case 'with': {
          const inner = variableOf(segment.kind === 'each' ? segment.over : segment.value, scopes);
          visit(segment.body, [...scopes, inner]);
          visit(segment.else, scopes);
        }
      }
    }
  };
  visit(segments, ['']);
  return found;
}

/** The variable that an expression reads; `scopes` holds the variable behind each open `each` and `with`. */
function variableOf(expr: Expr, scopes: readonly string[]): string {
  if ('ref' in expr) return expr.scope === 0 ? (expr.ref[0] ?? '') : (scopes[expr.scope] ?? '');
  if ('meta' in expr) return scopes[expr.scope] ?? '';
  return 'args' in expr && expr.args[0] ? variableOf(expr.args[0], scopes) : '';
}
