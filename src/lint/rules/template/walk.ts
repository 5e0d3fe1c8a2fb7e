import type { Expr, Segment, Trust } from '../../../runtime/index.ts';
import type { PromptContext, Place } from '../../rule.ts';
import { type TextMessage, textMessages } from '../contents.ts';

/** Trust of the contexts that references count, from outside: the prompt's variables first, which have their own each. */
export type Frames = readonly Trust[];

/** Walks segments depth first. The visitor may answer false to leave out what is inside. */
export function walk(
  segments: readonly Segment[],
  context: PromptContext,
  visit: (segment: Segment, frames: Frames) => boolean | void,
  frames: Frames = ['trusted'],
): void {
  for (const segment of segments) {
    if (visit(segment, frames) === false) continue;
    switch (segment.kind) {
      case 'if':
        walk(segment.then, context, visit, frames);
        walk(segment.else, context, visit, frames);
        break;
      case 'each':
      case 'with': {
        const value = segment.kind === 'each' ? segment.over : segment.value;
        walk(segment.body, context, visit, [...frames, trustOf(value, context, frames)]);
        walk(segment.else, context, visit, frames);
        break;
      }
      default:
    }
  }
}

/** Who wrote what an expression reads; verdicts and literals are the author's own. */
export function trustOf(expr: Expr, { prompt }: PromptContext, frames: Frames): Trust {
  if ('ref' in expr)
    return expr.scope > 0 ? (frames[expr.scope] ?? 'user') : (prompt.variables.get(expr.ref[0] ?? '')?.trust ?? 'user');
  if ('meta' in expr) return expr.meta === 'key' ? (frames[expr.scope] ?? 'user') : 'trusted';
  return 'op' in expr && expr.op === 'json' ? trustOf(expr.args[0]!, { prompt } as PromptContext, frames) : 'trusted';
}

/** The variable an expression reads at the root of the prompt, if it is nothing but that. */
export function variableOf(expr: Expr): string | undefined {
  if ('ref' in expr) return expr.scope === 0 ? expr.ref[0] : undefined;
  return 'op' in expr && expr.op === 'json' ? variableOf(expr.args[0]!) : undefined;
}

/** Variables that are the address of a picture, a recording or a file. */
export function shownVariables(context: PromptContext): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { segments } of textMessages(context.prompt))
    walk(segments, context, (segment) => {
      const name = segment.kind === 'media' ? variableOf(segment.url) : undefined;
      if (name !== undefined) names.add(name);
    });
  return names;
}

/** Where a segment stands: in the message, or in the partial that it came from. */
export function placeOf(segment: Segment, message: TextMessage, { file }: PromptContext): Place {
  const { origin } = segment;
  const pointer = `${message.pointer}/content`;
  if (!origin) return { pointer };
  return origin.file === file.file
    ? { pointer, text: [origin.start, origin.end] }
    : { pointer, file: origin.file, offsets: [origin.start, origin.end] };
}
