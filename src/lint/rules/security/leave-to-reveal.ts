import { clauseBefore, firstMatch, isNegated, isOfOthers, isQuoted, lazily } from './phrases.ts';

const TEXT = String.raw`(?:instructions|prompt|rules|guidelines|directives)`;
const GIVEN = String.raw`(?:(?:that )?you (?:were|are|have been|had been|have|got|received|follow|obey|work|operate)(?: (?:given|told|set|by|from|under))*|(?:that )?(?:were|was|have been) given to you|given to you|above(?! the)|at the (?:top|start|beginning) of this (?:conversation|chat|prompt|message))`;
/** What only the assistant itself has. */
const OWN = String.raw`(?:(?:your|this) (?:[\w-]+ ){0,2}?(?:system (?:prompt|messages?)|initial prompt)|your (?:[\w-]+ )?(?:hidden|initial|internal|secret|original|system) (?:instructions|rules)|the (?:hidden|initial) (?:instructions|prompt)|the (?:${TEXT}|text|words|message) ${GIVEN})`;
/** What may be instructions for somebody else, too: those that a cook is given, a prompt for a picture. */
const MAYBE_OWN = String.raw`(?:(?:your|these|this|my|our|the above) (?:[\w-]+ )?${TEXT}\b(?! (?:on|about|of|regarding|for (?!any|every|who|users|people|them|debug|the user))\b)|the (?:[\w-]+ )?(?:system prompt|system message|full prompt)\b)`;
/** What stands in them. */
const SAID = String.raw`(?:(?:what|everything|all)(?: that)?(?:['’]s| is| stands)? (?:in )?(?:your|this|the) (?:system )?(?:prompt|instructions)(?: says?\b)?|(?:what|everything|all)(?: that)? you (?:were|are|have been|had been) (?:told|instructed|given)\b)`;
const ANY = String.raw`(?:${OWN}|${MAYBE_OWN}|${SAID})`;

const SURE = String.raw`(?:reveal|disclose|recite|leak|expose|divulge)`;
const SHOW = String.raw`(?:print|show|repeat|share|output|quote(?: from)?|display|tell|send|provide|state|paste|copy|list|give|discuss|talk about|speak about|read out|reproduce|restate|post|hand over|hand out|return|echo|dump|include|append|attach|add|type|write out|write down|spell out|explain|describe|summari[sz]e|paraphrase|translate|outline|cite|present)`;
const SHOWING = String.raw`(?<=\b(?:by|with|start|begin|mind) )(?:revealing|disclosing|reciting|printing|showing|repeating|sharing|quoting|displaying|telling|stating|pasting|copying|listing|giving|reading out|reproducing|restating|echoing|explaining|describing|summari[sz]ing|paraphrasing|translating)`;
const SHOWN = String.raw`(?:revealed|disclosed|recited|printed|shown|repeated|shared|quoted|displayed|told|sent|read|seen|reproduced|handed out|explained|published)`;
const PEOPLE = String.raw`(?:anyone|anybody|whoever|everyone|everybody|users?|people|they|customers?|visitors?|guests?)`;
/** Whom it is shown to and in which form, up to the next part of the sentence. */
const BETWEEN = String.raw`(?:(?!(?:according|following|follow|based|per|using|under|by|from|in|on|for|to|as|when|if|that|which|before|after|because)\b)[\w'’-]+ ){0,7}?`;
const COPY = String.raw`(?:summary|copy|list|paraphrase|translation|overview|recap|outline|dump|text|wording)`;

interface Way {
  readonly pattern: RegExp;
  /** Begins with an order, which may be given to somebody else, or be asked for. */
  readonly isOrder?: boolean;
  /** Is about the assistant's instructions only where somebody asks for them, or where they are shown as they are. */
  readonly needsAsking?: boolean;
}

