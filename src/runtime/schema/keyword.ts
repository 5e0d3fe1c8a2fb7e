import type { Check } from './cursor.ts';
import { isObject, type JsonSchema } from './json-schema.ts';

/** What a keyword of the subset is: the argument it takes, and the check it makes; an annotation makes none. */
export interface Keyword {
  readonly takes: Takes;
  /** `path` is the JSON pointer to the keyword. Called only with an argument that `takes` accepts. */
  readonly check?: (argument: never, path: string, schema: JsonSchema, compiler: Compiler) => Check;
}

export type Keywords = Readonly<Record<string, Keyword>>;

/** What a keyword asks of the schema around it. */
export interface Compiler {
  /** Turns the schema that stands at `pointer` into its check. */
  readonly compile: (schema: unknown, pointer: string) => Check;
  readonly resolve: (reference: string) => unknown;
}

/** Says what an argument must be, or false for one that is right. */
export type Takes = (argument: unknown, schema: JsonSchema) => string | false;

/* @__NO_SIDE_EFFECTS__ */ const must =
  (accepts: (argument: unknown) => boolean, words: string): Takes =>
  (argument) =>
    !accepts(argument) && `must be ${words}`;

const isText = (argument: unknown): boolean => typeof argument === 'string';

export const anything: Takes = () => false;
export const flag: Takes = must((argument) => typeof argument === 'boolean', 'true or false');
export const text: Takes = must(isText, 'text');
export const number: Takes = must(Number.isFinite, 'a number');
export const positive: Takes = must((argument) => Number.isFinite(argument) && Number(argument) > 0, 'above 0');
export const count: Takes = must((argument) => Number.isInteger(argument) && Number(argument) >= 0, 'a whole number');
export const names: Takes = must((argument) => Array.isArray(argument) && argument.every(isText), 'a list of names');
export const values: Takes = must((argument) => Array.isArray(argument) && argument.length > 0, 'a list with members');

export const schema: Takes = must((argument) => isObject(argument) || typeof argument === 'boolean', 'a schema');
export const schemaList: Takes = must(
  (argument) => Array.isArray(argument) && argument.length > 0,
  'a list of schemas',
);
export const schemaMap: Takes = must(isObject, 'a mapping of schemas');
