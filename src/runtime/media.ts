import { PromptError } from './errors.ts';

/** Something to see or hear in a message: where it lies, or what it is, as a data URL. */
export interface MediaPart {
  readonly type: 'media';
  readonly url: string;
  /** A media type such as `image/png`; of a data URL its own, unless the template names another. */
  readonly contentType?: string;
}

export type ContentPart = { readonly type: 'text'; readonly text: string } | MediaPart;

/** RFC 2397, in base64; parameters such as `codecs=opus` belong to the type. */
const DATA = /^data:([^,;]+)(?:;[\w.+-]+=[\w.+-]+)*;base64,[A-Za-z0-9+/]+={0,2}$/i;
const TYPE = /^(?:image|audio|video|application|text)\/[a-z0-9][\w.+-]*$/i;
/** What a provider fetches, in ASCII as RFC 3986 writes it. A file of the machine that sends the request is none of its business. */
const ADDRESS = /^(?:https?|gs):\/\/[!-~]+$/i;

/**
 * The part for a URL and a media type, as values give them. @throws PromptError `media-invalid` where the URL is none that a
 * provider takes: `https:`, `http:`, `gs:`, or `data:` in base64 with a media type
 */
export function mediaPart(url: unknown, contentType: unknown, path: string): MediaPart {
  const name = path === '' ? 'The url of {{media}}' : `\`${path.slice(1).replaceAll('/', '.')}\``;
  const own = typeof url === 'string' ? DATA.exec(url)?.[1] : undefined;
  const isTyped = own !== undefined && TYPE.test(own);
  if (typeof url !== 'string' || !(isTyped || ADDRESS.test(url)))
    throw invalid(
      path,
      `${name} must be an address (https://..., gs://...) or data (data:<type>/<subtype>;base64,...)`,
    );
  const type = contentType === undefined || contentType === null || contentType === '' ? own : contentType;
  if (type === undefined) return { type: 'media', url };
  if (typeof type !== 'string' || !TYPE.test(type))
    throw invalid(path, `The contentType beside ${name} must be a media type, such as image/png`);
  return { type: 'media', url, contentType: type.toLowerCase() };
}

function invalid(path: string, message: string): PromptError {
  return new PromptError('media-invalid', message, [{ path, message }]);
}

/** The text of a message's content; what is no text is left out. */
export function contentText(content: string | readonly ContentPart[]): string {
  if (typeof content === 'string') return content;
  return content.map((part) => (part.type === 'text' ? part.text : '')).join('');
}

/** What kind of thing a part is; one that does not say is a picture, as providers take it. */
export function mediaKind({ contentType = 'image/*' }: MediaPart): 'image' | 'audio' | 'video' | 'file' {
  const [kind] = contentType.split('/', 1);
  return kind === 'image' || kind === 'audio' || kind === 'video' ? kind : 'file';
}

/** The base64 of a data URL; undefined for an address. */
export function base64Of({ url }: MediaPart): string | undefined {
  return /^data:/i.test(url) ? url.slice(url.indexOf(',') + 1) : undefined;
}

/** A message's content for people and judges to read: a medium stands as its type and where it lies, or how large it is. */
export function shownText(content: string | readonly ContentPart[]): string {
  if (typeof content === 'string') return content;
  return content.map((part) => (part.type === 'text' ? part.text : shownMedia(part))).join('');
}

function shownMedia(part: MediaPart): string {
  const data = base64Of(part);
  const what = part.contentType ?? mediaKind(part);
  if (data === undefined) return `[${what}: ${part.url}]`;
  const bytes = Math.floor((data.replace(/=+$/, '').length * 3) / 4);
  // The end tells two pictures of one size apart, and is short enough to read.
  return `[${what}, ${bytes} bytes that end in ${data.slice(-8)}]`;
}
