import { promptRule, type Rule } from '../../rule.ts';
import { findPhrases } from './phrases.ts';

const PERSON = String.raw`(?:users?|callers?|customers?|persons?|people|someone|somebody|anyone|requesters?|senders?|guests?|clients?|readers?|members?|visitors?|recipients?|speakers?|employees?|patients?|they|he|she)`;
/** Not a role but a skill, a mood or an age: what follows from it is tone. */
const NO_ROLE = String.raw`(?!(?:(?:a|an|the|in|at|on|to|not|very|of|new|total|complete|absolute|more|less) )*(?:beginners?|novices?|experts?|developers?|programmers?|child|children|kids?|students?|native|teenagers?|tourists?|learners?|upset|angry|unsure|confused|happy|rude|asking|looking|interested|in a hurry|ready|done|stuck|wrong|right|sure|bored|lost|frustrated|new|unclear|mistaken|silent|hurt|danger))`;
const ROLE = String.raw`${NO_ROLE}(?:an? |the |their |our )?(?:[\w-]+ )?(?:admin(?:istrator)?s?|managers?|employees?|staff|owners?|librarians?|doctors?|nurses?|lawyers?|supervisors?|moderators?|agents?|operators?|executives?|directors?|engineers?|teachers?|parents?|officers?|members?|colleagues?|insiders?|root|superusers?|authori[sz]ed|verified|authenticated|logged in|signed in|entitled|allowed|permitted|account holders?|customers?|subscribers?|partners?|of the team|from (?:our |the )?(?:company|team|bank|support|office)|who they say)`;
const ACT = String.raw`(?:tell|share|show|reveal|disclose|give|delete|remove|cancel|change|update|edit|refund|pay|transfer|approve|access|allow|grant|skip|bypass|unlock|send|provide|run|open|discuss|hand out|release|reset|issue|read out|perform|execute|waive|override|enable|switch|treat|include|call|invoke|use|mention|quote|print|hand|book|move|withdraw|answer)`;
const CLAIMS = String.raw`(?:says?|claims?|states?|tells? you|confirms?|writes?|insists?|mentions?|declares?|swears?|assures? you)`;
/** What somebody is told to be, beside a tone. */
const CLAIMED = String.raw`(?:(?:they|he|she)(?: (?:are|is)|['’](?:re|s)) ${NO_ROLE}\w|(?:they|he|she) (?:works?|belongs?|owns?|ha(?:ve|s) (?:[\w-]+ ){0,2}?(?:rights?|permissions?|leave|clearance|access)|may|can)\b|to (?:be|work|belong|own|come|speak|act|represent)\b)`;
const IDENTITY = String.raw`(?:dates? of birth|birth ?dates?|birthdays?|(?:mother['’]s )?maiden name|social security number|ssn|(?:employee|staff|badge|personnel|insurance) (?:number|id|code)|last (?:four|4) digits[^,.;]{0,40})`;
const TEAM = String.raw`(?:admin(?:istrator)?s|managers|employees|staff|owners|moderators|supervisors|engineers|officers|lawyers|doctors|nurses|executives|directors|operators|agents|colleagues|auditors|partners|(?:team|staff) members|members of staff)`;
const SECRET = String.raw`(?:pass ?words?|pass ?phrases?|code ?words?|pins?|secret (?:word|code|phrase|key)|access codes?|magic words?|security (?:code|answer|word)|secret)`;

