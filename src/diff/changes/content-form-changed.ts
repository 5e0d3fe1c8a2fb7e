import { type MessageJson, someSegment } from '../../runtime/index.ts';
import { type ChangeKind, inBoth } from '../kind.ts';
import { namedTurns } from '../texts.ts';
import { example } from './example.ts';

export const contentFormChanged: ChangeKind = {
  kind: 'content-form-changed',
  category: 'CONTRACT',
  level: 'minor',
  severity: 'dangerous',
  summary: 'a message is text or parts, which it was not',
  reason:
    'The content of a message that shows media is a list of parts: code that reads it as a string, and models that see nothing, no longer fit. Requests made by the runtime do.',
  examples: [
    example(
      'the text shows a picture',
      'variables: { photo: { type: string, trust: trusted } }\nmessages: [{ role: user, content: "See {{photo}}" }]',
      'variables: { photo: { type: string, trust: trusted } }\nmessages: [{ role: user, content: "See {{media url=photo}}" }]',
    ),
  ],
  detect: inBoth(({ old, new: now }) => {
    const before = namedTurns(old.json.messages);
    return [...namedTurns(now.json.messages)].flatMap(([name, message]) => {
      const earlier = before.get(name);
      if (!earlier || showsMedia(earlier) === showsMedia(message)) return [];
      const at = now.json.messages.indexOf(message);
      const form = showsMedia(message) ? 'parts, and was text' : 'text, and was parts';
      return [{ path: `/messages/${at}`, message: `the content of this message is ${form}` }];
    });
  }),
};

function showsMedia(message: MessageJson): boolean {
  return 'role' in message && someSegment(message.segments, ({ kind }) => kind === 'media');
}
