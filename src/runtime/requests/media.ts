import { base64Of, mediaKind, type MediaPart } from '../media.ts';
import type { RenderedMessage } from '../message.ts';
import { PromptError } from '../errors.ts';

type Content = RenderedMessage['content'];
type Block = Readonly<Record<string, unknown>>;

/** Formats that OpenAI takes recordings in, by media type. */
const AUDIO_FORMATS: Readonly<Record<string, string>> = {
  'audio/wav': 'wav',
  'audio/x-wav': 'wav',
  'audio/mpeg': 'mp3',
  'audio/mp3': 'mp3',
};
const PDF = 'application/pdf';

/** Text, or the content blocks of OpenAI's chat completions. @throws PromptError `media-unsupported` */
export function chatContent(message: RenderedMessage): Content | Block[] {
  return blocksOf(message, 'OpenAI’s chat completions', (part, data) => {
    const kind = mediaKind(part);
    const format = AUDIO_FORMATS[part.contentType ?? ''];
    if (kind === 'image' && isFetched(part)) return { type: 'image_url', image_url: { url: typedUrl(part) } };
    if (format !== undefined && data !== undefined) return { type: 'input_audio', input_audio: { data, format } };
    if (part.contentType === PDF && data !== undefined)
      return { type: 'file', file: { filename: 'file.pdf', file_data: typedUrl(part) } };
    return undefined;
  });
}

/** Text, or the content blocks of OpenAI's responses. @throws PromptError `media-unsupported` */
export function responsesContent(message: RenderedMessage): Content | Block[] {
  const blocks = blocksOf(message, 'OpenAI’s responses', (part, data) => {
    if (!isFetched(part)) return undefined;
    if (mediaKind(part) === 'image') return { type: 'input_image', detail: 'auto', image_url: typedUrl(part) };
    if (part.contentType !== PDF) return undefined;
    return data === undefined
      ? { type: 'input_file', file_url: part.url }
      : { type: 'input_file', filename: 'file.pdf', file_data: typedUrl(part) };
  });
  if (typeof blocks === 'string') return blocks;
  return blocks.map((block) => (block.type === 'text' ? { ...block, type: 'input_text' } : block));
}

/** Text, or the content blocks of Anthropic's messages. @throws PromptError `media-unsupported` */
export function anthropicContent(message: RenderedMessage): Content | Block[] {
  return blocksOf(message, 'Anthropic’s messages', (part, data) => {
    const type = mediaKind(part) === 'image' ? 'image' : part.contentType === PDF ? 'document' : undefined;
    if (type === undefined || !isFetched(part)) return undefined;
    const source =
      data === undefined ? { type: 'url', url: part.url } : { type: 'base64', media_type: part.contentType, data };
    return { type, source };
  });
}

/** The parts of a turn of Gemini's. @throws PromptError `media-unsupported` */
export function geminiParts(message: RenderedMessage): Block[] {
  const blocks = blocksOf(message, 'Gemini’s generateContent', (part, data) => {
    const type = part.contentType === undefined ? {} : { mimeType: part.contentType };
    return data === undefined ? { fileData: { ...type, fileUri: part.url } } : { inlineData: { ...type, data } };
  });
  if (typeof blocks === 'string') return [{ text: blocks }];
  return blocks.map((block) => ('text' in block ? { text: block.text } : block));
}

function blocksOf(
  message: RenderedMessage,
  api: string,
  blockOf: (part: MediaPart, data: string | undefined) => Block | undefined,
): string | Block[] {
  const { content, role } = message;
  if (typeof content === 'string') return content;
  const onlyText = content.every((part) => part.type === 'text');
  if (onlyText) return content.map(({ text }) => text).join('');
  if (role !== 'user')
    throw unsupported(`${api} take media in user messages alone, and this one is of the role ${role}`);
  return content.map((part) => {
    if (part.type === 'text') return part;
    const data = base64Of(part);
    const block = blockOf(part, data);
    if (block) return block;
    const what = part.contentType ?? mediaKind(part);
    const how = data === undefined ? (isFetched(part) ? 'an address' : 'an address of gs:') : 'data';
    throw unsupported(`${api} take no ${what} as ${how}`);
  });
}

/** Data, or an address that any provider reaches: `gs:` is Google's own. */
function isFetched({ url }: MediaPart): boolean {
  return !/^gs:/i.test(url);
}

/** The URL; that of data with the type that the part has, whatever was written in it. */
function typedUrl(part: MediaPart): string {
  const data = base64Of(part);
  return data === undefined ? part.url : `data:${part.contentType};base64,${data}`;
}

function unsupported(message: string): PromptError {
  return new PromptError('media-unsupported', message);
}
