import { anything, type Keyword, type Keywords } from './keyword.ts';

const note: Keyword = { takes: anything };

/** The keywords that say nothing about validity. */
export const ANNOTATIONS: Keywords = {
  title: note,
  description: note,
  default: note,
  examples: note,
  $comment: note,
  deprecated: note,
  readOnly: note,
  writeOnly: note,
  $schema: {
    // Another dialect could give the same keywords other meanings.
    takes: (argument) =>
      !/^https?:\/\/json-schema\.org\/(draft-0[67]|draft\/20(19-09|20-12))\/schema#?$/.test(String(argument)) &&
      'must name draft-06, draft-07, 2019-09 or 2020-12',
  },
};

/** Keys of a prompt's variable, which stand in its schema and are none of JSON Schema's. */
export const PROMPT_KEYS: Keywords = { trust: note, maxTokens: note, fence: note, optional: note };
