import { clauseBefore, firstMatch, isNegated, isOfOthers, isQuoted, lazily } from './phrases.ts';

const SOMEBODY = String.raw`(?:users?|callers?|customers?|persons?|people|someone|somebody|anyone|anybody|whoever|requesters?|senders?|guests?|clients?|readers?|members?|visitors?|recipients?|speakers?|employees?|patients?|they|he|she)`;
const PERSON = String.raw`(?:(?:the|a|an|any|this|that|each|every) )?${SOMEBODY}(?: (?:writing|calling|asking))?`;
/** Not a role but a skill, a mood or an age: what follows from it is tone. */
const NO_ROLE = String.raw`(?!(?:(?:a|an|the|in|at|on|to|not|very|of|new|total|complete|absolute|more|less) )*(?:beginners?|novices?|experts?|developers?|programmers?|child|children|kids?|students?|native|teenagers?|tourists?|learners?|upset|angry|unsure|confused|happy|rude|asking|looking|interested|in a hurry|ready|done|stuck|wrong|right|sure|bored|lost|frustrated|new|unclear|mistaken|silent|hurt|danger|fine|busy|testing|already|about|using|trying|vegetarian|vegan|pregnant|sick|ill|tired)\b)`;
const STAFF = String.raw`(?:admin(?:istrator)?s?|managers?|employees?|staff|owners?|librarians?|doctors?|nurses?|physicians?|pharmacists?|professionals?|lawyers?|attorneys?|landlords?|supervisors?|moderators?|agents?|operators?|executives?|directors?|ceo|engineers?|teachers?|parents?|officers?|police|law enforcement|colleagues?|insiders?|auditors?|journalists?|dealers?|root|superusers?|account holders?|card ?holders?|policy ?holders?)`;
const INSIDER = String.raw`(?:${STAFF}|authori[sz]ed|verified|authenticated|logged in|signed in|entitled|allowed|permitted|members?|customers?|subscribers?|partners?|clearance|adults?|over (?:18|21)|of (?:legal )?age|who they say)`;
const HOUSE = String.raw`(?:(?:the |our |your )(?:[\w-]+ )?(?:company|team|bank|office|department|family)|head office|(?:customer |technical )?support|hr|it|finance|human resources)`;
const ROLE = String.raw`${NO_ROLE}(?:(?:an? |the |their |our )?(?:[\w-]+ ){0,2}?${INSIDER}|(?:(?:part |members? |head )?of|from|in|on|with|at) ${HOUSE})\b`;
const TEAM = String.raw`(?:(?:the |our )?(?:[\w-]+ ){0,2}?(?:admin(?:istrator)?s|managers|employees|staff|owners|moderators|supervisors|engineers|officers|lawyers|doctors|nurses|executives|directors|operators|agents|colleagues|auditors|teachers|partners|subscribers|guests|residents|(?:team|staff|premium|paying|gold|vip|board) (?:members|users|customers)|authori[sz]ed (?:users|people|persons)|members of (?:the |our )?[\w-]+|people in (?:hr|it|finance|human resources))\b|the (?:patient|account holder|card ?holder|policy ?holder)\b)`;
const THEY = String.raw`(?:they|he|she)(?:['’](?:re|s)| are| is| were| was)`;

