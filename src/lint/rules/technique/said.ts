import type { PromptContext } from '../../rule.ts';
import { type Passage, passagesOf, sentencesOf } from '../passages.ts';

export interface Said {
  readonly phrase: string;
  readonly place: ReturnType<Passage['place']>;
  readonly passage: Passage;
  readonly start: number;
  readonly end: number;
}

/** Words of a sentence, with what stands around them in it. */
export interface Words {
  /** The end of what stands before them in the passage, of a bounded length. */
  readonly earlier: string;
  readonly before: string;
  readonly words: string;
  readonly after: string;
}

const EARLIER = 2000;
/** Denies nothing of the order that follows: `if you are not sure, think`. */
const ASIDE = /\b(?:if|when|while|where|unless|because|since|although|that|which|who)\b[^,;]*,/gi;
/** Ends what a ban reaches: `don't guess, but think aloud`. */
const TURN = /[;—]| [-–] |\bbut\b|\binstead\b(?! of)|, (?:then|rather(?! than)|always|please) /i;
/** `Do not just answer` and `never forget to` forbid nothing of what follows. */
const BAN =
  /\b(?:not|never|don['’]t|without|no need to|avoid|stop|refrain from|(?:instead of|rather than)(?=[^,]*$))\b(?! (?:just|only|simply|merely|rush|guess|jump|skip|forget|hesitate|fail|omit|and|(?:answer|reply|respond|decide) (?:at once|right away|immediately|directly|yet|too))\b)/i;
/** The first words of a prompt's own instructions that match and are meant; examples and what a sentence forbids are passed over. */
export function firstSaid(
  context: PromptContext,
  hint: RegExp,
  pattern: RegExp,
  isMeant: (said: Words) => boolean,
): Said | undefined {
  for (const passage of passagesOf(context)) {
    if (passage.isExample || passage.role === 'assistant' || !hint.test(passage.text)) continue;
    for (const { text, start } of sentencesOf(passage)) {
      if (!hint.test(text)) continue;
      for (const { index, 0: words } of text.matchAll(pattern)) {
        const from = start + index;
        const end = from + words.length;
        const before = text.slice(0, index);
        const after = text.slice(index + words.length);
        const earlier = passage.text.slice(Math.max(0, from - EARLIER), from);
        if (BAN.test(before.replaceAll(ASIDE, '').split(TURN).at(-1)!)) continue;
        if (!isMeant({ earlier, before, words, after })) continue;
        return { phrase: words.replaceAll(/\s+/g, ' '), place: passage.place(from, end), passage, start: from, end };
      }
    }
  }
  return undefined;
}

const STEPWISE = String.raw`step[- ]by[- ]step`;
const CHAIN = String.raw`(?:chain|train|line)s?[- ]of[- ](?:thoughts?|reasoning|thinking)`;
const YOUR = String.raw`(?:(?:each|every|the) (?:step|part)s? (?:of|in) your |all (?:of )?your |your )(?:[\w-]+ )?`;
const THOUGHTS = String.raw`(?:reasoning|thinking|thought process|rationale|${CHAIN})`;
/** Work, steps and thoughts are the model's where `your` says so; reasoning needs no owner. */
const YOURS = String.raw`${YOUR}(?:${THOUGHTS}|thoughts|workings?|work(?= *(?:[^\w ]|$)| (?:before|first|then|and|for|in|at|as|so|step|when)\b)|logic|steps|calculations?)\b`;
const ANY = String.raw`(?:${YOURS}|(?:an? )?(?:(?:${STEPWISE}|clear|brief|short|full|detailed) )*${THOUGHTS}\b)`;
/** To put thoughts on paper: with these verbs the thoughts are what is asked for, wherever the answer comes. */
const WRITE_OUT = String.raw`(?:show|(?:writ|lay|set|spell|jot|not)(?:e|t?ing)?(?: out| down)|(?:walk|talk)(?:ing)? (?:(?:me|us) )?through|(?:verbali[sz]|articulat)(?:e|ing))`;
const TELL = String.raw`(?:${WRITE_OUT}|(?:explain|present|detail|list|record|document|output)(?:ing)?|(?:writ|giv|stat|describ|provid|outlin|shar|includ)(?:e|ing)|(?:answer|respond|reply) with)`;
const ANSWERING = String.raw`(?:(?:you|your|answering|[\w-]+ing)\b|the (?:final |actual )?(?:answer|verdict|label|output|response|reply|decision|result|score|grade|conclusion)\b)`;
const THIS = String.raw`(?:it|this|that|things|everything|(?:the|this|each|every|any|your) (?:[\w-]+ )?(?:problem|question|task|request|case|issue|puzzle|calculation|claim|options?|answer|solution))`;

/** Think step by step; show your reasoning first; reason in a scratchpad. */
const ALOUD = new RegExp(
  [
    // Think about each hunk step by step; work through this one step at a time. Without a `through`, one walks with others.
    String.raw`\b(?:think|reason|solv|approach|tackl|analy[sz]|work|go|proceed|figur|break|(?:walk|talk|step)(?:ing)? through)(?:e|ing)? (?:(?!(?:with|that|which)\b)[\w'’-]+,? ){0,5}?${STEPWISE}\b(?! with\b)`,
    String.raw`\b(?:think|reason|solv|approach|tackl|analy[sz]|work(?:ing)? through)(?:e|ing)? (?:[\w'’-]+ ){0,4}?(?:one|a) step at a time\b`,
    String.raw`\b${STEPWISE},? (?:think|reason|work out|solve|analy[sz]e|figure out)\b`,
    String.raw`\b(?:explain|justify|derive) your (?:[\w-]+ )?(?:answer|choice|decision|verdict|conclusion|solution) ${STEPWISE}\b`,
    String.raw`\blet['’]?s think\b|\blet(?:['’]?s| us) (?:think|reason|work (?:this|it|through|out)|break (?:this|it))\b`,
    String.raw`\b(?:think|reason|deliberat|work)(?:e|ing)? (?:[\w-]+ ){0,3}?(?:aloud|out loud)\b`,
    // Think before you answer; before answering, think. To think of something is another matter.
    String.raw`\b(?:think|reason|reflect|deliberate)\b(?! (?:of|that)\b)(?:,? [\w'’-]+){0,6}?,? (?:before|prior to) ${ANSWERING}`,
    String.raw`\bbefore ${ANSWERING}[^.,;:]{0,50}, (?:please |always |first |carefully )*(?:think|reason|reflect|deliberate)\b(?! (?:of|that)\b)`,
    String.raw`\bthink (?:\w+ly |hard )?first\b|\bfirst,? (?:think|reason|reflect)\b(?! (?:of|that)\b)|\btake (?:your |some |an? )?(?:time|moment|minute|deep breath),? (?:to|and) (?:think|reason|reflect)\b`,
    String.raw`\bthink ${THIS} (?:all )?through\b|\b(?:think|reason)(?:ing)? (?:\w+ly )?through ${THIS}`,
    String.raw`\breason about (?:each|every) (?:one|step|part)\b|\bwork through (?:each|every) step\b`,
    String.raw`\bthink (?:carefully|hard|deeply|it through) and (?:work|reason|go)\b|\bwork(?:ing)? (?:out|through) your own (?:answer|solution)\b`,
    String.raw`\bbreak(?:ing)? (?:down )?(?:the|this|each|every|any) (?:[\w-]+ )?(?:problem|question|puzzle|calculation|equation|claim)s? (?:down )?into (?:[\w-]+ ){0,3}?(?:steps|parts|pieces|sub-?\w+)\b[^.;:]{0,60}?\b(?:solve|answer|work|before|then)\b`,
    // Show your work; explain your reasoning before the verdict; first, your reasoning; begin with it.
    String.raw`\b${WRITE_OUT} ${YOURS}`,
    String.raw`\b${TELL} ${ANY}(?! to (?:the|a|our|them)\b)[^.;:]{0,60}?\b(?:before|prior to|first|then|followed by|as you go|along the way|step|in a scratch ?pad)\b`,
    String.raw`\b(?:first|before ${ANSWERING}[^.,;:]{0,50}),? ${TELL} ${ANY}`,
    String.raw`\b(?:begin|start|open)(?:ing)? (?:with ${ANY}|by (?:thinking|reasoning)\b)`,
    String.raw`(?:^\W*|[,:;] |\b(?:your|put|with) )${THOUGHTS} (?:(?:must |should )?(?:comes? |goes? ))?first\b`,
    String.raw`\b(?:${TELL}|us(?:e|ing)|appl(?:y|ying)|employ|perform|follow|via|through)(?: (?:an?|your|the))? (?:(?:clear|explicit|detailed|full|brief|short) )*(?:chain[- ]of[- ]thoughts?|${STEPWISE} ${THOUGHTS})\b(?! (?:of|by|from|in|that)\b)`,
    String.raw`^\W*chain[- ]of[- ]thought\b[^.:]{0,20}:`,
    // In a scratchpad; between tags.
    String.raw`\b(?:think|reason|thoughts?|thinking|reasoning)\b[^.]{0,40}\b(?:in|inside|within|between) (?:<(?:thinking|thoughts?|scratchpad|reasoning)>|a scratch ?pad\b)`,
    String.raw`\bus(?:e|ing) (?:an? |the |your )?(?:<(?:thinking|thoughts?|scratchpad|reasoning)>|scratch ?pad\b(?! (?:tool|file|function)))`,
  ].join('|'),
  'gi',
);
const HINT = /think|break|deliberat|thought|reason|rational|work|step|logic|calculat|aloud|out loud/i;
/** Somebody else right before the verb: `whether pupils always think aloud`, `help the caller to reason`. */
const OTHERS =
  /\b(?:i|who|they|he|she|them|him|her|people|children|child|humans?|\w*(?:pupil|student|learner|user|customer|caller|reader|author|writer|candidate|player|client|patient|guest|teacher|participant|applicant|buyer|team)s?)(?: (?:to|how|can|could|may|might|must|should|will|would|did|do|does|has|have|had|need|is|are|was|were|often|always|time|room|space|[\w-]+ly))* $|\b(?:their|his|her) $|\bhow (?:(?:you|we|one) (?:can|could|should)|to) (?:[\w-]+ly )?$/i;
/** `The reason`, `your work`, `the hero is thinking aloud`: no orders. */
const A_NOUN = /(?:\b(?:the|an?|this|that|your|its|their|his|her|each|every|any|no|one|main)|['’]s) $/i;
const A_TENSE = /\b(?:is|are|was|were) $/i;
/** `Thinking aloud is not allowed`, `is a skill`. */
const A_SUBJECT = /^ (?:is|are|was|can|may|will)\b(?! (?:required|expected|encouraged|mandatory)\b)/i;

/** Where the instructions ask the model to think before it answers. */
export function askedToThink(context: PromptContext): Said | undefined {
  return firstSaid(context, HINT, ALOUD, ({ before, words, after }) => {
    if (OTHERS.test(before) || A_SUBJECT.test(after)) return false;
    if (/^(?:reason|work)\b/i.test(words)) return !A_NOUN.test(before);
    return !/^\w+ing\b/i.test(words) || !A_TENSE.test(before);
  });
}
