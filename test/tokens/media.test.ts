import { describe, expect, it } from 'vitest';
import type { ContentPart } from '../../src/runtime/index.ts';
import { countPrompt } from '../../src/tokens/prompt/index.ts';
import { pricingOf } from '../../src/cli/eval/pricing.ts';
import { loadWorkspace, memorySource, parseConfig } from '../../src/workspace/index.ts';

function countsOf(text: string): ReturnType<typeof countPrompt> {
  const file = 'look.prompt.yml';
  const [loaded] = loadWorkspace(
    memorySource({ [file]: `promptctl: 1\nmodel: openai/gpt-4o\n${text}` }),
    parseConfig('', undefined),
    {
      files: [file],
    },
  ).prompts;
  if (!loaded?.prompt || loaded.problems.length > 0) throw new Error(loaded?.problems[0]?.message);
  return countPrompt(loaded.prompt);
}

const media = (variables: string, content: string, more = ''): ReturnType<typeof countPrompt> =>
  countsOf(`variables: ${variables}\nmessages: [{ role: user, content: "${content}" }]\n${more}`);

describe('the worst case of a prompt with media', () => {
  const bare = media('{ photo: { type: string, maxTokens: 100 } }', 'See').static.tokens;

  it('counts each at the maxTokens of its variable, whatever the length of the address', () => {
    const { worst, variables } = media(
      '{ photo: { type: string, maxLength: 9, maxTokens: 100 } }',
      'See{{media url=photo}}{{media url=photo}}',
    );
    expect(worst!.tokens).toBe(bare + 200);
    expect(variables).toEqual([{ name: 'photo', tokens: 200 }]);
  });

  it('counts a list of them by the maxTokens of the list, and a member by that of the whole', () => {
    const list = '{ shots: { type: array, maxItems: 3, maxTokens: 400, items: { type: string } } }';
    expect(media(list, 'See{{#each shots}}{{media url=this}}{{/each}}').worst!.tokens).toBe(bare + 400);
    const album = '{ album: { type: object, maxTokens: 300, properties: { cover: { type: string } } } }';
    expect(media(album, 'See{{media url=album.cover}}').worst!.tokens).toBe(bare + 300);
  });

  it('counts those of the examples too', () => {
    const variables = '{ photo: { type: string, maxTokens: 100 } }';
    const examples =
      'examples: [{ input: { photo: "https://a.b/c" }, output: cat }, { input: { photo: "https://a.b/d" }, output: dog }]\n';
    const shown = media(variables, 'See{{media url=photo}}', examples);
    expect(shown.worst!.tokens - shown.static.tokens).toBe(300);
  });

  it.each([
    ['{ photo: { type: string, maxLength: 9 } }', 'See{{media url=photo}}'],
    ['{}', "See{{media url='https://a.b/c.pdf'}}"],
  ])('has none without a bound: %s', (variables, content) => {
    expect(media(variables, content).worst).toBeUndefined();
  });
});

/** US dollars that one call is taken to cost at most. */
function cost(content: string | readonly ContentPart[]): number {
  return pricingOf(undefined).worstCaseUsd('openai/gpt-4o', {
    model: 'gpt-4o',
    messages: [{ role: 'user', content }],
    parameters: { maxTokens: 1 },
    tools: [],
  })!;
}

describe('what an eval sets aside', () => {
  it('is the same for an address and for megabytes of data, and covers the dearest picture', () => {
    const part = (url: string): number => cost([{ type: 'media', url, contentType: 'image/png' }]);
    expect(part(`data:image/png;base64,${'A'.repeat(1_000_000)}`)).toBe(part('https://a.b/c.png'));
    expect(part('https://a.b/c.png') - cost('')).toBeCloseTo((50_000 * 2.5) / 1_000_000);
  });

  it('covers a film by the window that it has to fit', () => {
    const film = cost([{ type: 'media', url: 'https://a.b/c.mp4', contentType: 'video/mp4' }]);
    expect(film - cost('')).toBeCloseTo((128_000 * 2.5) / 1_000_000);
  });
});
