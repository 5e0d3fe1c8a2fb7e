import type { Expr, Role, Segment } from '../runtime/index.ts';
import type { DraftMessage } from './draft.ts';
import { stripped } from './edges.ts';
import { Refusal } from './refusal.ts';
import { joined } from './segments.ts';

/** A line that begins a message, by the rule of Prompty's chat parser; attributes such as `[name="Ann"]` mean nothing to a model. */
const MARKER = /^\s*#?\s*(assistant|developer|system|user)(\[(?:\w+\s*=\s*"?[^"]*"?\s*,?\s*)+\])?\s*:\s*$/i;

export interface PromptyRules {
  /** Inputs of the kind `thread`: their place is that of the history. */
  readonly threads: ReadonlySet<string>;
  /** False where the file switches the guard of role markers off. */
  readonly isStrict: boolean;
}

/**
 * Splits a template into messages as Prompty splits what it renders: at lines that name a role, the first without one being the
 * system's; line breaks at the edges of a message go. A loop that writes roles and contents is the history.
 *
 * @throws Refusal where a value or a block decides which messages there are
 */
export function promptyMessages(segments: readonly Segment[], rules: PromptyRules): readonly DraftMessage[] {
  const pieces = chopped(segments, rules);
  return pieces.flatMap((piece) => ('history' in piece ? [piece] : withThread(piece, rules)));
}

interface Piece {
  readonly role: Role;
  readonly segments: Segment[];
  readonly offset: number;
  readonly isImplied: boolean;
}

function chopped(
  segments: readonly Segment[],
  { isStrict }: PromptyRules,
): readonly (Piece | { history: string; offset: number })[] {
  const pieces: (Piece | { history: string; offset: number })[] = [];
  let open: Piece = { role: 'system', segments: [], offset: 0, isImplied: true };
  const close = (): void => {
    const isThere = open.segments.length > 0 || (isStrict && !open.isImplied);
    if (isThere) pieces.push(open);
  };
  const list = joined(segments);
  list.forEach((segment, at) => {
    const offset = segment.origin?.start ?? 0;
    if (segment.kind !== 'text') {
      const history = historyOf(segment);
      if (history === undefined) {
        refuseMarkers(segment);
        open.segments.push(segment);
        return;
      }
      close();
      pieces.push({ history, offset });
      open = { role: open.role, segments: [], offset, isImplied: true };
      return;
    }
    const lines = segment.text.split('\n');
    let from = 0;
    let place = 0;
    for (const [index, line] of lines.entries()) {
      const isWhole =
        (index > 0 || at === 0 || isLoop(list[at - 1])) && (index < lines.length - 1 || at === list.length - 1);
      const found = MARKER.exec(line);
      if (found && !isWhole) throw new Refusal('A role marker shares its line with a value or a block', offset + place);
      if (found) {
        const text = segment.text.slice(from, place);
        if (text !== '') open.segments.push({ ...segment, text });
        close();
        open = { role: found[1]!.toLowerCase() as Role, segments: [], offset: offset + place, isImplied: false };
        from = Math.min(segment.text.length, place + line.length + 1);
      }
      place += line.length + 1;
    }
    const text = segment.text.slice(from);
    if (text !== '') open.segments.push({ ...segment, text, origin: originAt(offset + from) });
  });
  close();
  return pieces.filter((piece, index) => {
    if ('history' in piece || !piece.isImplied || index === 0) return true;
    if (!isBlank(piece.segments))
      throw new Refusal(
        'Text behind the history belongs to its last message; begin a message there with a role',
        piece.offset,
      );
    return false;
  });
}

function isLoop(segment: Segment | undefined): boolean {
  return segment !== undefined && historyOf(segment) !== undefined;
}

function isBlank(segments: readonly Segment[]): boolean {
  return segments.every((segment) => segment.kind === 'text' && segment.text.trim() === '');
}

function originAt(offset: number): NonNullable<Segment['origin']> {
  return { file: '', start: offset, end: offset };
}