const SAYS = String.raw`(?:has |have |can )?(?:say(?:s|ing)?|said|claim(?:s|ed|ing)?|stat(?:es?|ed|ing)|tells? you|told you|confirm(?:s|ed|ing)?|writes?|insist(?:s|ing)?|mention(?:s|ing)?|declar(?:es?|ing)|asserts?|swears?|assures? you|prove[sdn]?)`;
/** Whoever is said to have agreed. */
const APPROVED = String.raw`(?:(?:the|an?|their|his|her|our|your|my) )?(?:[\w-]+ )?(?:${STAFF}|boss|support|head office|company|team)(?: has| have| had)? (?:already )?(?:approved|agreed|authori[sz]ed|allowed|permitted|consented|signed off|granted|cleared|given (?:permission|leave))`;
/** Rights beside a role: where the person works, what is theirs. */
const RIGHTS = String.raw`(?:work|works|belong|belongs|own|owns|(?:have|has) (?:[\w-]+ ){0,2}?(?:rights?|permissions?|leave|clearance|access(?! (?:problem|issue|trouble|question))|licen[sc]e|subscription(?! (?:problem|issue|question))|membership|approval|authori[sz]ation|warrant)|may)\b`;
const CLAIM = String.raw`(?:that )?(?:(?:${THEY}|being|to be) ${ROLE}|(?:they|he|she|to) ${RIGHTS}|${APPROVED}|admin rights)`;
/** Anything that somebody says to be, beside a tone. */
const ANY_CLAIM = String.raw`(?:that )?(?:${THEY} ${NO_ROLE}\w|(?:they|he|she) (?:${RIGHTS}|can\b)|to (?:be|work|belong|own|come|speak|act|represent)\b|being ${NO_ROLE}\w)`;
const IDENTIFIES = String.raw`(?:(?:identif(?:y|ies|ying)|introduc(?:es?|ing)|present(?:s|ing)?|describes?|announces?) (?:(?:themselves|themself|himself|herself|oneself) )?as ${NO_ROLE}\w+)`;

const SECRET = String.raw`(?:pass ?words?|pass ?phrases?|code ?words?|pins?|secret (?:word|code|phrase|key)|access codes?|magic words?|security (?:code|answer|word)|secret)`;
const IDENTITY = String.raw`(?:dates? of birth|birth ?dates?|birthdays?|(?:mother['’]s )?maiden name|social security number|ssn|(?:employee|staff|badge|personnel|insurance) (?:number|id|code)|last (?:four|4) digits)`;
const GIVES = String.raw`(?:has |have |can )?(?:gives?|given|provides?|provided|knows?|enters?|entered|says?|said|types?|typed|sends?|tells? you|told you|has|have|mentions?|writes?|uses?|supplies|supply|states?|stated|confirms?|confirmed|names?|named)`;

const WHEN = String.raw`(?:if|when|whenever|once|as soon as|after|where|provided(?: that)?|as long as|unless|until)`;
const ONLY_WHEN = String.raw`(?:unless|until|only (?:if|when|once|after)|except (?:when|if))`;
const BAN = String.raw`(?:never|(?:do )?not|don['’]t|refuse to|may not|must not)`;

/** Whom something is told that opens nothing: `tell them to`, `tell people where`. */
const TOLD = String.raw`(?:them|him|her|people|users|the \w+) (?:to|that|how|where|why|what)\b`;
const ADVICE = new RegExp(
  String.raw`\b(?:tell|ask|remind|warn|advise|invite|help|show) ${TOLD}[^,;.]*|\b(?:send|refer|direct|point) [^,;.]{1,30}? to (?:the|a|our)\b[^,;.]*`,
  'gi',
);
/** What is done for those who pass, though it may also be a matter of tone: `give more detail`. */
const ACT = String.raw`(?:share|show|reveal|disclose|give|delete|remove|cancel|change|update|edit|refund|pay|transfer|approve|access|allow|grant|skip|bypass|unlock|send|provide|run|open|close|discuss|hand out|release|reset|issue|read out|perform|execute|waive|override|enable|disable|switch|include|call|invoke|mention|quote|print|hand|book|move|withdraw|apply|proceed|go ahead|gets?|receives?|sees?|tell(?! ${TOLD}))`;
const TONE = String.raw`(?:[\w'’-]+ ){0,4}?(?:technical|details?|detailed|terms?|jargon|examples?|language|words|sentences?|tone|simple|simpler|short|shorter|concise|brief|explanations?|advanced|basics?|level|style|vocabulary|abbreviations|formality|depth|links?|forms?|greeting)\b`;
const GRANT = new RegExp(
  String.raw`\b(?:${ACT}|(?:shared|shown|given|told|revealed|disclosed|deleted|changed|refunded|approved|granted|unlocked|released) (?:to|by|if|when|once|the))\b(?! ${TONE})|\bmay\b|\bavailable\b`,
  'i',
);
/** What is kept from others. */
const GUARDED =
  /\b(?:delet|refund|unlock|bypass|skip|grant|waive|overrid|approv|reset|disclos|reveal|transfer|pay\b|internal|confidential|private|secret|hidden|restricted|privileged|sensitive|salar(?:y|ies)|discount|access|password|balance|personal data|answer key|unpublished)/i;

