import { describe, expect, it } from 'vitest';
import {
  contentText,
  PromptError,
  type Rendered,
  shownText,
  toAnthropic,
  toGemini,
  toOpenAI,
  toOpenAIResponses,
} from '../../src/runtime/index.ts';
import { promptOf } from './bundles.ts';

const NONCE = '0123456789abcdef';
const PNG = 'data:image/png;base64,iVBORw0KGgo=';
const ADDRESS = 'https://example.com/cat.jpg?size=2';

const look = promptOf(
  '{ photo: { type: string }, type: { type: string, optional: true }, note: { type: string, optional: true } }',
  '[{ role: system, content: You look. }, { role: user, content: "See:\\n{{media url=photo contentType=type}}\\n{{#if note}}{{note}}{{/if}}" }]',
);

function shown(values: Parameters<typeof look.render>[0]): Rendered {
  return look.render(values, { nonce: NONCE });
}

function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof PromptError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'nothing thrown';
}

describe('a message with a medium', () => {
  it('is a list of its parts; blanks alone are none, and text keeps its fence', () => {
    expect(shown({ photo: ADDRESS }).messages).toEqual([
      { role: 'system', content: 'You look.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'See:\n' },
          { type: 'media', url: ADDRESS },
        ],
      },
    ]);
    expect(shown({ photo: PNG, note: 'a <data-x>' }).messages[1]!.content).toEqual([
      { type: 'text', text: 'See:\n' },
      { type: 'media', url: PNG, contentType: 'image/png' },
      { type: 'text', text: `\n<data-${NONCE} name="note">\na &lt;data-x>\n</data-${NONCE}>` },
    ]);
  });

  it('keeps its parts inside blocks and loops, and is a list even where none is reached', () => {
    const many = promptOf(
      '{ shots: { type: array, items: { type: string } } }',
      '[{ role: user, content: "{{#each shots}}{{@index}}: {{media url=this}}{{else}}None.{{/each}}" }]',
    );
    expect(many.render({ shots: [PNG, ADDRESS] }).messages[0]!.content).toEqual([
      { type: 'text', text: '0: ' },
      { type: 'media', url: PNG, contentType: 'image/png' },
      { type: 'text', text: '1: ' },
      { type: 'media', url: ADDRESS },
    ]);
    expect(many.render({ shots: [] }).messages[0]!.content).toEqual([{ type: 'text', text: 'None.' }]);
  });

  it('stands in an example as in the message that the example stands for', () => {
    const shots = promptOf(
      '{ photo: { type: string } }',
      '[{ role: user, content: "{{media url=photo}}" }]',
      `examples: [{ input: { photo: "${ADDRESS}" }, output: cat }]\n`,
    );
    expect(shots.render({ photo: PNG }).messages.map(({ content }) => shownText(content))).toEqual([
      `[image: ${ADDRESS}]`,
      'cat',
      '[image/png, 8 bytes]',
    ]);
  });

  it.each([
    ['file:///etc/passwd'],
    ['/etc/passwd'],
    ['javascript:alert(1)'],
    ['https://a b'],
    ['https://a\nHost: b'],
    ['data:image/png,raw'],
    ['data:text/html;charset=x;base64,aGk='],
    ['data:image/png;base64,'],
    [''],
  ])('refuses %j, which no provider should fetch', (photo) => {
    expect(codeOf(() => shown({ photo }))).toMatch(/^media-invalid: `photo` must be a URL/);
  });

  it('refuses a type that is none', () => {
    expect(codeOf(() => shown({ photo: ADDRESS, type: 'picture' }))).toMatch(/^media-invalid: .*media type/);
  });

  it('reads an address of ten megabytes in a moment, also one that is wrong at its end', () => {
    const data = 'A'.repeat(10_000_000);
    expect(contentText(shown({ photo: `data:image/png;base64,${data}` }).messages[1]!.content)).toBe('See:\n');
    expect(codeOf(() => shown({ photo: `data:image/png;base64,${data}!` }))).toContain('media-invalid');
  });
});

