import { promptRule, type Rule } from '../../rule.ts';
import { passagesOf, type Sentence, sentencesOf } from '../passages.ts';

const PATTERNS: readonly RegExp[] = [
  // Respond only with valid JSON; return a JSON object; output your answer as JSON; answer in JSON format.
  new RegExp(
    String.raw`\b(?:respond|repl(?:y|ies)|answer|return|output|produce|provide|give|generate|emit|format|write|print|deliver|send back)\b(?:(?!\b(?:if|when|that|which|from|about|parse|input|function|script|program)\b)[^.;:\n]){0,60}?\bJSON\b(?! (?:or\b|and\b(?! nothing| no\b)|file|files|schema is|spec|standard|syntax|parser|input|config|document that|body of|payload that|you (?:get|receive)))`,
    'i',
  ),
  /\b(?:response|reply|answer|output|result|format)s?\b(?: format)?(?: (?:must|should|shall|has to|needs to|will))?(?: be| is| in|\*\*|:)+ (?:[\w*`-]+ ){0,4}?\*{0,2}`?JSON\b/i,
  /\b(?:only|just|strictly|exclusively) (?:with |in |as |a |an |the |valid |raw |pure |one |single |strict )*(?:(?!\w+s )\w+ )?\*{0,2}`?JSON\b/i,
  /\bJSON(?: object| array| output)? (?:only|alone)\b/i,
  // Below a heading: JSON with the following keys.
  /^[^\w{]*(?:<[\w-]+>\s*)?(?:(?:an?|one|the|single|valid) )*\*{0,2}`?JSON`?\*{0,2}(?: object| array)? (?:with|containing|of the form|in (?:this|the following) form)/i,
  // All answers are to be encoded as JSON.
  /\b(?:to|must|should|shall|will) be (?:\w+ed|given|written|sent) (?:as|in) (?:valid |strict )*`?JSON\b/i,
  // Produce a JSON document; structure your response as JSON; it has to parse as JSON.
  /\b(?:produce|generate|emit|build|deliver) (?:an? |one |the )?(?:[\w-]+ ){0,2}?\*{0,2}`?JSON (?:document|object|array|list|dictionary|string|payload|blob)\b/i,
  /\b(?:structure|shape|encode|seriali[sz]e|deliver|present|wrap) (?:your|the|all|each) (?:\w+ ){1,3}(?:as|in|into) (?:valid |strict )?\*{0,2}`?JSON\b/i,
  /\b(?:has|have|must|needs?|should) (?:to )?(?:parse|be parse?able|be readable) (?:as|by) (?:valid )?`?JSON\b/i,
  /\buse (?:valid |strict |only )*JSON(?: (?:for|as|in) (?:your|the|all|every|each) (?:answer|response|repl|output)|(?= *(?:[.!](?:\s|$)|$)))/i,
  /\b(?:formato|im|au format|em formato|in formato|как|в формате|als|en) ?-?JSON(?:[- ]?(?:format|objekt|estrict\w*))?\b/i,
  /(?:JSON\s?(?:格式|形式)|以\s?JSON)/i,
];
/** JSON as a form, with no word on whose: of the answer, unless the clause says that it comes in, or is a topic. */
const FORMS: readonly RegExp[] = [
  /\b(?!in the JSON (?:object|array)\b)(?:in|as|use|using) (?:the |a |an |this |following |valid |strict |exact |proper )*\*{0,2}`?JSON`?\*{0,2}[ -](?:format|object|array|structure|form)\b/i,
  // I need the result as JSON; convert it into JSON; follow this JSON schema.
  /\b(?:i|we) (?:need|want|expect)\b[^.;:\n]{0,60}? JSON\b(?! (?:or\b|and\b|file|files|parser|input|config))/i,
  /\b(?:convert|turn|transform|translate|extract|put|map)\b[^.;:\n]{0,60}? (?:as|to|into|in) (?:an? |one |valid |the following |this )*\*{0,2}`?JSON\b(?! (?:or\b|and\b|file|files|parser|input|config))/i,
  /\b(?:stick to|adher(?:e|ing) to|conform to|follow(?:ing)?|fill(?: in| out)?|complete) (?:(?:the|this|an?|that|exact|exactly|following|given|provided|strict) )*\*{0,2}`?JSON`?\*{0,2}[ -](?:schema|structure|format|shape|template|object)\b/i,
];
const NOT_ASKED =
  /\b(?:given|whether|why|(?:how|function|script|program|tool|code) to|(?:inputs?|data|documents?|records?) (?:is|are)|comes?|arrives?|you (?:will |can |may )?(?:get|receive|see|find)|(?:can|may|will) (?:send|paste|upload|submit)|(?:send|paste|upload|submit|suppl[iy]|receiv|return|respond|store)(?:e?s|ed))\b(?:(?!\band\b)[^,.;:])*$|\b(?:that|which|who) $/i;
const REFUSED =
  /\b(?:never|not|don['’]t|avoid|without|no|instead of|rather than)\b(?: (?!(?:but|except|besides|other|than)\b)\w+){0,4}? (?:\*{0,2}`?)?JSON\b|\bnot (?:in|as|valid) JSON\b/i;

export const jsonAskedInProse: Rule = promptRule({
  id: 'output/json-asked-in-prose',
  severity: 'info',
  preset: 'recommended',
  owasp: 'LLM05:2025',
  summary: 'JSON that is asked for in words alone.',
  why: 'Asked in words, models wrap JSON in a code block, add a sentence before it, or stop in the middle, in one call of some hundreds. responseFormat makes the provider hold them to it.',
  unless: 'the model has no JSON mode, or people read the answer.',
  examples: {
    bad: [
      {
        text: 'messages:\n  - role: system\n    content: |\n      You label issues.\n      Return a JSON object with the keys "labels" and "reason".\n',
        line: 5,
      },
      {
        text: 'messages:\n  - role: user\n    content: |\n      {{notes}}\n\n      Output your answer as JSON.\n',
        line: 6,
      },
      { text: 'messages:\n  - role: system\n    content: The response must be a JSON array of strings.\n', line: 3 },
    ],
    good: [
      {
        text: 'messages:\n  - role: system\n    content: Report JSON that is parsed without a check, or a package.json with an open range. Write prose, never JSON.\n',
      },
      { text: 'messages:\n  - role: system\n    content: Return a JSON object.\nresponseFormat: json_object\n' },
    ],
  },
  check: (context) => {
    const { type } = context.prompt.responseFormat ?? {};
    if (type === 'json_object' || type === 'json_schema') return;
    for (const passage of passagesOf(context)) {
      if (passage.isExample || passage.role === 'assistant' || !/json/i.test(passage.text)) continue;
      for (const sentence of sentencesOf(passage)) {
        const found = asksForJson(sentence);
        if (!found) continue;
        context.report({
          message: `“${found[0].replaceAll(/\s+/g, ' ')}” asks for JSON, and nothing holds the model to it`,
          help: 'write responseFormat: json_schema and jsonSchema',
          at: passage.place(sentence.start + found.index, sentence.start + found.index + found[0].length),
        });
        // Once is enough.
        return;
      }
    }
  },
});

function asksForJson({ text }: Sentence): RegExpExecArray | null {
  // A heading, or a comment of code, asks for nothing; two formats are a choice, and no order.
  if (!/json/i.test(text) || /^\s*#/.test(text) || REFUSED.test(text) || /\bJSON ?(?:\/|or) ?[A-Z]/i.test(text))
    return null;
  for (const pattern of PATTERNS) {
    const found = pattern.exec(text);
    if (found && !/\bhow to $/i.test(text.slice(0, found.index))) return found;
  }
  for (const pattern of FORMS) {
    const found = pattern.exec(text);
    if (found && !NOT_ASKED.test(text.slice(0, found.index))) return found;
  }
  return null;
}
