import { type PromptContext, promptRule, type Rule } from '../../rule.ts';
import { passagesOf } from '../passages.ts';
import { firstSaid, type Said, type Words } from './said.ts';

const EXAMPLES = '(?:examples?|exemplars|demonstrations)';
/** Kinds of text of which there are samples; `samples` alone are also of blood. */
const TEXTS =
  '(?:answers?|outputs?|responses?|repl(?:y|ies)|letters?|e-?mails?|messages?|texts?|titles?|sentences?|pages?|notes?|conversations?|dialogues?|summar(?:y|ies))';
const THE = String.raw`(?:the|these|those|this|my|our|previous|earlier) (?:[\w/-]+ ){0,2}?`;
/** Not `below each rule` or `provided by the user`: there they have a place of their own. */
const THERE = String.raw`(?:(?:that |which )?follow(?:s|ing)?|below|above|(?:that )?(?:(?:we|i|are|is|were|have been) )?(?:given|provided|shown|listed|included|supplied|attached)(?: (?:below|above|here))?)\b(?! (?:by|from|in|within|with|the|an?|each|every|any|this|that|these|it|its|your|our|\d+)\b)`;
const OF = String.raw`(?:the|their) [\w-]+(?:(?:,| and|, and) [\w-]+){0,2} (?:of|in|from) `;
const LIKE = String.raw`(?:(?:match|mimic|imitate|copy|mirror|emulate|follow|resemble|study|consult|see|use|like|refer(?:ring)? to|learn(?:ing)? from|look(?:ing)? at|(?:stick|keep|adhere)(?: \w+ly)? to|(?:as|like|(?:as|same)(?: \w+){1,3}) (?:in|as)|(?:same|similar) (?:\w+ )?(?:as|to)|consistent with|in line with|in the (?:style|manner|way|form|spirit|voice|tone) of|based on|guided by|according to|model(?:l?ed)? (?:[\w-]+ ){0,2}on) (?:${OF})?|(?:keep|adopt|take|apply|reproduce) ${OF})`;

/** Words that speak of examples as being there. */
const POINTS_AT = new RegExp(
  [
    String.raw`\b(?:${THE})?${EXAMPLES} ${THERE}`,
    String.raw`\b(?:the following|these|those) (?:[\w/-]+ ){0,2}?examples\b|\bthe following (?:[\w/-]+ ){0,2}?example(?= *[:.,;])`,
    // Match the tone of the samples above; as in the examples; follow the sample answers.
    String.raw`\b${LIKE}${THE}examples\b(?! (?:of|by|from|in|within|with|on|you|they|set)\b)`,
    String.raw`\b${LIKE}${THE}(?:samples|(?:sample|model) ${TEXTS}) ${THERE}`,
    String.raw`\b${LIKE}${THE}(?:samples?|examples?) ${TEXTS}\b`,
    String.raw`\b${LIKE}(?:these|those|the following) (?:[\w/-]+ ){0,2}?samples(?= *:)`,
    // Here are some examples; below you find two samples; the following are examples.
    String.raw`\b(?:here|below|above|the following)(?: you(?:['’]ll| will| can)? (?:find|see)| are| is)(?: (?:some|an?|few|of|(?:[\w-]+ )?\w+))?? (?:[\w-]+ ){0,2}?(?:examples?|samples|sample ${TEXTS})\b`,
    String.raw`\bas the (?:[\w-]+ )?examples? (?:show|illustrate|demonstrate)s?\b|\bexamples (?:of [\w -]{1,40}? )?are (?:\w+ )?(?:below|above)\b`,
    String.raw`\byou(?:['’]ll| will| can)? (?:find|see) (?:[\w-]+ )?examples (?:below|above)\b`,
  ].join('|'),
  'gi',
);
const NAMES = /example|sample|exemplar|demonstration/i;
const WRITE =
  '(?:give|write|provide|list|add|include|make|show|produce|generate|create|offer|insert|place|invent|suggest)';