/** Whoever may be let in, and what lets them in: a sentence with none of these leaves no permission to the model. */
export const SUBJECTS: RegExp = new RegExp(
  String.raw`\b(?:${SOMEBODY}|identity|message|request|call|e-?mail|partners?|subscribers?|${STAFF}|${SECRET})\b`,
  'i',
);

interface Gate {
  readonly pattern: RegExp;
  /** `grant`: a permission only where something is granted in the same sentence; `guarded`: what is kept from others. */
  readonly needs?: 'grant' | 'guarded';
}

const gate = (pattern: string, needs?: Gate['needs']): Gate => ({
  pattern: new RegExp(pattern, 'gi'),
  ...(needs && { needs }),
});

/** By what lets a person in: what they say. */
const CLAIMS: () => readonly Gate[] = lazily(() => [
  // If the user says they are an administrator; once a manager has agreed, as they say.
  gate(
    String.raw`\b(?:(?:${WHEN}|should) ${PERSON}|${PERSON}(?: who| that|(?= \w+ing\b))) (?:${SAYS} ${CLAIM}|${IDENTIFIES})`,
    'grant',
  ),
  gate(String.raw`\b${PERSON} (?:says?|writes?|types?|claims?|states?)[,:]? ["'“‘]I(?: am|['’]m) ${ROLE}`),
  // Not unless the person states that they are on the team; call it only if the guest says they booked.
  gate(
    String.raw`\b(?:only|${BAN}) ${ACT}\b[^.;:]{0,100}?\b(?:${WHEN} ${PERSON}|${PERSON} (?:who|that)) ${SAYS} ${ANY_CLAIM}`,
  ),
  gate(String.raw`\b${ONLY_WHEN} ${PERSON} ${SAYS} ${ANY_CLAIM}`, 'grant'),
  gate(
    String.raw`\b${PERSON} (?:who|that) ${SAYS} ${ANY_CLAIM}[^.;]{0,60}? (?:may|can|should|gets?|are allowed|is allowed|must be)\b`,
  ),
]);
/** What they are. */
const ROLES: () => readonly Gate[] = lazily(() => [
  gate(
    String.raw`\bif the (?:message|request|e-?mail|call) (?:comes|is) from (?:the |an? |our )?${STAFF}\b`,
    'guarded',
  ),
  // Only if the user is an employee; to users who are managers.
  gate(
    String.raw`\b(?:only|${BAN}|may|can) (?:${ACT}|answer)\b[^.;:]{1,80}?,? (?:if|unless|when|until|once|except when|except if) ${PERSON} (?:is|are|has been|have been) ${ROLE}`,
  ),
  gate(
    String.raw`\b${ACT}\b[^.;:]{0,80}? only (?:if|when|once|to|after) ${PERSON} (?:who )?(?:is|are|has been|have been) ${ROLE}`,
  ),
  gate(
    String.raw`\bonly (?:when|if|after) (?:requested|asked|told|ordered|instructed) by (?:an? |the )?(?:[\w-]+ )?${STAFF}\b`,
  ),
  gate(String.raw`\bonly ${ACT} [^.;:]{1,80}? (?:to|with|for) ${PERSON} (?:who|that) (?:are|is) ${ROLE}`),
  gate(String.raw`\bunless ${PERSON} (?:is|are) ${ROLE},? ${BAN} ${ACT}\b`),
  gate(String.raw`\b${ONLY_WHEN} ${PERSON} (?:belongs?|works?) (?:to|for|in|at|on|with)\b`, 'grant'),
  gate(
    String.raw`\bif ${PERSON} (?:(?:is|are) not|isn['’]t|aren['’]t) ${ROLE},? (?:refuse|do not|don['’]t|never|decline)\b`,
  ),
  gate(
    String.raw`\b(?:if|when|once) ${PERSON} (?:is|are) (?:an? |the |one of (?:the|our) )?(?:[\w-]+ )?${STAFF}\b`,
    'guarded',
  ),
  // Give discounts to staff only, exclusively with premium members, to nobody but them.
  gate(
    String.raw`\b${ACT}\b[^.;:]{0,80}? (?:only|exclusively|solely) (?:to|with|for) (?:${PERSON} who (?:are|is) ${ROLE}|${TEAM})`,
  ),
  gate(
    String.raw`\b(?:${ACT}|shared|shown|given|told|revealed|disclosed)\b[^.;:]{0,80}? (?:to|with|for) ${TEAM} (?:only|alone|exclusively)\b`,
  ),
  gate(String.raw`\b(?:is|are) for ${TEAM} only\b`),
  gate(String.raw`^\W*only for ${TEAM}`, 'grant'),
  gate(
    String.raw`\b${BAN} ${ACT}\b[^.;:]{1,80}? (?:(?:to|with|for) ${PERSON} (?:(?:who|that) (?:(?:is|are) not|isn['’]t|aren['’]t) ${NO_ROLE}\w|(?:but|except|other than|outside(?: of)?) (?:the |our )?(?:[\w-]+ ){0,2}?(?:${TEAM}|team|department|company)\b)|except (?:to |for |with )?${TEAM}|to non-?${STAFF}\b)`,
  ),
  gate(String.raw`\bnon-?${STAFF} (?:must not|may not|cannot|should not|are not to) be (?:told|given|shown|sent)\b`),
  gate(String.raw`\b(?:restrict|limit) (?:access to )?[^.;:]{1,60}? to ${TEAM}`),
  gate(String.raw`\b(?:let|allow) only ${TEAM} (?:to )?(?:see|view|access|delete|change|read|know|hear)\b`),
  // Only administrators may see it: what they can do elsewhere is a fact.
  gate(
    String.raw`\bonly (?:the )?${TEAM} (?:(?:may|are allowed to|should be able to|must be able to) (?:be (?:told|shown|given)|see|view|access|delete|change|read|get|know|hear|request|ask|receive|edit|use|cancel)|can (?:see|view|access|read|get|know|hear|receive|request|ask))\b`,
  ),
]);
/** What they know. */
const SECRETS: () => readonly Gate[] = lazily(() => [
  // If the caller gives the password, or their date of birth.
  gate(
    String.raw`\b${WHEN} ${PERSON} ${GIVES} (?:you )?(?:the |a |an |their |our |this |that )?(?:correct |right |valid |secret |master )?${SECRET}\b`,
    'grant',
  ),
  gate(
    String.raw`\b(?:${WHEN} ${PERSON}|${PERSON} who) ${GIVES} (?:you )?(?:the |their |his |her |an? )(?:[\w-]+ )?${IDENTITY}\b`,
    'grant',
  ),
  gate(
    String.raw`\b${WHEN} (?:the|a|their|any) (?:message|request|e-?mail|mail|text|question) (?:contains?|has|includes?|holds?|mentions?) (?:the |an? )?(?:correct |right |valid |secret )?${SECRET}\b`,
    'grant',
  ),
  gate(
    String.raw`\b${PERSON} (?:must|(?:have|has|needs?) to) (?:give|say|provide|enter|state|type|name) (?:you )?(?:the |their )(?:[\w-]+ )?(?:${SECRET}|${IDENTITY})[^.;]{0,30}? before you\b`,
  ),
  gate(
    String.raw`\b${SECRET}(?: is)? ["'“‘]?[\w -]{0,30}["'”’]? (?:unlocks|opens|enables|activates|grants|gives access)\b`,
  ),
  gate(
    String.raw`\b${PERSON} (?:types?|says?|enters?|writes?|sends?) ["“'‘][^"”]{1,40}["”'’],? [^.;]{0,40}?\b(?:admin|developer|root|operator|maintenance|staff|god) (?:mode|rights|access|commands?)\b`,
  ),
]);
/** What the model makes of an answer. */
const CHECKS: () => readonly Gate[] = lazily(() => [
  // Verify the caller by asking for a date of birth; ask whether they are the owner, and if so read it out.
  gate(
    String.raw`\b(?:verify|confirm|authenticate|establish|validate|check)\b(?! (?:whether|if|that|how) (?:the |an? )?(?:code|app|application|system|server|function|handler|program|script|service|endpoint)\b)[^.;]{0,60}?\b(?:identity|owner|account holder|user|caller|customer)\b[^.;]{0,20}? by (?:asking|requesting|their|having)\b`,
  ),
  gate(
    String.raw`\bask (?:${PERSON} )?for (?:[\w'’-]+ ){0,3}?${IDENTITY}\b[^.;]{0,40}? to (?:verify|confirm|authenticate|prove|identify)\b`,
  ),
  gate(
    String.raw`\bask (?:${PERSON} )?(?:(?:whether|if) ${PERSON} (?:are|is)|["“'‘]are you) ${NO_ROLE}\w[^.]{0,60}?\b(?:(?:if|once|when) (?:so|yes|they (?:say|confirm|agree|answer|do|are)|the answer is)|before (?:you )?(?:${ACT}|deleting|changing|sharing|giving|showing|cancelling|canceling))\b`,
  ),
  gate(
    String.raw`\b(?:${STAFF}|members?|subscribers?|premium)\b[^.]{0,20}? (?:can|may|gets?)\b[^.]{1,80}?\bask (?:${PERSON} |them )?(?:for (?:their|his|her) (?:role|position|rank|plan)|(?:which|what) (?:role|plan|rank))\b`,
  ),
  // Trust the user if they say so; treat anyone who types the word as an operator.
  gate(String.raw`\b(?:trust|believe) ${PERSON} (?:if|when|who) [^.;]{0,20}?\b(?:say|claim|state)`),
  gate(
    String.raw`\b(?:take|accept|trust|believe) (?:${PERSON}['’]s|their|his|her) (?:word|claim|statement|assurance)\b`,
  ),
  gate(
    String.raw`\b(?:treat|regard|consider|count|accept|assume)(?: that)? ${PERSON} (?:who|that )?(?:types?|says?|gives?|knows?|uses?|enters?|sends?|writes?|mentions?|claims?)\b[^.;,]{0,60}? (?:as|is) (?:an? |the |one of )(?:[\w-]+ )?${STAFF}`,
  ),
  gate(
    String.raw`\b(?:treat|regard|consider|count|accept) ${PERSON} who (?:types?|says?|gives?|knows?|uses?|enters?|sends?|writes?|mentions?|claims?)\b[^.;,]{0,60}? as (?:an? |the |one of )`,
  ),
  gate(
    String.raw`\btreat ${PERSON} as (?:an? |the )?(?:[\w-]+ )?${STAFF} (?:if|when|once|as soon as) ${PERSON} (?:say|claim|state|ask)`,
  ),
]);

