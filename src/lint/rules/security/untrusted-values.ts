import { isObject, type JsonValue, member, type Prompt } from '../../../model/index.ts';
import type { Expr, Role, Segment, ValueSegment } from '../../../runtime/index.ts';
import type { Place, PromptContext } from '../../rule.ts';
import { type TextMessage, textMessages } from '../contents.ts';
import { namesASetting } from '../setting-names.ts';

/** A placeholder that writes an untrusted value into a message. */
export interface UntrustedValue {
  readonly segment: ValueSegment;
  readonly message: TextMessage;
  /** The placeholder as it stands in the template. */
  readonly source: string;
  readonly place: Place;
  /** The nearest text of its block before and after it; U+FFFC stands for other values and blocks. */
  readonly before: string;
  readonly after: string;
}

const OTHER = '\uFFFC';
const cache = new WeakMap<Prompt, readonly UntrustedValue[]>();

/** Every place where an untrusted value is written into a message of one of these roles. */
export function untrustedValues(context: PromptContext, ...roles: readonly Role[]): readonly UntrustedValue[] {
  let values = cache.get(context.prompt);
  if (!values) {
    values = [...textMessages(context.prompt)].flatMap((message) => valuesIn(message.segments, message, context));
    cache.set(context.prompt, values);
  }
  return values.filter(({ message }) => roles.includes(message.role));
}

function valuesIn(segments: readonly Segment[], message: TextMessage, context: PromptContext): UntrustedValue[] {
  return segments.flatMap((segment, at): UntrustedValue[] => {
    switch (segment.kind) {
      case 'text':
        return [];
      case 'media':
        // A user may show a picture; in an instruction it instructs.
        if (message.role === 'user' || message.role === 'tool') return [];
        return valuesIn([{ ...segment, kind: 'value', value: segment.url }], message, context);
      case 'value': {
        if (segment.trust === 'trusted' || isSetting(segment.value, context.prompt)) return [];
        const { start, end, file } = segment.origin!;
        const isOwn = file === context.prompt.file;
        const text = isOwn ? message.text : (context.workspace.textOf(file) ?? '');
        return [
          {
            segment,
            message,
            source: text.slice(start, end),
            place: isOwn
              ? { pointer: `${message.pointer}/content`, text: [start, end] }
              : { file, offsets: [start, end] },
            before: textBefore(segments, at),
            after: textAfter(segments, at),
          },
        ];
      }
      case 'if':
        return [...valuesIn(segment.then, message, context), ...valuesIn(segment.else, message, context)];
      default:
        return [...valuesIn(segment.body, message, context), ...valuesIn(segment.else, message, context)];
    }
  });
}

function isSetting(expr: Expr, { mode }: Prompt): boolean {
  return mode === 'github' && 'ref' in expr && namesASetting(expr.ref.join('.'));
}

/** A delimiter stands near its value: looking further would make a message of many values quadratic. */
const NEAR = 500;
/** Segments that may stand between the two. */
const NEAR_SEGMENTS = 24;

function textBefore(segments: readonly Segment[], at: number): string {
  let text = '';
  for (let i = at - 1; i >= 0 && at - i <= NEAR_SEGMENTS && text.length < NEAR; i--)
    text = shown(segments[i]!).slice(-NEAR) + text;
  return text;
}

function textAfter(segments: readonly Segment[], at: number): string {
  let text = '';
  for (let i = at + 1; i < segments.length && i - at <= NEAR_SEGMENTS && text.length < NEAR; i++)
    text += shown(segments[i]!).slice(0, NEAR);
  return text;
}

function shown(segment: Segment): string {
  return segment.kind === 'text' ? segment.text : OTHER;
}

/** Whether the schema leaves a value no room for words: numbers, booleans and closed lists. */
export function isClosed({ value }: ValueSegment, { variables }: Prompt): boolean {
  const schema = schemaOf(value, variables);
  if (!isObject(schema)) return false;
  if (member(schema, 'enum') !== undefined || member(schema, 'const') !== undefined) return true;
  const type = member(schema, 'type');
  return type === 'integer' || type === 'number' || type === 'boolean';
}

function schemaOf(expr: Expr, variables: Prompt['variables']): JsonValue | undefined {
  if (!('ref' in expr) || expr.scope !== 0) return undefined;
  let schema = variables.get(expr.ref[0] ?? '')?.schema;
  for (const part of expr.ref.slice(1)) schema = member(member(schema, 'properties'), part);
  return schema;
}

const WRITERS = {
  user: 'what the user wrote',
  retrieved: 'what a document says',
  tool: 'what a tool returned',
  model: 'what a model wrote',
  trusted: 'what the author wrote',
} as const;

/** Whose words a value holds. In github mode nobody has said it. */
export function wordsOf({ trust }: ValueSegment, { mode }: Prompt): string {
  return mode === 'github' ? 'a value that may come from outside' : WRITERS[trust];
}

/** A place in a text that names a variable of untrusted text, where no value is ever put in. */
export interface NamedInPlain {
  readonly name: string;
  readonly place: Place;
}

const NAMES = /\{\{\{?\s*([\w-]+)[\w.-]*\s*\}?\}\}/g;

/** Untrusted variables that a plain text names, such as a tool's description. */
export function untrustedNamedIn(text: string, pointer: string, { variables }: Prompt): NamedInPlain[] {
  return [...text.matchAll(NAMES)].flatMap((found): NamedInPlain[] => {
    const variable = variables.get(found[1]!);
    if (!variable || variable.trust === 'trusted') return [];
    return [{ name: found[0], place: { pointer, text: [found.index, found.index + found[0].length] } }];
  });
}
