import type { PromptContext } from '../../rule.ts';
import { type Passage, passagesOf, sentencesOf } from '../passages.ts';

export interface Said {
  readonly phrase: string;
  readonly place: ReturnType<Passage['place']>;
  readonly passage: Passage;
  readonly start: number;
  readonly end: number;
}

/** The first words of a prompt's own instructions that match; examples and what a sentence forbids are passed over. */
export function firstSaid(context: PromptContext, hint: string, pattern: RegExp): Said | undefined {
  for (const passage of passagesOf(context)) {
    if (passage.isExample || passage.role === 'assistant' || !passage.text.toLowerCase().includes(hint)) continue;
    for (const { text, start } of sentencesOf(passage)) {
      const found = pattern.exec(text);
      if (!found || /\b(?:not|never|don['’]t|without|no need to|avoid)\b/i.test(text.slice(0, found.index))) continue;
      const from = start + found.index;
      const end = from + found[0].length;
      return { phrase: found[0].replaceAll(/\s+/g, ' '), place: passage.place(from, end), passage, start: from, end };
    }
  }
  return undefined;
}

/** Think step by step; show your reasoning first; reason in a scratchpad. */
const ALOUD = new RegExp(
  [
    String.raw`\b(?:think|reason|work|go)(?:ing)? (?:[\w-]+ ){0,4}?step[- ]by[- ]step\b`,
    String.raw`\blet['’]?s think\b`,
    String.raw`\bchain[- ]of[- ]thought\b`,
    String.raw`\bthink (?:aloud|out loud|carefully before|hard before|before you)\b`,
    String.raw`\breason (?:aloud|out loud|before you)\b`,
    String.raw`\b(?:write down|show|spell out|explain|give) your (?:reasoning|thinking|thoughts) (?:before|first|and then|then|step|in a scratch ?pad)`,
    String.raw`\bfirst,? (?:write|lay|spell|set) (?:out|down) your (?:reasoning|thinking|thoughts)\b`,
    String.raw`\b(?:think|reason|thoughts?|thinking|reasoning)\b[^.\n]{0,40}\b(?:in|inside|within|between) (?:<(?:thinking|thoughts?|scratchpad|reasoning)>|a scratch ?pad\b)`,
    String.raw`\breason about (?:each|every) (?:one|step|part)\b`,
    String.raw`\bthink (?:carefully|hard|deeply|it through) and (?:work|reason|go)\b`,
    String.raw`\bwork through (?:each|every) step\b`,
  ].join('|'),
  'i',
);

/** Where the instructions ask the model to think before it answers. */
export function askedToThink(context: PromptContext): Said | undefined {
  return firstSaid(context, 't', ALOUD);
}