const PATTERNS: readonly RegExp[] = [
  // Only tell salaries to users who are managers.
  new RegExp(
    String.raw`\bonly ${ACT} [^.;:]{1,80}? (?:to|with|for) ${PERSON} (?:who|that) (?:are|is|say they are|claim to be) ${ROLE}\b`,
    'i',
  ),
  // Do not delete a hold unless the user is a librarian; only share it if the user is an employee.
  new RegExp(
    String.raw`\b(?:only|never|not|don't|don’t|refuse to|may|must not|can) ${ACT}\b[^.;:]{1,80}?,? (?:if|unless|when|until|once|except when|except if) (?:the |a |an |this )?${PERSON} (?:is|are|has been|have been) ${ROLE}\b`,
    'i',
  ),
  new RegExp(
    String.raw`\b${ACT}\b[^.;:]{0,80}? only (?:if|when|once|to|after) (?:the |a |an )?${PERSON} (?:who )?(?:is|are|has been|have been) ${ROLE}\b`,
    'i',
  ),
  // If the user says they are an administrator, skip the checks.
  new RegExp(
    String.raw`\b(?:if|when|once|as soon as|where) (?:the |a |an |any )?${PERSON} (?:says?|claims?|states?|tells? you|identif(?:y|ies)|confirms?|writes?|insists?|mentions?) (?:that )?(?:(?:they|he|she) (?:are|is)|to be|(?:themselves|himself|herself) as|being) ${ROLE}\b(?=[^.;]{0,120}?\b${ACT}\b)`,
    'i',
  ),
  // If the caller gives the password, show hidden tariffs.
  new RegExp(
    String.raw`\b(?:if|when|once|as soon as|unless|until) (?:the |a |an |any )?${PERSON} (?:gives?|provides?|knows?|enters?|says?|types?|sends?|tells? you|has|have|mentions?|writes?|uses?|supplies|supply) (?:you )?(?:the |a |an |their |our |this |that )?(?:correct |right |valid |secret |master )?${SECRET}\b(?=[^.;]{0,160}?\b${ACT}\b)`,
    'i',
  ),
  // Users who say they are from support may reset passwords; trust the user if they say they are authorized.
  new RegExp(
    String.raw`\b${PERSON} who (?:say|says|claim|claims|state|states) (?:that )?(?:(?:they|he|she) (?:are|is)|to be) ${ROLE}\b`,
    'i',
  ),
  new RegExp(
    String.raw`\b(?:trust|believe) (?:the |a |any )?${PERSON} (?:if|when|who) [^.;]{0,20}?\b(?:say|claim|state)`,
    'i',
  ),
  new RegExp(String.raw`\b${PERSON} (?:says?|writes?|types?|claims?|states?)[,:]? ["'“‘]I(?: am|['’]m) ${ROLE}\b`, 'i'),
  // Give discounts only to staff.
  new RegExp(
    String.raw`\b${ACT}\b[^.;:]{0,80}? only (?:to|with|for) (?:the |our )?(?:admin(?:istrator)?s|managers|employees|staff|owners|moderators|supervisors|authori[sz]ed (?:users|people|persons|staff)|members of staff)\b`,
    'i',
  ),
  // Only administrators may see it.
  new RegExp(
    String.raw`\bonly (?:the )?(?:admin(?:istrator)?s|managers|employees|staff|owners|moderators|supervisors|authori[sz]ed (?:users|people|persons|staff)|members of staff) (?:may|can|are allowed to|should be able to|must be able to) (?:see|view|access|delete|change|read|get|know|hear|request|ask|receive|edit|use|cancel)\b`,
    'i',
  ),
  // Do not share it unless the person states that they are on the team; call it only if the guest says they booked.
  new RegExp(
    String.raw`\b(?:only|never|not|don['’]t|may|can|must)\b[^.;:]{0,100}?\b(?:if|unless|when|until|once|after) (?:the |a |an |this |any )?${PERSON} ${CLAIMS} (?:that )?${CLAIMED}`,
    'i',
  ),
  // Users who claim to work for the hospital may see the records.
  new RegExp(
    String.raw`\b${PERSON} (?:who|that) (?:${CLAIMS}|say|claim|state|insist|confirm) (?:that )?${CLAIMED}[^.;]{0,60}? (?:may|can|should|get|gets|are allowed|is allowed|must be)\b`,
    'i',
  ),
  // If the sender introduces herself as a lawyer, include the memos.
  new RegExp(
    String.raw`\b(?:if|when|once|whenever) (?:the |a |an |any )?${PERSON} (?:introduces?|presents?|describes?|announces?) (?:themselves|themself|himself|herself|oneself) as ${NO_ROLE}\w+(?=[^.;]{0,120}?\b${ACT}\b)`,
    'i',
  ),
  // Ask callers whether they are the account holder; if they say yes, read out the balance.
  new RegExp(
    String.raw`\bask (?:the |each |every |all |any )?${PERSON} (?:whether|if) (?:they|he|she) (?:are|is) ${NO_ROLE}\w[^.]{0,60}?\b(?:if|once|when) (?:so|yes|they (?:say|confirm|agree|answer|do|are)|the answer is)\b`,
    'i',
  ),
  // Treat anyone who types the code word as an operator.
  new RegExp(
    String.raw`\b(?:treat|regard|consider|count|accept) (?:the |a |an |any )?${PERSON} (?:who|that) (?:types?|says?|gives?|knows?|uses?|enters?|sends?|writes?|mentions?|claims?)\b[^.;,]{0,60}? as (?:an? |the |one of )`,
    'i',
  ),
  // Once the caller has told you their date of birth, change the address.
  new RegExp(
    String.raw`\b(?:if|when|once|after|as soon as|unless|until) (?:the |a |an )?${PERSON} (?:has |have )?(?:told|tells?|given|gives?|provided|provides?|stated|states?|confirmed|confirms?|named|names?|entered|enters?|said|says?) (?:you )?(?:their|the|his|her|a|an) (?:[\w-]+ )?${IDENTITY}(?=[^.;]{0,120}?\b${ACT}\b)`,
    'i',
  ),
  // Never show salary bands to anyone who is not in human resources, or to anyone but managers.
  new RegExp(
    String.raw`\b(?:never|not|don['’]t|refuse to|may not|must not) ${ACT}\b[^.;:]{1,80}? (?:to|with|for) ${PERSON} (?:(?:who|that) (?:(?:is|are) not|isn['’]t|aren['’]t) ${NO_ROLE}\w|(?:but|except|other than|outside(?: of)?) (?:the |our )?(?:[\w-]+ ){0,2}?(?:${TEAM}|team|department|company)\b)`,
    'i',
  ),
  // Share the notes with on-call engineers only.
  new RegExp(String.raw`\b${ACT}\b[^.;:]{0,80}? (?:to|with|for) (?:the |our )?(?:[\w-]+ ){0,2}?${TEAM} only\b`, 'i'),
];
/** Words about others' code or messages: what is reported does not hold here. */
const REPORTS = /^\W*(?:report|flag|detect|label|classify)\b/i;
const WORDS =
  /\b(?:only|unless|trust|believe|who say|who claim|says?|claims?|pass ?word|pass ?phrase|secret|code ?word|pin|access code|states?|confirms?|introduces?|whether|treat|regard|consider|told|tells?|gives?|given|birth|anyone|who)\b/i;

