import { createParser } from 'eventsource-parser';
import { ProviderError } from './error.ts';
import type { Answer } from './http.ts';

/** The JSON of each server-sent event, in order. The end marker `[DONE]` is passed on as `'[DONE]'`. */
export function eventsIn(text: string): unknown[] {
  const events: unknown[] = [];
  const parser = createParser({
    onEvent({ data }) {
      events.push(data === '[DONE]' ? data : parseJson(data));
    },
  });
  parser.feed(text);
  // Without `consume`, what stands after the last blank line is an event cut off, and is left out.
  parser.reset();
  return events;
}

export function isEventStream(answer: Answer): boolean {
  return contentType(answer).startsWith('text/event-stream');
}

/** The answer as JSON. @throws ProviderError `malformed` for another content type or for text that is no JSON. */
export function jsonIn(answer: Answer): unknown {
  const type = contentType(answer);
  // Some local servers send no content type; one that names another kind of content did not send an answer.
  if (type !== '' && !/[/+]json\b/.test(type)) throw new ProviderError('malformed', `The answer is ${type}, not JSON`);
  return parseJson(answer.text);
}

function contentType(answer: Answer): string {
  const type = answer.headers['content-type'];
  return typeof type === 'string' ? type.toLowerCase().trim() : '';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ProviderError(
      'malformed',
      `The answer is no valid JSON: ${text.length > 120 ? `${text.slice(0, 120)}...` : text}`,
    );
  }
}