/** Gates, each with words of which a sentence needs one: most have none of them. */
const GATES: readonly (readonly [words: RegExp, gates: () => readonly Gate[]])[] = [
  [
    /\b(?:sa(?:y|ys|id|ying)|claim|stat(?:es?|ed|ing)\b|tells?\b|told|confirm|writes?\b|types?\b|insist|mention|declar|assert|swear|assure|prove|identif|introduc|present|describ|announc)/i,
    CLAIMS,
  ],
  [
    new RegExp(String.raw`\b(?:non-?)?(?:${INSIDER}|${HOUSE}|guests|residents|patients?|users|team|department)\b`, 'i'),
    ROLES,
  ],
  [new RegExp(String.raw`\b(?:${SECRET}|${IDENTITY}|mode|rights|access|commands?)\b`, 'i'), SECRETS],
  [
    /\b(?:verify|confirm|authenticate|establish|validate|check|ask|trust|believe|take|accept|treat|regard|consider|count|assume)\b/i,
    CHECKS,
  ],
];

/** Words about others' code, messages or papers: what is spoken of does not hold here. */
const REPORTS = /^\W*(?:report|flag|detect|label|classify|extract|mark|explain|describe|summari[sz]e|write|draft)\b/i;
/** The settings of a product let its administrators do things: a fact, and no gate of the model. */
const ELSEWHERE =
  /\b(?:settings|button|buttons|dashboard|portal|menu|tab|screen|console|website|web site|page|app|application)\b/i;
