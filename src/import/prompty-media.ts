import type { Expr, Segment } from '../runtime/index.ts';
import { Refusal } from './refusal.ts';

/** Makes each value that is of a kind to see or hear a medium of the message. @throws Refusal where a member of one is read */
export function withMedia(segments: readonly Segment[], names: ReadonlySet<string>): readonly Segment[] {
  if (names.size === 0) return segments;
  return segments.map((segment): Segment => {
    switch (segment.kind) {
      case 'value': {
        if (!isOneOf(segment.value, names)) return segment;
        if ('ref' in segment.value && segment.value.ref.length > 1)
          throw new Refusal(
            `\`${segment.value.ref.join('.')}\` reads a member of what is no object`,
            segment.origin?.start ?? 0,
          );
        const { value: url, trust, origin } = segment;
        return { kind: 'media', url, trust, ...(origin ? { origin } : {}) };
      }
      case 'if':
        return { ...segment, then: withMedia(segment.then, names), else: withMedia(segment.else, names) };
      case 'each':
      case 'with':
        return { ...segment, body: withMedia(segment.body, names), else: withMedia(segment.else, names) };
      default:
        return segment;
    }
  });
}

function isOneOf(expr: Expr, names: ReadonlySet<string>): boolean {
  return 'ref' in expr && expr.scope === 0 && names.has(expr.ref[0]!);
}
