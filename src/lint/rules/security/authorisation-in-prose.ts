import { promptRule, type Rule } from '../../rule.ts';
import { findPhrases } from './phrases.ts';

const PERSON = String.raw`(?:users?|callers?|customers?|persons?|people|someone|somebody|anyone|requesters?|senders?|guests?|clients?|readers?|members?|visitors?|recipients?|speakers?|employees?|patients?|they|he|she)`;
/** Not a role but a skill, a mood or an age: what follows from it is tone. */
const NO_ROLE = String.raw`(?!(?:(?:a|an|the|in|at|on|to|not|very|of|new|total|complete|absolute|more|less) )*(?:beginners?|novices?|experts?|developers?|programmers?|child|children|kids?|students?|native|teenagers?|tourists?|learners?|upset|angry|unsure|confused|happy|rude|asking|looking|interested|in a hurry|ready|done|stuck|wrong|right|sure|bored|lost|frustrated|new|unclear|mistaken|silent|hurt|danger))`;
const ROLE = String.raw`${NO_ROLE}(?:an? |the |their |our )?(?:[\w-]+ )?(?:admin(?:istrator)?s?|managers?|employees?|staff|owners?|librarians?|doctors?|nurses?|lawyers?|supervisors?|moderators?|agents?|operators?|executives?|directors?|engineers?|teachers?|parents?|officers?|members?|colleagues?|insiders?|root|superusers?|authori[sz]ed|verified|authenticated|logged in|signed in|entitled|allowed|permitted|account holders?|customers?|subscribers?|partners?|of the team|from (?:our |the )?(?:company|team|bank|support|office)|who they say)`;
const ACT = String.raw`(?:tell|share|show|reveal|disclose|give|delete|remove|cancel|change|update|edit|refund|pay|transfer|approve|access|allow|grant|skip|bypass|unlock|send|provide|run|open|discuss|hand out|release|reset|issue|read out|perform|execute|waive|override|enable|switch|treat)`;
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
];
const WORDS =
  /\b(?:only|unless|trust|believe|who say|who claim|says?|claims?|pass ?word|pass ?phrase|secret|code ?word|pin|access code)\b/i;

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
  for (const pattern of PATTERNS) {
    const found = pattern.exec(sentence);
    if (found) return found;
  }
  return null;
}
