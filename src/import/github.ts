import { isObject, type JsonValue, member, pointerTo } from '../model/index.ts';
import type { Role, Segment } from '../runtime/index.ts';
import { githubTemplate } from '../workspace/index.ts';
import type { Draft, DraftMessage, Note } from './draft.ts';
import { namesFrom, textOf } from './names.ts';
import { parametersFrom } from './parameters.ts';
import { Refusal } from './refusal.ts';
import { type FrontMatter, readFrontMatter } from './source-text.ts';

const ROLES: readonly string[] = ['system', 'developer', 'user', 'assistant'];
const KINDS: readonly string[] = ['string', 'llm', 'uses'];
const FORMATS: readonly unknown[] = ['text', 'json_object', 'json_schema'];
const CARRIED = new Set(
  'name description version model modelParameters messages responseFormat jsonSchema testData evaluators metadata'.split(
    ' ',
  ),
);

/**
 * Reads a `.prompt.yml` as GitHub Models does: a bare name in two braces is a value, every other brace is text. Undefined where the
 * file is one of promptctl's own already.
 *
 * @throws Refusal where it is no prompt, or promptctl has no words for it
 */
export function readGithub(file: string, text: string): Draft | undefined {
  const { values, offsetOf } = readFrontMatter(file, text, 0, '', 0);
  if (Object.hasOwn(values, 'promptctl')) return undefined;
  const notes: Note[] = [];
  const { notes: ofNames, ...names } = namesFrom(values, offsetOf);
  const given = member(values, 'modelParameters');
  const { parameters, notes: unknown } = parametersFrom(isObject(given) ? given : {}, 'modelParameters', (key) =>
    offsetOf(pointerTo('/modelParameters', key)),
  );
  notes.push(...ofNames, ...unknown);
  for (const key of Object.keys(values))
    if (!CARRIED.has(key))
      notes.push({ kind: 'lost', message: `\`${key}\` has no counterpart`, offset: offsetOf(`/${key}`) });
  const format = member(values, 'responseFormat');
  const metadata = member(values, 'metadata');
  return {
    ...names,
    model: textOf(member(values, 'model')) || undefined,
    modelParameters: parameters,
    variables: new Map(),
    messages: messagesOf(member(values, 'messages'), offsetOf, notes),
    responseFormat: FORMATS.includes(format) ? (format as Draft['responseFormat']) : undefined,
    jsonSchema: member(values, 'jsonSchema') ?? undefined,
    testData: listOf(member(values, 'testData')).filter(isObject),
    evaluators: listOf(member(values, 'evaluators')).filter((evaluator, at) => {
      const isKnown = isObject(evaluator) && KINDS.some((kind) => Object.hasOwn(evaluator, kind));
      if (!isKnown)
        notes.push({
          kind: 'lost',
          message: `This evaluator is left out: GitHub has none of its kind (${KINDS.join(', ')})`,
          offset: offsetOf(pointerTo('/evaluators', at)),
        });
      return isKnown;
    }),
    ...(isObject(metadata) ? { metadata } : {}),
    notes,
  };
}

function messagesOf(
  value: JsonValue | undefined,
  offsetOf: FrontMatter['offsetOf'],
  notes: Note[],
): readonly DraftMessage[] {
  const messages = listOf(value).flatMap((message, at): DraftMessage[] => {
    const pointer = pointerTo('/messages', at);
    const offset = offsetOf(pointer);
    const role = member(message, 'role');
    const content = member(message, 'content') ?? '';
    if (typeof role !== 'string' || !ROLES.includes(role.toLowerCase()))
      throw new Refusal(`${JSON.stringify(role ?? null)} is no role of a message`, offset);
    if (typeof content !== 'string') throw new Refusal('The content of a message is text', offset);
    if (content === '') {
      notes.push({ kind: 'changed', message: `The ${role} message has no text and is left out`, offset });
      return [];
    }
    return [
      { role: role.toLowerCase() as Role, segments: segmentsOf(content, offsetOf(`${pointer}/content`)), offset },
    ];
  });
  if (messages.length === 0) throw new Refusal('The file has no message with a text', offsetOf('/messages'));
  return messages;
}

/** Each segment stands, for whoever reads a note on it, where its message begins. */
function segmentsOf(content: string, offset: number): readonly Segment[] {
  return githubTemplate(content, '').segments.map((segment) => ({
    ...segment,
    origin: { file: '', start: offset, end: offset },
  }));
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [];
}