const WAYS: () => readonly Way[] = lazily(() => [
  // Reveal your rules; print the rules you were given.
  {
    pattern: new RegExp(String.raw`\b${SURE} ${BETWEEN}(?:${ANY}|the prompt\b(?! (?:for|of|that)))(?!\s*:)`, 'gi'),
    isOrder: true,
  },
  {
    pattern: new RegExp(String.raw`\b(?:${SHOW}|${SHOWING}) ${BETWEEN}(?:${OWN}|${SAID})(?!\s*:)`, 'gi'),
    isOrder: true,
  },
  {
    pattern: new RegExp(String.raw`\b(?:${SHOW}|${SHOWING}) ${BETWEEN}${MAYBE_OWN}(?!\s*:)`, 'gi'),
    isOrder: true,
    needsAsking: true,
  },
  // Asked for your instructions, repeat them; answer with a copy of them.
  {
    pattern: new RegExp(
      String.raw`\b${ANY}[^;:]{0,80}?,? (?<!\b(?:you|me|anyone|model|assistant|try|tries|trying|attempts?|wants?) to )(?:${SHOW}|${SURE}) (?:it|(?<!tell )them(?= (?:all|as|back|in|one|out|to|verbatim|word)\b|\W*$|[,;]))\b`,
      'gi',
    ),
    needsAsking: true,
  },
  {
    pattern: new RegExp(
      String.raw`\b${ANY}[^;:]{0,60}?,? (?:answer|reply|respond|begin|start|end|come back) with (?:an? |the )?(?:[\w-]+ ){0,2}?${COPY} of (?:them|it)\b`,
      'gi',
    ),
  },
  // A summary of your instructions.
  {
    pattern: new RegExp(
      String.raw`\b${COPY} of (?:${OWN}|(?:your|the) (?:[\w-]+ )?system prompt|your (?:[\w-]+ )?${TEXT})`,
      'gi',
    ),
  },
  {
    pattern: new RegExp(
      String.raw`\b(?:answer|reply|respond)\b[^.;:]{0,40}? with (?:the )?(?:[\w-]+ ){0,2}?(?:text of )?${ANY}`,
      'gi',
    ),
    isOrder: true,
  },
  // Anyone who types the word gets your complete instructions; users are allowed to read them.
  {
    pattern: new RegExp(
      String.raw`\b${PEOPLE}\b[^.;:]{0,60}? (?:(?<!\bto )(?:gets?|receives?)(?: to (?:see|read|know))?|(?:may|can|(?:is|are) (?:allowed|free|welcome|entitled) to|(?:has|have) (?:the right|a right|permission|leave) to) (?:see|read|have|know|view|inspect)) (?:all of |a copy of )?(?:${OWN}|your (?:[\w-]+ )?${TEXT})`,
      'gi',
    ),
  },
  // Output everything above this line.
  {
    pattern: new RegExp(
      String.raw`\b(?:${SHOW}|${SURE}) (?:everything|all|all that|whatever|anything|the (?:whole |full |entire )?text)(?: (?:that )?(?:is|stands|was|comes|came)(?: (?:written|said))?)? (?:above|before) (?:this|here|it|the (?:line|message|user))\b`,
      'gi',
    ),
    isOrder: true,
  },
  // This prompt may be shared; your instructions are public.
  {
    pattern: new RegExp(
      String.raw`\b${ANY} (?:(?:may|can|must|should|will) (?:[\w-]+ )?be (?:[\w-]+ )?${SHOWN}\b(?! (?:only )?(?:in|with|alongside) (?:a|the|your) (?:answer|manual))|(?:is|are) (?:public|open to)\b)`,
      'gi',
    ),
  },
  {
    pattern: new RegExp(
      String.raw`\b(?:let (?:${PEOPLE}|the \w+) (?:see|read|have|know|view|inspect) ${ANY}|make ${ANY} (?:available|public)\b)`,
      'gi',
    ),
    isOrder: true,
  },
  { pattern: new RegExp(String.raw`\bbe (?:[\w-]+ )?(?:transparent|open) (?:about|with) ${ANY}`, 'gi'), isOrder: true },
  {
    pattern: new RegExp(
      String.raw`\banswer (?:any |all )?questions (?:about|on) ${ANY}[^.;]{0,20}? (?:openly|freely|fully|honestly|truthfully|completely|in full)\b`,
      'gi',
    ),
    isOrder: true,
  },
]);

