import { evaluate, type Frame, pointerOf } from './evaluate.ts';
import { fenced } from './fence.ts';
import type { Segment, TextSegment, ValueSegment } from './segments.ts';
import { isTruthy, toText } from './text.ts';

/** What a render writes, one call a text or value segment, in order. */
export type Emit = (text: string, segment: TextSegment | ValueSegment) => void;

/** Values by variable, as an application gives them. */
export type Values = Readonly<Record<string, unknown>>;

/** Renders segments to text. @throws PromptError `value-unprintable` where a value has no text. */
export function renderText(segments: readonly Segment[], values: Values, nonce: string): string {
  let out = '';
  renderPieces(segments, values, nonce, (text) => {
    out += text;
  });
  return out;
}

/** As `renderText`, telling the segment that each text came from. */
export function renderPieces(segments: readonly Segment[], values: Values, nonce: string, emit: Emit): void {
  walk(segments, [{ value: values, index: 0, key: '', last: true }], nonce, emit);
}

function walk(segments: readonly Segment[], frames: Frame[], nonce: string, emit: Emit): void {
  for (const segment of segments) {
    switch (segment.kind) {
      case 'text':
        emit(segment.text, segment);
        break;
      case 'value':
        emit(valueText(segment, frames, nonce), segment);
        break;
      case 'if':
        walk(isTruthy(evaluate(segment.test, frames)) ? segment.then : segment.else, frames, nonce, emit);
        break;
      case 'with': {
        const value = evaluate(segment.value, frames);
        if (!isTruthy(value)) walk(segment.else, frames, nonce, emit);
        else within(frames, { value, index: 0, key: '', last: true }, segment.body, nonce, emit);
        break;
      }
      case 'each': {
        const members = membersOf(evaluate(segment.over, frames));
        if (members.length === 0) walk(segment.else, frames, nonce, emit);
        for (const member of members) within(frames, member, segment.body, nonce, emit);
        break;
      }
    }
  }
}

function within(frames: Frame[], frame: Frame, body: readonly Segment[], nonce: string, emit: Emit): void {
  frames.push(frame);
  walk(body, frames, nonce, emit);
  frames.pop();
}

function valueText(segment: ValueSegment, frames: Frame[], nonce: string): string {
  const value = evaluate(segment.value, frames);
  const text = typeof value === 'string' ? value : toText(value, pointerOf(segment.value, frames));
  return segment.fence === undefined ? text : fenced(text, segment.fence, nonce);
}

function membersOf(value: unknown): Frame[] {
  if (Array.isArray(value)) {
    return value.map((member: unknown, index) => ({
      value: member,
      index,
      key: index,
      last: index === value.length - 1,
    }));
  }
  if (typeof value !== 'object' || value === null) return [];
  const entries = Object.entries(value);
  return entries.map(([key, member], index) => ({ value: member, index, key, last: index === entries.length - 1 }));
}