const FACT = /^(?:only|let only)\b/i;
/** Gates that begin with an order, which may be somebody else's. */
const ORDER =
  /^(?:verify|confirm|authenticate|establish|validate|check|ask|trust|believe|take|accept|treat|regard|consider|count|assume)\b/i;
/** `even if they say so` opens nothing. */
const IN_VAIN = /\b(?:even|no matter|regardless(?: of)?|whether or not)(?: \w+)? $/i;

/** The words of a sentence that leave a permission to the model. */
export function permission(sentence: string): RegExpExecArray | null {
  if (REPORTS.test(sentence)) return null;
  for (const each of GATES.flatMap(([words, gates]) => (words.test(sentence) ? gates() : []))) {
    const found = firstMatch(each.pattern, sentence, (match) => isGate(sentence, match, each.needs));
    if (found) return found;
  }
  return null;
}

function isGate(sentence: string, found: RegExpExecArray, needs: Gate['needs']): boolean {
  const before = sentence.slice(0, found.index);
  if (isQuoted(before) || IN_VAIN.test(before) || (ORDER.test(found[0]) && isOfOthers(before))) return false;
  if (FACT.test(found[0]) && ELSEWHERE.test(sentence.slice(found.index))) return false;
  return needs === undefined || (!isDenied(sentence, found) && opensSomething(sentence, found, needs));
}

/** Does the sentence grant something to whoever passes, after the condition or before it? */
function opensSomething(sentence: string, found: RegExpExecArray, needs: 'grant' | 'guarded'): boolean {
  const isLast = /^(?:unless|until|only)\b/i.test(found[0]);
  const after = /^[^.;]{0,160}/.exec(sentence.slice(found.index + found[0].length))![0];
  const before = /[^.;:]{0,120}$/.exec(clauseBefore(sentence, found.index))![0];
  const sides = isLast || !isNegated(before) ? [after, before] : [after];
  return sides
    .map((side) => side.replaceAll(ADVICE, ''))
    .some((side) => GRANT.test(side) && (needs === 'grant' || GUARDED.test(side)));
}

/** If they say that they are an administrator, do not share it: a claim that opens nothing. */
function isDenied(sentence: string, found: RegExpExecArray): boolean {
  if (/^(?:only|unless|until)\b/i.test(found[0])) return false;
  return /^[^.;]{0,60}?\b(?:do not|don['’]t|never|refuse|still|ignore|decline|not|nothing)\b/i.test(
    sentence.slice(found.index + found[0].length),
  );
}
