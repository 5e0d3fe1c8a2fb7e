import { ANNOTATIONS, PROMPT_KEYS } from './annotations.ts';
import { ASSERTIONS } from './assertions.ts';
import type { Keywords } from './keyword.ts';
import { MEMBERS } from './members.ts';
import { oneType } from './type.ts';
import { WIDER } from './wider.ts';

/** Which schemas are meant: of a prompt's variable, or (wider) of an output or a tool's parameters. */
export type SchemaSubset = 'variable' | 'output';

// What isn't in a table is refused by name. Functions, so that a bundler can drop the one an application doesn't use.

/** The keywords of a variable's schema, a prompt's own keys among them. */
export const variableKeywords = (): Keywords => ({
  type: oneType,
  ...ASSERTIONS,
  ...MEMBERS,
  ...ANNOTATIONS,
  ...PROMPT_KEYS,
});

/** The keywords of the schema of an output or of a tool's parameters. */
export const outputKeywords = (): Keywords => ({ ...ASSERTIONS, ...MEMBERS, ...ANNOTATIONS, ...WIDER });
