import { type PromptContext, promptRule, type Rule } from '../../rule.ts';
import { passagesOf } from '../passages.ts';
import { firstSaid, type Said } from './said.ts';

const POINTS_AT =
  /\b(?:the |these |those |my |our )?examples? (?:below|above|that follows?|given (?:below|above)|provided (?:below|above)|shown (?:below|above))\b|\b(?:the following|these|those) (?:[\w-]+ )?examples\b|\b(?:as (?:shown|seen|demonstrated|illustrated) in|based on|guided by|according to) the examples?\b|\b(?:mimic|imitate|follow|match|copy) the (?:sample|example) (?:answers?|outputs?|responses?|replies)\b|\bhere (?:are|is) (?:some|a few|an|two|three|four|five|several|\d+)? ?(?:[\w-]+ )?examples?\b/gi;
/** A pair written out: a label for it, an arrow, a quotation, a block of code or a tag. */
const WRITTEN_OUT =
  /(?:^|\n)[ \t]*(?:[#*>-] ?|\d+[.)] )*(?:<?examples?\b[^\n{]{0,20}[:>\d]|(?:input|output|q|a|question|answer|user|assistant|before|after|good|bad|sample)\b[ \d*]*[:=](?!\s*\{\{))|\bfor (?:example|instance)\b|\be\.g\.|->|→|=>|"""|```|<examples?>|\{\{[^}]{0,60}(?:example|shot|sample)/i;

export const fewShotWithoutExamples: Rule = promptRule({
  id: 'technique/few-shot-without-examples',
  severity: 'warning',
  preset: 'all',
  summary: 'Examples that are spoken of and are not there.',
  why: 'A model that is pointed at examples it can’t see makes some up. Mostly they were lost in an edit, or left in another file.',
  unless: 'the examples come in with a variable that this rule does not recognise.',
  examples: {
    bad: [
      {
        text: 'promptctl: 1\ntechnique: few-shot\nmessages:\n  - role: system\n    content: Label a review.\n',
        line: 2,
      },
      {
        text: 'messages:\n  - role: system\n    content: |\n      You write adverts.\n      Write in the manner of the examples below.\n  - role: user\n    content: "{{notes}}"\n',
        line: 5,
      },
      {
        text: 'messages:\n  - role: user\n    content: |\n      Write the page.\n      Here are some examples of good pages:\n\n      Attributes:\n      {{attributes}}\n',
        line: 5,
      },
    ],
    good: [
      {
        text: 'promptctl: 1\ntechnique: few-shot\nmessages:\n  - role: system\n    content: Label a review. For example, "What a view, what a bill" is a complaint.\n',
      },
      {
        text: 'promptctl: 1\ntechnique: few-shot\nmessages:\n  - role: user\n    content: rice, one pepper\n  - role: assistant\n    content: Fried rice with pepper.\n  - role: user\n    content: eggs\n',
      },
      {
        text: 'messages:\n  - role: user\n    content: |\n      Return search terms. Here is an example:\n\n      context: a tent for two\n      queries: ["tent", "two-person tent"]\n',
      },
      {
        text: 'messages:\n  - role: user\n    content: |\n      Here are some examples:\n      - "Lovely garden" -> praise\n      - "Cold shower" -> complaint\n',
      },
    ],
  },
  check: (context) => {
    const { prompt, report } = context;
    if (showsTurns(context)) return;
    const said = firstSaid(context, /example/i, POINTS_AT, () => true);
    const help = 'write them under `examples:`, or take the words out';
    if (
      prompt.technique === 'few-shot' &&
      !passagesOf(context).some(({ text }) => WRITTEN_OUT.test(text) || listsQuotes(text))
    )
      report({ message: 'The technique is few-shot, and there are no examples', help, at: { pointer: '/technique' } });
    if (said && !follow(said, context))
      report({ message: `“${said.phrase}” points at examples that are not there`, help, at: said.place });
  },
});

function showsTurns({ prompt }: PromptContext): boolean {
  if (
    prompt.examples.length > 0 ||
    [...prompt.variants.values()].some(({ examples }) => examples && examples.length > 0)
  )
    return true;
  const lastUser = prompt.messages.findLastIndex((message) => 'role' in message && message.role === 'user');
  return prompt.messages.some((message, at) => at < lastUser && 'role' in message && message.role === 'assistant');
}

/** After the colon: an item, a quotation, a value on the same line, or below it a label with its text, or JSON. */
const FOLLOWS =
  /^[^\n]{0,60}:(?:\s*(?:[-*•"'“`<|[]|\d+[.)]|\{)|[ \t]*\S|\s*\n[ \t]*[\w-][\w -]{0,30}:[ \t]+(?!\{\{)\S)/;

/** Whether anything around the words looks like the examples: a list right after them, or a pair anywhere. */
function follow({ passage, start, end }: Said, context: PromptContext): boolean {
  const rest = passage.text.slice(end);
  if (FOLLOWS.test(rest)) return true;
  return passagesOf(context).some((other) => {
    const text = other === passage ? `${passage.text.slice(0, start)}\n${rest}` : other.text;
    return WRITTEN_OUT.test(text) || listsQuotes(text);
  });
}

function listsQuotes(text: string): boolean {
  return /(?:^|\n)[ \t]*(?:[-*•] |\d+[.)] )["“'`][^\n]{3,}["”'`]/.test(text);
}
