import { promptRule, type Rule } from '../../rule.ts';
import { textMessages } from '../contents.ts';
import { placeOf, walk } from '../template/walk.ts';

const look = (role: string): string =>
  `promptctl: 1\nvariables: { photo: { type: string, trust: trusted } }\nmessages:\n  - role: ${role}\n    content: "Look: {{media url=photo}}"\n  - role: user\n    content: What is it?\n`;

export const mediaOutsideUser: Rule = promptRule({
  id: 'messages/media-outside-user',
  severity: 'warning',
  preset: 'recommended',
  summary: 'A picture, a recording or a file outside of a user message.',
  why: 'Providers take media in user messages alone: OpenAI and Anthropic refuse a request with a picture in a system or an assistant message, so every call of the prompt fails.',
  unless: 'the prompt is sent by code of yours that moves the part into a user message.',
  examples: {
    bad: [
      { text: look('system'), line: 5 },
      { text: look('assistant'), line: 5 },
    ],
    good: [
      {
        text: 'promptctl: 1\nvariables: { photo: { type: string } }\nmessages:\n  - role: system\n    content: You look at pictures.\n  - role: user\n    content: "Look: {{media url=photo}}"\n',
      },
    ],
  },
  check: (context) => {
    for (const message of textMessages(context.prompt)) {
      if (message.role === 'user') continue;
      walk(message.segments, context, (segment) => {
        if (segment.kind !== 'media') return;
        context.report({
          message: `Providers take media in a user message alone, not in one of the role ${message.role}`,
          help: 'move it into a user message',
          at: placeOf(segment, message, context),
        });
      });
    }
  },
});
