import { posix } from 'node:path';
import { Dotprompt } from 'dotprompt';
import nunjucks from 'nunjucks';
import { parse } from 'yaml';
import type { ContentPart } from '../../src/runtime/index.ts';
import type { Source } from '../../src/workspace/index.ts';

export interface Judged {
  readonly role: string;
  readonly content: string | readonly ContentPart[];
}

export interface Asked {
  /** Where the file stands in the source, so that it finds its partials. */
  readonly from: string;
  readonly text: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** Names of the variables that are the history. */
  readonly histories: ReadonlySet<string>;
}

/** The messages that dotprompt's own package makes. @throws whatever it throws */
export async function dotpromptMessages(
  source: Source,
  { from, text, values, histories }: Asked,
): Promise<readonly Judged[]> {
  const judge = new Dotprompt({
    partialResolver: (name) => {
      for (let at = posix.dirname(from); ; at = posix.dirname(at)) {
        const path = posix.join(at, posix.dirname(name), `_${posix.basename(name)}.prompt`);
        const content = source.read([path]).get(path);
        if (content && 'bytes' in content) return new TextDecoder().decode(content.bytes);
        if (at === '.') return null;
      }
    },
  });
  // One engine serves all of its instances, and keeps the partials of a file before.
  const { partials } = (judge as unknown as { handlebars: { partials: Record<string, unknown> } }).handlebars;
  for (const name of Object.keys(partials)) delete partials[name];
  const input = Object.fromEntries(Object.entries(values).filter(([name]) => !histories.has(name)));
  const context = Object.fromEntries(
    ['state', 'auth'].flatMap((name) => (name in values ? [[name, values[name]]] : [])),
  );
  const { messages } = await judge.render(text, { input, context });
  return messages.map(({ role, content }) => ({
    role: role === 'model' ? 'assistant' : role,
    content: contentOf(
      content.map((part): ContentPart => {
        if ('text' in part) return { type: 'text', text: part.text };
        if (!('media' in part)) throw new Error('A part that is no text');
        return { type: 'media', ...part.media };
      }),
    ),
  }));
}

/** Text alone is a string here. */
function contentOf(parts: readonly ContentPart[]): Judged['content'] {
  return parts.every((part) => part.type === 'text') ? parts.map(({ text }) => text).join('') : parts;
}

const FRONT_MATTER = /^---[ \t]*\r?\n(?:([\s\S]*?)\r?\n)?---[ \t]*(?:\r?\n|$)/;
const MARKER = /^\s*#?\s*(assistant|developer|system|user)(\[(?:(?:\w+\s*=\s*"?[^"]*"?\s*,?\s*)+)\])?\s*:\s*$/i;

/**
 * The messages of Prompty 2, whose JavaScript runtime is on no registry: its body rendered by nunjucks, the engine that runtime uses, and
 * parted at role markers as its specification says (github.com/microsoft/prompty, spec/). @throws where a marker came out of a value
 */
export function promptyMessages({ text, values }: Asked): readonly Judged[] {
  const found = FRONT_MATTER.exec(text.replace(/^\uFEFF/, ''));
  const front = (found?.[1] ? (parse(found[1]) as Record<string, unknown>) : {}) ?? {};
  if (JSON.stringify(front).includes('${file:')) throw new Error('A file that it names is not there');
  const body = (found ? text.slice(found[0].length) : text).trim();
  const marked = body
    .split('\n')
    .map((line) => MARKER.exec(line.trim()))
    .map((marker, at) => (marker ? `${marker[1]!.toLowerCase()}[mark="own"]:\n` : body.split('\n')[at]!))
    .join('\n');
  const threads = namesOf(front, 'thread');
  const media = namesOf(front, 'image', 'audio', 'file');
  const standIns = Object.fromEntries([...threads, ...media].map((name) => [name, `__rich_${name}__`]));
  const engine = new nunjucks.Environment(null, { autoescape: false });
  const rendered = engine.renderString(marked, { ...values, ...standIns });
  return parted(rendered).flatMap((message) => {
    const thread = threads.find((name) => message.content.includes(standIns[name]!));
    if (thread === undefined) return [withMedia(message, media, values)];
    const [before, after] = message.content.split(standIns[thread]!, 2).map((part) => part.trim());
    const turn = (content: string | undefined): readonly Judged[] => (content ? [{ role: message.role, content }] : []);
    return [...turn(before), ...((values[thread] as Judged[] | undefined) ?? []), ...turn(after)];
  });
}

/** The stand-ins of what is no text, put back as parts; text between them that is blank is none. */
function withMedia({ role, content }: Spoken, names: readonly string[], values: Asked['values']): Judged {
  const parts = content.split(/(__rich_\w+?__)/).flatMap((piece): ContentPart[] => {
    const name = names.find((one) => piece === `__rich_${one}__`);
    if (name !== undefined) return [{ type: 'media', url: values[name] as string }];
    return piece.trim() === '' ? [] : [{ type: 'text', text: piece }];
  });
  return { role, content: parts.some(({ type }) => type === 'media') ? parts : content };
}

interface Spoken {
  readonly role: string;
  readonly content: string;
}

function namesOf(front: Record<string, unknown>, ...kinds: readonly string[]): readonly string[] {
  const written = front['inputs'] ?? (front['inputSchema'] as { properties?: unknown } | undefined)?.properties ?? [];
  const inputs: readonly unknown[] = Array.isArray(written)
    ? written
    : Object.entries(written).map(([name, value]) => ({ name, ...(value as object | undefined) }));
  return (inputs as readonly { name: string; kind?: string }[]).flatMap(({ name, kind }) =>
    kinds.includes(kind ?? '') ? [name] : [],
  );
}

function parted(text: string): readonly Spoken[] {
  const messages: Spoken[] = [];
  let role = 'system';
  let lines: string[] = [];
  const close = (): void => {
    if (lines.length > 0) messages.push({ role, content: lines.join('\n').replace(/^\n+|\n+$/g, '') });
    lines = [];
  };
  for (const line of text.split('\n')) {
    const marker = MARKER.exec(line.trim());
    if (!marker) {
      lines.push(line);
      continue;
    }
    if (!marker[2]?.includes('mark="own"')) throw new Error('A role marker came out of a value');
    close();
    role = marker[1]!.toLowerCase();
  }
  close();
  return messages;
}