/** `{% for item in chat_history %}{{item.role}}: {{item.content}}{% endfor %}` with its breaks: the variable it goes through. */
function historyOf(segment: Segment): string | undefined {
  if (segment.kind !== 'each' || segment.else.length > 0) return undefined;
  const { over } = segment;
  if (!('ref' in over) || over.scope !== 0 || over.ref.length !== 1) return undefined;
  const [before, role, colon, content, after, ...more] = joined(segment.body);
  const fits =
    isBreak(before) &&
    isItem(role, 'role') &&
    colon?.kind === 'text' &&
    /^\s*:\s*\n\s*$/.test(colon.text) &&
    isItem(content, 'content') &&
    (after === undefined || isBreak(after)) &&
    more.length === 0;
  return fits ? over.ref[0] : undefined;
}

function isBreak(segment: Segment | undefined): boolean {
  return segment?.kind === 'text' && segment.text.trim() === '';
}

function isItem(segment: Segment | undefined, name: string): boolean {
  if (segment?.kind !== 'value') return false;
  const { value } = segment;
  return 'ref' in value && value.scope === 1 && value.ref.length === 1 && value.ref[0] === name;
}

/** A role that a block or an item brings makes messages that come and go. */
function refuseMarkers(segment: Segment): void {
  if (segment.kind === 'text') {
    const line = segment.text.split('\n').find((one) => MARKER.test(one));
    if (line !== undefined)
      throw new Refusal(
        'A role marker inside a block makes a message that comes and goes; messages of promptctl are fixed',
        segment.origin?.start ?? 0,
      );
  }
  const bodies =
    segment.kind === 'if' ? [segment.then, segment.else] : segment.kind === 'each' ? [segment.body, segment.else] : [];
  for (const body of bodies) {
    const list = joined(body);
    list.forEach((inner, at) => {
      const next = list[at + 1];
      if (
        inner.kind === 'value' &&
        'ref' in inner.value &&
        inner.value.ref.at(-1) === 'role' &&
        next?.kind === 'text' &&
        /^\s*:\s*\n/.test(next.text)
      )
        throw new Refusal(
          'This loop makes messages, but not in the one form that is read as a history: role, a colon, content',
          inner.origin?.start ?? 0,
        );
      refuseMarkers(inner);
    });
  }
}

/** A thread in the middle parts its message in two, and takes the blanks beside it. */
function withThread(piece: Piece, { threads }: PromptyRules): readonly DraftMessage[] {
  const { role, offset } = piece;
  const content = stripped(stripped(piece.segments, 'start'), 'end');
  const at = content.findIndex((segment) => segment.kind === 'value' && threadOf(segment.value, threads) !== undefined);
  for (const [index, segment] of content.entries()) if (index !== at) refuseThread(segment, threads);
  if (at < 0) return [{ role, segments: content, offset }];
  const thread = content[at]!;
  const before = stripped(stripped(content.slice(0, at), 'end', 'blanks'), 'start', 'blanks');
  const after = stripped(stripped(content.slice(at + 1), 'start', 'blanks'), 'end', 'blanks');
  const history = threadOf((thread as Extract<Segment, { kind: 'value' }>).value, threads)!;
  return [
    ...(before.length > 0 ? [{ role, segments: before, offset }] : []),
    { history, offset: thread.origin?.start ?? offset },
    ...(after.length > 0 ? [{ role, segments: after, offset: after[0]!.origin?.start ?? offset }] : []),
  ];
}

function threadOf(expr: Expr, threads: ReadonlySet<string>): string | undefined {
  return 'ref' in expr && expr.scope === 0 && expr.ref.length === 1 && threads.has(expr.ref[0]!)
    ? expr.ref[0]
    : undefined;
}

function refuseThread(segment: Segment, threads: ReadonlySet<string>): void {
  if (segment.kind === 'value') {
    if (threadOf(segment.value, threads) !== undefined)
      throw new Refusal('A message can hold one thread', segment.origin?.start ?? 0);
  } else if (segment.kind === 'if') [...segment.then, ...segment.else].forEach((inner) => refuseThread(inner, threads));
  else if (segment.kind === 'each') [...segment.body, ...segment.else].forEach((inner) => refuseThread(inner, threads));
}
