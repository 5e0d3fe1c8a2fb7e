import type { Segment } from '../runtime/index.ts';
import { Refusal } from './refusal.ts';
import { joined } from './segments.ts';

type Edge = 'start' | 'end';

/**
 * Takes line breaks (or all white space) from one edge of what segments will render, as Prompty does with a rendered message:
 * also from inside an `if` at the edge, and from the text that then becomes the edge where its branch is empty.
 *
 * @throws Refusal for a loop at the edge, whose first or last round alone would lose its break
 */
export function stripped(
  segments: readonly Segment[],
  edge: Edge,
  isTaken: 'breaks' | 'blanks' = 'breaks',
): readonly Segment[] {
  const strip = (text: string): string => without(text, edge, isTaken);
  const list = [...joined(segments)];
  const take = (): Segment | undefined => (edge === 'end' ? list.pop() : list.shift());
  const put = (segment: Segment): void => void (edge === 'end' ? list.push(segment) : list.unshift(segment));
  for (let segment = take(); segment; segment = take()) {
    if (segment.kind === 'text') {
      const text = strip(segment.text);
      if (text === '') continue;
      put({ ...segment, text });
      return list;
    }
    if (segment.kind === 'value' || segment.kind === 'media') {
      put(segment);
      return list;
    }
    if (segment.kind !== 'if') throw new Refusal(LOOP, segment.origin?.start ?? 0);
    // The line breaks before the block stay only where its branch has text.
    const neighbour = take();
    const kept = neighbour?.kind === 'text' ? strip(neighbour.text) : undefined;
    if (neighbour && kept === undefined) put(neighbour);
    const lost: Segment = {
      kind: 'text',
      text: neighbour?.kind === 'text' ? rest(neighbour.text, kept!, edge) : '',
      ...(neighbour?.origin ? { origin: neighbour.origin } : {}),
    };
    if (kept === '' && list.length > 0) throw new Refusal(TWO, segment.origin?.start ?? 0);
    const branch = (body: readonly Segment[]): readonly Segment[] => {
      const inner = stripped(body, edge, isTaken);
      if (inner.length === 0) return inner;
      return joined(edge === 'end' ? [lost, ...inner] : [...inner, lost]);
    };
    const then = branch(segment.then);
    const otherwise = branch(segment.else);
    if (
      [then, otherwise].some((body) => body.length === 0) &&
      neighbour &&
      kept === undefined &&
      neighbour.kind !== 'value'
    )
      throw new Refusal(TWO, segment.origin?.start ?? 0);
    if (kept) put({ ...neighbour, text: kept } as Segment);
    put({ ...segment, then, else: otherwise });
    return list;
  }
  return list;
}

const LOOP = 'A loop stands at the edge of the message, where Prompty takes line breaks away; put text after it';
const TWO = 'Two blocks stand at the edge of the message, where Prompty takes line breaks away; put text between them';

function without(text: string, edge: Edge, isTaken: 'breaks' | 'blanks'): string {
  if (isTaken === 'blanks') return edge === 'end' ? text.trimEnd() : text.trimStart();
  return edge === 'end' ? text.replace(/\n+$/, '') : text.replace(/^\n+/, '');
}

function rest(text: string, kept: string, edge: Edge): string {
  return edge === 'end' ? text.slice(kept.length) : text.slice(0, text.length - kept.length);
}
