import { promptRule, type Rule } from '../../rule.ts';
import { permission, SUBJECTS } from './permissions.ts';
import { findPhrases } from './phrases.ts';

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
    for (const { phrase, place } of findPhrases(context, SUBJECTS, permission)) {
      context.report({
        message: `“${phrase}” leaves a permission to the model`,
        help: 'check the person in the application, and pass what they may see or do as a trusted variable',
        at: place,
      });
    }
  },
});