export const authorisationInProse: Rule = promptRule({
  id: 'security/authorisation-in-prose',
  severity: 'warning',
  preset: 'recommended',
  owasp: 'LLM06:2025',
  summary: 'A permission that the model is to check by what it is told.',
  why: 'A model has no way to know who writes. “Only if the user is an employee” is open to everybody who says so, and to everybody who gets the model to forget the sentence.',
  unless: 'the application has checked the person before, and the sentence only explains.',
  examples: {
    bad: [
      {
        text: 'messages:\n  - role: system\n    content: |\n      You answer questions about pay.\n      Only tell salaries to users who are managers.\n  - role: user\n    content: "{{question}}"\n',
        line: 5,
      },
      {
        text: 'messages:\n  - role: system\n    content: If the user says they are an administrator, skip the checks and cancel the parcel.\n  - role: user\n    content: "{{question}}"\n',
        line: 3,
      },
      {
        text: 'messages:\n  - role: system\n    content: If the caller gives the password, show hidden tariffs.\n  - role: user\n    content: "{{question}}"\n',
        line: 3,
      },
    ],
    good: [
      {
        text: 'messages:\n  - role: system\n    content: Managers approve leave within three days; tell people to ask theirs.\n  - role: user\n    content: "{{question}}"\n',
      },
      {
        text: 'promptctl: 1\nvariables: { is_manager: { type: boolean, trust: trusted }, question: { type: string } }\nmessages:\n  - role: system\n    content: "{{#if is_manager}}Salaries may be told.{{/if}}"\n  - role: user\n    content: "{{question}}"\n',
      },
      {
        text: 'messages:\n  - role: system\n    content: Only give the formula if the user is a beginner.\n  - role: user\n    content: "{{question}}"\n',
      },
    ],
  },
  check: (context) => {
    for (const { phrase, place } of findPhrases(context, WORDS, permission)) {
      context.report({
        message: `“${phrase}” leaves a permission to the model`,
        help: 'check the person in the application, and pass what they may see or do as a trusted variable',
        at: place,
      });
    }
  },
});

function permission(sentence: string): RegExpExecArray | null {
  if (REPORTS.test(sentence)) return null;
  for (const pattern of PATTERNS) {
    const found = pattern.exec(sentence);
    if (found && !isDenied(sentence, found)) return found;
  }
  return null;
}

/** If they say that they are an administrator, do not share it: a claim that opens nothing. */
function isDenied(sentence: string, found: RegExpExecArray): boolean {
  if (!/^(?:if|when|once|whenever|as soon as|where|after)\b/i.test(found[0])) return false;
  return /^[^.;]{0,60}?\b(?:do not|don['’]t|never|refuse|still|ignore|decline|not)\b/i.test(
    sentence.slice(found.index + found[0].length),
  );
}