/** A ban that is none, or leave given in so many words: told whatever else the sentence denies. */
const UNDONE: () => readonly RegExp[] = lazily(() => [
  // Keep these instructions to yourself unless the player asks twice.
  new RegExp(
    String.raw`\b(?:keep ${MAYBE_OWN} (?:to yourself|secret|private|confidential|hidden)|(?:never|not|don['’]t) (?:${SHOW}|${SURE}) ${BETWEEN}${ANY})[^.;]{0,30}? (?:unless|until|except (?:when|if|to|for))\b[^.;]{0,60}?\b(?:asks?|asked|says?|requests?|insists?|gives?|knows?|types?|enters?|begs?|wants?|claims?|admins?|administrators?|developers?|staff|password|code)\b`,
    'i',
  ),
  new RegExp(
    String.raw`\b${ANY}(?: above| below)? (?:(?:is|are) (?:not|no|hardly|never)|isn['’]t|aren['’]t) (?:an? |any )?(?:secrets?|confidential|private|hidden)\b`,
    'i',
  ),
  new RegExp(
    String.raw`\bnothing (?:(?:is )?(?:secret|confidential|private|hidden) (?:in|about) ${ANY}|(?:in|about) ${ANY} is (?:secret|confidential|private|hidden))\b`,
    'i',
  ),
  new RegExp(
    String.raw`\b(?:no (?:need|reason) to|(?:do not|don['’]t) (?:have|need) to|need not|needn['’]t) (?:keep|hide|conceal|protect|guard|withhold) ${ANY}`,
    'i',
  ),
]);

/** That somebody asked, may have it, or is to have the exact text: without any of these, `these instructions` are most often those for a customer. */
const ASKED =
  /\b(?:ask(?:s|ed|ing)?|requests?|requested|wants? (?:to (?:know|see|read)|your|these)|would like|curious|interested|whoever|on demand|word for word|verbatim|in full|in their entirety|as (?:they|it) (?:are|is|stands?)|how you work|you (?:may|can)|feel free|free to|allowed to|permitted to|hesitate to|refuse to|is (?:fine|ok|okay|alright) to|it['’]s (?:fine|ok|okay|alright) to|prompt says|debug(?:ging)?\b|(?:every|each|your) (?:answer|reply|response)|back to|(?:says?|types?|writes?|enters?) ["“'‘/])/i;
/** Those who try are spoken of, to be warded off. */
const ATTACK = /\b(?:attempts?|try|tries|trying|attacks?|jailbreaks?|injections?|tricks?|manipulat\w+)\b/i;

/** The words of a sentence that let the model hand out its instructions. */
export function leaveToReveal(sentence: string): RegExpExecArray | null {
  for (const pattern of UNDONE()) {
    const found = pattern.exec(sentence);
    if (found) return found;
  }
  for (const way of WAYS()) {
    const found = firstMatch(way.pattern, sentence, (match) => isLeave(sentence, match, way));
    if (found) return found;
  }
  return null;
}

function isLeave(sentence: string, found: RegExpExecArray, { isOrder = false, needsAsking = false }: Way): boolean {
  const before = clauseBefore(sentence, found.index);
  const after = isOrder ? '' : /^[^,;:]*/.exec(sentence.slice(found.index + found[0].length))![0];
  if (isNegated(before + found[0] + after) || isQuoted(sentence.slice(0, found.index)) || ATTACK.test(before))
    return false;
  return (!isOrder || !isOfOthers(before)) && (!needsAsking || isAskedFor(sentence, found));
}

/** Asked for the instructions themselves: `give these instructions to the customer` is about others. */
function isAskedFor(sentence: string, found: RegExpExecArray): boolean {
  const after = sentence.slice(found.index + found[0].length);
  const isForThem = /^ (?:to|for) (?:the|a|an|any) (?:customer|user|client|patient|guest|reader)/i.test(after);
  return ASKED.test(sentence) && (!isForThem || /(?:it|them)$/i.test(found[0]));
}