const userOf = (body: Record<string, unknown>, list: string): unknown => (body[list] as readonly unknown[]).at(-1);

describe('bodies of requests', () => {
  it('chat completions', () => {
    expect(toOpenAI(shown({ photo: PNG }))['messages']).toEqual([
      { role: 'system', content: 'You look.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'See:\n' },
          { type: 'image_url', image_url: { url: PNG } },
        ],
      },
    ]);
    const heard = toOpenAI(shown({ photo: 'data:audio/mpeg;base64,AAAA' }));
    expect(userOf(heard, 'messages')).toMatchObject({
      content: [{}, { type: 'input_audio', input_audio: { data: 'AAAA', format: 'mp3' } }],
    });
    const read = toOpenAI(shown({ photo: 'data:application/pdf;base64,AAAA' }));
    expect(userOf(read, 'messages')).toMatchObject({
      content: [{}, { type: 'file', file: { filename: 'file.pdf', file_data: 'data:application/pdf;base64,AAAA' } }],
    });
  });

  it('responses', () => {
    expect(userOf(toOpenAIResponses(shown({ photo: ADDRESS })), 'input')).toEqual({
      role: 'user',
      content: [
        { type: 'input_text', text: 'See:\n' },
        { type: 'input_image', detail: 'auto', image_url: ADDRESS },
      ],
    });
    expect(userOf(toOpenAIResponses(shown({ photo: ADDRESS, type: 'application/pdf' })), 'input')).toMatchObject({
      content: [{}, { type: 'input_file', file_url: ADDRESS }],
    });
  });

  it('messages of Anthropic', () => {
    expect(toAnthropic(shown({ photo: PNG }))).toMatchObject({
      system: [{ type: 'text', text: 'You look.', cache_control: { type: 'ephemeral' } }],
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'See:\n' },
            { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo=' } },
          ],
        },
      ],
    });
    expect(userOf(toAnthropic(shown({ photo: ADDRESS, type: 'application/pdf' })), 'messages')).toMatchObject({
      content: [{}, { type: 'document', source: { type: 'url', url: ADDRESS } }],
    });
  });

  it('contents of Gemini', () => {
    expect(userOf(toGemini(shown({ photo: PNG })), 'contents')).toEqual({
      role: 'user',
      parts: [{ text: 'See:\n' }, { inlineData: { mimeType: 'image/png', data: 'iVBORw0KGgo=' } }],
    });
    expect(userOf(toGemini(shown({ photo: 'gs://bucket/clip', type: 'video/mp4' })), 'contents')).toMatchObject({
      parts: [{}, { fileData: { mimeType: 'video/mp4', fileUri: 'gs://bucket/clip' } }],
    });
  });

  it.each([
    [toOpenAI, { photo: ADDRESS, type: 'video/mp4' }, 'chat completions takes no video/mp4 as an address'],
    [toOpenAI, { photo: ADDRESS, type: 'audio/wav' }, 'chat completions takes no audio/wav as an address'],
    [toOpenAIResponses, { photo: 'data:audio/wav;base64,AAAA' }, 'responses takes no audio/wav as data'],
    [toAnthropic, { photo: ADDRESS, type: 'text/csv' }, 'messages takes no text/csv as an address'],
  ])('%o says what it does not take', (body, values, message) => {
    expect(codeOf(() => body(shown(values)))).toBe(`media-unsupported: ${message}`);
  });

  it.each([toOpenAI, toOpenAIResponses, toAnthropic, toGemini])(
    '%o takes none in an instruction or an answer',
    (body) => {
      for (const role of ['system', 'assistant']) {
        const wrong = promptOf(
          '{ photo: { type: string, trust: trusted } }',
          `[{ role: ${role}, content: "{{media url=photo}}" }, { role: user, content: Hi }]`,
        );
        expect(codeOf(() => body(wrong.render({ photo: PNG })))).toMatch(
          /^media-unsupported: .* in a user message alone/,
        );
      }
    },
  );
});