/** Examples that the model is to write. */
const WRITTEN = new RegExp(String.raw`\b${WRITE}\b[^.;:]{0,60}$`, 'i');
const WRITTEN_EARLIER = new RegExp(
  String.raw`(?<!\b(?:i|we)(?: \w+|['’]ll)? )\b${WRITE}s?\b(?! sure)[^.;:]{0,60}\b(?:examples?|samples?|example ${TEXTS})\b`,
  'i',
);
/** Examples that the model is to work on. */
const WORKED_ON =
  /\b(?:add|insert|place|classify|label|tag|rank|sort|grade|score|rate|review|correct|translate|fix|explain|discuss|analy[sz]e|rewrite|improve|summari[sz]e|evaluate|complete) (?:(?:each|all|any|one) )?(?:of )?$/i;

/** A pair written out: a label for it, an arrow, a quotation, a block of code or a tag. */
const WRITTEN_OUT =
  /(?:^|\n)[ \t]*(?:[#*>-] ?|\d+[.)] )*(?:<?examples?\b[^\n{]{0,20}[:>\d]|(?:input|output|q|a|question|answer|user|assistant|before|after|good|bad|sample)\b[ \d*]*[:=](?!\s*\{\{))|\bfor (?:example|instance)\b|\be\.g\.|->|→|=>|"""|```|~~~|<examples?>(?!\s*<\/)|\{\{[^}]{0,60}(?:example|shot|sample)/i;

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
    const said = firstSaid(context, NAMES, POINTS_AT, areModels) ?? emptySection(context);
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

function areModels({ earlier, before, words }: Words): boolean {
  if (WORKED_ON.test(before)) return false;
  if (/^ex/i.test(words)) return !WRITTEN.test(before);
  return !/^th[eo]se/i.test(words) || !WRITTEN_EARLIER.test(earlier);
}

/** A heading, or a pair of tags, with nothing below it; a heading of a lower level is something. */
const SECTION =
  /(?:^|\n)[ \t]*(?:(#{1,6}) (?:(?:few-shot|good|sample|output|input|labell?ed|worked) )?examples?:?\s*(?:(#{1,6}) |$)|<examples?>\s*<\/|(?:few-shot )?(?:examples?|samples):\s*$)/gi;

function emptySection(context: PromptContext): Said | undefined {
  for (const passage of passagesOf(context)) {
    if (passage.isExample || passage.role === 'assistant') continue;
    for (const { index, 0: found, 1: level, 2: next } of passage.text.matchAll(SECTION)) {
      if (level !== undefined && next !== undefined && next.length > level.length) continue;
      const phrase = found.trim().split('\n', 1)[0]!.trim();
      const start = passage.text.indexOf(phrase, index);
      const end = start + phrase.length;
      return { phrase, place: passage.place(start, end), passage, start, end };
    }
  }
  return undefined;
}

/** After the colon: an item, a quotation, a value on the same line, or below it a label with its text, or JSON; after a stop, only the last three. */
const FOLLOWS =
  /^[^\n]{0,60}:(?:\s*(?:[-*•"'“`<|[]|\d+[.)]|\{)|[ \t]*\S|\s*\n[ \t]*[\w-][\w -]{0,30}:[ \t]+(?!\{\{)\S)|^[^\n.:]{0,60}\.\s*\n[ \t]*(?:["“'`|<{]|[\w-][\w -]{0,30}:[ \t]+(?!\{\{)\S)/;

/** Whether anything around the words looks like the examples: a list right after them, or a pair anywhere. */
function follow({ passage, start, end }: Said, context: PromptContext): boolean {
  const rest = passage.text.slice(end).replaceAll(/<examples?>\s*<\/examples?>/gi, '');
  if (FOLLOWS.test(rest)) return true;
  return passagesOf(context).some((other) => {
    const text = other === passage ? `${passage.text.slice(0, start)}\n${rest}` : other.text;
    return WRITTEN_OUT.test(text) || listsQuotes(text);
  });
}

function listsQuotes(text: string): boolean {
  return /(?:^|\n)[ \t]*(?:[-*•] |\d+[.)] )["“'`][^\n]{3,}["”'`]/.test(text);
}
