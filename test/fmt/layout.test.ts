import { describe, expect, it } from 'vitest';
import { formatted, layout } from './formatting.ts';

describe('keys', () => {
  it('come in the order of the format, inside too, and unknown ones behind them', () => {
    const text = `owner: desk
messages:
- content: "{{ticket}}"
  role: user
variables:
  ticket: { trust: user, description: The words., maxLength: 800, type: string }
modelParameters: {maxTokens: 20, temperature: 0}
model: openai/gpt-4o-mini
promptctl: 1
`;
    expect(layout(text)).toBe(`promptctl: 1
model: openai/gpt-4o-mini
modelParameters: { temperature: 0, maxTokens: 20 }
variables:
  ticket: { type: string, maxLength: 800, trust: user, description: The words. }
messages:
  - role: user
    content: "{{ticket}}"
owner: desk
`);
  });

  it('keep their order where models follow it, and where it is the author’s own', () => {
    const text = `model: openai/gpt-4o
messages:
  - role: user
    content: Hello
jsonSchema:
  name: queue
  schema:
    properties:
      zeta: { type: string, description: Last. }
      alpha: { description: First., type: string }
    type: object
testData:
  - ticket: It crashes
    $name: crash
`;
    expect(layout(text)).toBe(text);
  });
});

describe('comments', () => {
  it('go where the key below them goes, and those of the file stay at its head', () => {
    const text = `# yaml-language-server: $schema=prompt.schema.json
# promptctl-disable tests/no-tests -- on purpose

# what it answers with
messages: # two of them
    # the rules
    -   content: Sort it. # briefly
        role: system
    # promptctl-disable-next-line messages/empty-content -- filled in later
    - role: user
      content: ""
    # no more than these

# which model

model: openai/gpt-4o # the cheap one
# the end
`;
    expect(layout(text)).toBe(`# yaml-language-server: $schema=prompt.schema.json
# promptctl-disable tests/no-tests -- on purpose

# which model

model: openai/gpt-4o # the cheap one
# what it answers with
messages: # two of them
  # the rules
  - role: system
    content: Sort it. # briefly
  # promptctl-disable-next-line messages/empty-content -- filled in later
  - role: user
    content: ""
  # no more than these
# the end
`);
  });

  it('of the line below stay above it', () => {
    const text = `# promptctl-disable-next-line messages/consecutive-roles -- as recorded
messages:
  - { role: user, content: Hi }
model: openai/gpt-4o
`;
    expect(layout(text)).toBe(`model: openai/gpt-4o
# promptctl-disable-next-line messages/consecutive-roles -- as recorded
messages:
  - { role: user, content: Hi }
`);
  });

  it('on the line of a dash come above it', () => {
    const text = `messages:
  - # the rules
    role: system
    content: Sort it.
`;
    expect(layout(text)).toBe(`messages:
  # the rules
  - role: system
    content: Sort it.
`);
  });
});

describe('texts', () => {
  it('keep their style, their folds and what they are indented by beyond the block', () => {
    const text = `messages:
- role: system
  content: |2+
      indented by two more
    sorted

    \ttab and blank \x20

- role: user
  content: >-
           folded
           here
             and not here

           again
- role: user
  content: "one
      two\\
      \\  three"
- role: assistant
  content: plain
      over
      lines
- role: user
  content:
    below its key
`;
    const out = layout(text);
    expect(out).toBe(`messages:
  - role: system
    content: |2+
        indented by two more
      sorted

      \ttab and blank \x20

  - role: user
    content: >-
      folded
      here
        and not here

      again
  - role: user
    content: "one
      two\\
      \\  three"
  - role: assistant
    content: plain
      over
      lines
  - role: user
    content:
      below its key
`);
  });

  it('may be the last thing of a file without a final newline', () => {
    expect(layout('messages:\n- role: user\n  content: |\n    Hello')).toBe(
      'messages:\n  - role: user\n    content: |\n      Hello\n',
    );
  });

  it('are written as they were, whatever YAML could write them as', () => {
    const text = `promptctl: 1
version: '1.10.0'
messages:
  - role: "user"
    content: 'it''s "so" \\u00e9'
testData:
  - { a: 1.50, b: 0x1F, c: ~, d: "\\u00e9", e: 'x', f: [], g: {} }
`;
    expect(layout(text)).toBe(text);
  });
});

describe('lines', () => {
  it('keep one blank line between, none at the top of a block, and the line ends of the file', () => {
    const text = '\n\nmodel: a/b\n\n\n\nmessages:\n\n  - role: user\n    content: Hi\n\n\n';
    const out = 'model: a/b\n\nmessages:\n  - role: user\n    content: Hi\n';
    expect(layout(text)).toBe(out);
    expect(layout(text.replaceAll('\n', '\r\n'))).toBe(layout(text).replaceAll('\n', '\r\n'));
    expect(layout(`\uFEFF${text}`)).toBe(`\uFEFF${layout(text)}`);
  });

  it('keep the mark that a document begins with', () => {
    expect(layout('# head\n---\nmessages: []\nmodel: a/b\n')).toBe('# head\n---\nmodel: a/b\nmessages: []\n');
  });

  it('keep brackets over several lines as the author set them', () => {
    const text = `modelParameters: {
  temperature: 0, # cold
  maxTokens: 20
}
messages:
  - role: user
    content: Hi
`;
    expect(layout(text)).toBe(text);
  });
});

describe('a file is left as it is', () => {
  it.each([
    [
      'an anchor',
      'messages:\n  - &first { role: user, content: Hi }\nmodel: a/b\n',
      'line 2 holds an anchor or an alias',
    ],
    ['an alias', 'description: &d Hi\nname: *d\nmessages: []\n', 'line 1 holds an anchor or an alias'],
    ['a tag', 'messages: []\nmodel: !!str 3\n', 'line 2 holds a tag'],
    ['a key with a question mark', '? messages\n: []\nmodel: a/b\n', 'line 1 holds a key written with `?`'],
    ['a key twice', 'messages: []\nmodel: a/b\nmodel: a/c\n', 'its YAML has errors; `promptctl lint` shows them'],
    ['broken YAML', 'messages: [\n', 'it does not load; `promptctl lint` shows why'],
    ['no prompt', 'services:\n    web: {}\n', 'it does not load; `promptctl lint` shows why'],
    [
      'the end of a document',
      'messages: []\nmodel: a/b\n...\n',
      'line 3 holds something that is no key, value or comment',
    ],
  ])('with %s, and says so', (_, text, refusal) => {
    expect(formatted(text)).toMatchObject({ text, isChanged: false, refusal });
  });
});
