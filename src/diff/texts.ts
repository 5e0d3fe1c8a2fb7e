import { turnName, turnsOf } from '../compile/index.ts';
import { canonicalJson, type Prompt } from '../model/index.ts';
import type { MessageJson, Segment } from '../runtime/index.ts';
import { type Both, once, type Pair } from './kind.ts';
import { segmentsText, templateText } from './template-text.ts';

/** A message that both sides have, with its template as text where the two differ. */
export interface TextChange {
  readonly path: string;
  readonly name: string;
  readonly old: string;
  readonly new: string;
  /** False where all that differs came in with a partial. */
  readonly isOwn: boolean;
}

export interface PartialText {
  readonly key: string;
  readonly text: string;
}

/** The names of a prompt's turns, in order. */
export function structureOf(messages: readonly MessageJson[]): readonly string[] {
  return turnsOf(messages).turns.map(turnName);
}

/** Messages whose text differs, aligned by role: the nth system message with the nth. */
export function textChanges(pair: Both): readonly TextChange[] {
  return once(pair, 'texts', () => {
    const before = namedTurns(pair.old.json.messages);
    const after = namedTurns(pair.new.json.messages);
    return [...after].flatMap(([name, message]) => {
      const earlier = before.get(name);
      if (!earlier || bare(earlier) === bare(message)) return [];
      const at = pair.new.json.messages.indexOf(message);
      const was = pair.old.json.messages.indexOf(earlier);
      return [
        {
          path: `/messages/${at}`,
          name: turnName(message),
          old: templateText(earlier),
          new: templateText(message),
          isOwn: ownText(pair.old.source, was) !== ownText(pair.new.source, at) || !pair.old.source || !pair.new.source,
        },
      ];
    });
  });
}

/** The turns of a conversation by role and number: the nth system message, whatever stands between. */
export function namedTurns(messages: readonly MessageJson[]): Map<string, MessageJson> {
  const counts = new Map<string, number>();
  const byName = new Map<string, MessageJson>();
  for (const message of turnsOf(messages).turns) {
    if (!('role' in message)) continue;
    const count = counts.get(message.role) ?? 0;
    counts.set(message.role, count + 1);
    byName.set(`${message.role} ${count}`, message);
  }
  return byName;
}

/** A message for comparing: who wrote a value is judged with its variable, not with the text. */
export function bare(message: MessageJson): string {
  return canonicalJson(
    'role' in message ? { role: message.role, segments: message.segments.map(withoutTrust) } : message,
  );
}

function withoutTrust(segment: Segment): unknown {
  const { origin: _, ...rest } = segment;
  switch (rest.kind) {
    case 'text':
      return rest;
    case 'media':
    case 'value': {
      const { trust: _trust, ...value } = rest;
      return value;
    }
    case 'if':
      return { ...rest, then: rest.then.map(withoutTrust), else: rest.else.map(withoutTrust) };
    case 'each':
    case 'with':
      return { ...rest, body: rest.body.map(withoutTrust), else: rest.else.map(withoutTrust) };
  }
}

/** What the prompt's own file says in a message: each run that a partial brought in is only named. */
function ownText(source: Prompt | undefined, at: number): string {
  const message = source?.messages[at];
  if (!source || !message || !('role' in message)) return '';
  const own = (segments: readonly Segment[]): unknown[] => {
    const out: unknown[] = [];
    for (const segment of segments) {
      const file = segment.origin?.file;
      if (file !== undefined && file !== source.file) {
        if (out.at(-1) !== file) out.push(file);
      } else out.push(ownSegment(segment, own));
    }
    return out;
  };
  return canonicalJson(own(message.segments));
}

function ownSegment(segment: Segment, own: (segments: readonly Segment[]) => unknown[]): unknown {
  const plain = withoutTrust(segment) as object;
  if (segment.kind === 'if') return { ...plain, then: own(segment.then), else: own(segment.else) };
  if (segment.kind === 'each' || segment.kind === 'with')
    return { ...plain, body: own(segment.body), else: own(segment.else) };
  return plain;
}

/** What each partial brings into a prompt as it is inlined, by the partial's name: as text, and as a key to compare. */
export function partialTexts(pair: Pair, side: 'old' | 'new'): ReadonlyMap<string, PartialText> {
  return once(pair, `partials ${side}`, () => {
    const source = pair[side]?.source;
    const segmentsByName = new Map<string, Segment[]>();
    const visit = (segments: readonly Segment[]): void => {
      for (const segment of segments) {
        const file = segment.origin?.file;
        if (file !== undefined && file !== source?.file) {
          const name = partialName(file, pair.roots[side] ?? '');
          segmentsByName.set(name, [...(segmentsByName.get(name) ?? []), segment]);
        }
        if (segment.kind === 'if') visit([...segment.then, ...segment.else]);
        else if (segment.kind === 'each' || segment.kind === 'with') visit([...segment.body, ...segment.else]);
      }
    };
    for (const message of source?.messages ?? []) if ('role' in message) visit(message.segments);
    return new Map(
      [...segmentsByName].map(([name, segments]) => [
        name,
        { key: canonicalJson(segments.map(withoutTrust)), text: segmentsText(segments) },
      ]),
    );
  });
}

function partialName(file: string, root: string): string {
  const path = root !== '' && file.startsWith(`${root}/`) ? file.slice(root.length + 1) : file;
  return path.replace(/\.partial\.(?:md|txt)$/, '');
}
