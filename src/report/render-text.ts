import {
  type Rendered,
  type RenderedPieces,
  type Segment,
  shownText,
  toAnthropic,
  toGemini,
  toOpenAI,
  toOpenAIResponses,
} from '../runtime/index.ts';
import { paint, printable } from './paint.ts';

export type RenderFormat = 'openai' | 'openai-responses' | 'anthropic' | 'gemini' | 'messages' | 'text';

/** A rendered prompt in the shapes that `render --for` takes. */
export const renderFormats: Readonly<Record<RenderFormat, (rendered: Rendered) => string>> = {
  openai: (rendered) => json(toOpenAI(rendered)),
  'openai-responses': (rendered) => json(toOpenAIResponses(rendered)),
  anthropic: (rendered) => json(toAnthropic(rendered)),
  gemini: (rendered) => json(toGemini(rendered)),
  messages: (rendered) => json(rendered.messages),
  text: (rendered) =>
    rendered.messages
      .map(({ role, content }) => [role, shownText(content)] as const)
      .map(([role, text]) => `--- ${role}\n${text}${text.endsWith('\n') ? '' : '\n'}`)
      .join(''),
};

function json(body: unknown): string {
  return `${JSON.stringify(body, undefined, 2)}\n`;
}

/** Each part of each message on lines of its own: its trust, where it was written, and what it says. */
export function piecesText(
  messages: readonly RenderedPieces[],
  options: { readonly color: boolean; placeOf(segment: Segment): string },
): string {
  const colors = paint(options.color);
  return messages
    .map(({ role, pieces }) => {
      const lines = pieces.map(({ written, segment }) => {
        const text = typeof written === 'string' ? written : shownText([written]);
        const trust = segment === undefined ? 'as given' : segment.kind === 'text' ? 'literal' : segment.trust;
        const place = segment === undefined ? '' : options.placeOf(segment);
        const fence = segment?.kind === 'value' && segment.fence !== undefined ? ' fenced' : '';
        const label = `${trust}${fence}`.padEnd(16);
        const shown = text.split('\n').map(printable).join('\n                      | ');
        return `  ${trust === 'literal' || trust === 'trusted' ? label : colors.bad(label)} ${colors.dim(place)}\n                      | ${shown}`;
      });
      return `${colors.bold(role)}\n${lines.join('\n')}\n`;
    })
    .join('\n');
}
