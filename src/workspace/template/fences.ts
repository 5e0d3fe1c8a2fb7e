import type { Segment } from '../../runtime/index.ts';

/**
 * A message that is nothing but one untrusted variable needs no fence: its role is the boundary. A final line break, which
 * a YAML block leaves, is not other text.
 */
export function withoutNeedlessFence(segments: readonly Segment[]): readonly Segment[] {
  const [only, ...rest] = segments;
  const alone =
    only?.kind === 'value' &&
    rest.every((segment) => segment.kind === 'text' && segment.text === '\n') &&
    rest.length <= 1;
  if (!alone || only.fence === undefined) return segments;
  const { fence: _, ...bare } = only;
  return [bare, ...rest];
}
