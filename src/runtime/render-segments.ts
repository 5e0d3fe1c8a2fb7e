import { evaluate, type Frame, pointerOf } from './evaluate.ts';
import { fenced } from './fence.ts';
import { type ContentPart, type MediaPart, mediaPart } from './media.ts';
import type { Expr, MediaSegment, Segment, TextSegment, ValueSegment } from './segments.ts';
import { isTruthy, toText } from './text.ts';

/** Hears of each text, and of each medium, as it is written, with the segment that it comes from. */
export type Emit = (written: string | MediaPart, segment: TextSegment | ValueSegment | MediaSegment) => void;

/** Values by variable, as an application gives them. */
export type Values = Readonly<Record<string, unknown>>;

/** Renders segments to text, without what is no text. @throws PromptError `value-unprintable` where a value has no text. */
export function renderText(segments: readonly Segment[], values: Values, nonce: string, emit?: Emit): string {
  return walk(segments, [rootFrame(values)], nonce, emit);
}

/**
 * Renders segments to the parts of a message, or to text where no medium is reached. Text that is only blanks is no part, for
 * providers refuse it.
 *
 * @throws PromptError `value-unprintable`; `media-invalid`
 */
export function renderContent(
  segments: readonly Segment[],
  values: Values,
  nonce: string,
): string | readonly ContentPart[] {
  const parts: ContentPart[] = [];
  let text = '';
  const close = (): void => {
    if (text.trim() !== '') parts.push({ type: 'text', text });
    text = '';
  };
  const whole = renderText(segments, values, nonce, (written) => {
    if (typeof written === 'string') text += written;
    else {
      close();
      parts.push(written);
    }
  });
  if (parts.length === 0) return whole;
  close();
  return parts;
}

/** The context of the variables themselves. */
function rootFrame(values: Values): Frame {
  return { value: values, index: 0, key: '', last: true };
}

function walk(segments: readonly Segment[], frames: Frame[], nonce: string, emit: Emit | undefined): string {
  let out = '';
  for (const segment of segments) {
    switch (segment.kind) {
      case 'text':
        out += segment.text;
        emit?.(segment.text, segment);
        break;
      case 'value': {
        const text = valueText(segment, frames, nonce);
        out += text;
        emit?.(text, segment);
        break;
      }
      case 'media':
        emit?.(mediaOf(segment, frames), segment);
        break;
      case 'if':
        out += walk(isTruthy(evaluate(segment.test, frames)) ? segment.then : segment.else, frames, nonce, emit);
        break;
      case 'with': {
        const value = evaluate(segment.value, frames);
        out += isTruthy(value)
          ? within(frames, { value, index: 0, key: '', last: true, of: segment.value }, segment.body, nonce, emit)
          : walk(segment.else, frames, nonce, emit);
        break;
      }
      case 'each': {
        const members = membersOf(segment.over, evaluate(segment.over, frames));
        if (members.length === 0) out += walk(segment.else, frames, nonce, emit);
        for (const member of members) out += within(frames, member, segment.body, nonce, emit);
        break;
      }
    }
  }
  return out;
}

function within(
  frames: Frame[],
  frame: Frame,
  body: readonly Segment[],
  nonce: string,
  emit: Emit | undefined,
): string {
  frames.push(frame);
  const out = walk(body, frames, nonce, emit);
  frames.pop();
  return out;
}

function valueText(segment: ValueSegment, frames: Frame[], nonce: string): string {
  const value = evaluate(segment.value, frames);
  const text = typeof value === 'string' ? value : toText(value, pointerOf(segment.value, frames));
  return segment.fence === undefined ? text : fenced(text, segment.fence, nonce);
}

function mediaOf({ url, contentType }: MediaSegment, frames: Frame[]): MediaPart {
  const type = contentType === undefined ? undefined : evaluate(contentType, frames);
  return mediaPart(evaluate(url, frames), type, pointerOf(url, frames));
}

function membersOf(of: Expr, value: unknown): Frame[] {
  if (Array.isArray(value)) {
    return value.map((member: unknown, index) => ({
      value: member,
      index,
      key: index,
      last: index === value.length - 1,
      of,
      isMember: true,
    }));
  }
  if (typeof value !== 'object' || value === null) return [];
  const entries = Object.entries(value);
  return entries.map(([key, member], index) => ({
    value: member,
    index,
    key,
    last: index === entries.length - 1,
    of,
    isMember: true,
  }));
}
