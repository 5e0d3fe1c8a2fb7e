import { Document, isMap, isScalar, isSeq, Scalar, visit } from 'yaml';
import type { JsonObject, JsonValue } from '../model/index.ts';
import type { Draft, DraftMessage } from './draft.ts';
import { printTemplate, type PrintOptions } from './print-template.ts';
import type { Settled, SettledVariable } from './settle.ts';

/** The YAML of a strict prompt, keys in the order of the format. @throws Refusal where a template can't be written */
export function writePrompt(
  draft: Draft,
  { variables, testData }: Settled,
  id: string | undefined,
  options: PrintOptions,
): string {
  const messages = (list: readonly DraftMessage[]): JsonValue[] => list.map((message) => messageOf(message, options));
  const variants = [...(draft.variants ?? [])].map(
    ([name, { model, modelParameters, messages: own }]) =>
      [name, withoutEmpty({ model, modelParameters, messages: messages(own) })] as const,
  );
  const prompt = withoutEmpty({
    promptctl: 1,
    id,
    name: draft.name,
    description: draft.description,
    version: draft.version,
    variants: Object.fromEntries(variants),
    model: draft.model,
    modelParameters: draft.modelParameters,
    variables: Object.fromEntries([...variables].map(([name, variable]) => [name, declaration(variable)])),
    messages: messages(draft.messages),
    responseFormat: draft.responseFormat,
    jsonSchema: draft.jsonSchema,
    tools: draft.tools,
    metadata: draft.metadata,
    testData,
    evaluators: draft.evaluators,
  });
  return yamlOf(prompt);
}

function messageOf(message: DraftMessage, options: PrintOptions): JsonObject {
  return 'history' in message
    ? { history: message.history }
    : { role: message.role, content: printTemplate(message.segments, options) };
}

function declaration(variable: SettledVariable): JsonObject {
  const { type, ...rest } = variable.schema;
  const { description, items, properties, required, additionalProperties, ...plain } = rest;
  return withoutEmpty({
    type,
    ...plain,
    default: variable.default,
    optional: variable.optional,
    trust: variable.trust,
    fence: variable.isUnfenced ? 'none' : undefined,
    description,
    items,
    properties,
    required,
    additionalProperties,
  });
}

/** Absent and empty things are not written; an empty default is one. */
function withoutEmpty(value: { readonly [key: string]: JsonValue | undefined }): JsonObject {
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, JsonValue] => {
      const [key, member] = entry;
      return member !== undefined && (key === 'default' || !isEmpty(member));
    }),
  );
}

function isEmpty(value: JsonValue): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

/** Declarations and rows of short values stand on one line each; texts of several lines are blocks. */
function yamlOf(value: JsonObject): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  visit(document, {
    Scalar: (_key, node) => {
      if (typeof node.value === 'string' && needsQuotes(node.value)) node.type = Scalar.QUOTE_DOUBLE;
    },
    Map: (_key, node) => {
      if (isShort(node)) node.flow = true;
    },
    Seq: (_key, node) => {
      if (isShort(node)) node.flow = true;
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: true, singleQuote: false });
}

function needsQuotes(text: string): boolean {
  // A block can't hold these: a carriage return and other breaks would become a line feed, a tab or blanks at the front its indent.
  return (
    /[\r\u0085\u2028\u2029]/.test(text) ||
    (/^\n*[ \t]/.test(text) && text.includes('\n')) ||
    (text !== '' && text.trim() === '')
  );
}

const SHORT = 100;

function isShort(node: unknown): boolean {
  if (!isMap(node) && !isSeq(node)) return false;
  const json = JSON.stringify(node.toJSON());
  if (json.length > SHORT || json.includes('\\n')) return false;
  if (isSeq(node)) return node.items.every((member) => isScalar(member));
  return node.items.length > 0 && node.items.every(({ value }) => isScalar(value) || (isSeq(value) && isShort(value)));
}
