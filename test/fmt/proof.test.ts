import { describe, expect, it } from 'vitest';
import { lossOf } from '../../src/fmt/proof.ts';
import { type LoadedPrompt, loadWorkspace, memorySource, parseConfig } from '../../src/workspace/index.ts';
import { ticketPrompt } from '../cli/prompts.ts';

function loaded(text: string): LoadedPrompt {
  const files = { 'a.prompt.yml': text, 'tone.partial.md': 'Be kind.' };
  return loadWorkspace(memorySource(files), parseConfig('', undefined)).prompts[0]!;
}

/** What the proof says of a file that some layout would have turned into another. */
function loss(before: string, after: string): string | undefined {
  return lossOf(loaded(before), loaded(after));
}

function schemaOf(properties: string): string {
  return `jsonSchema: { name: q, schema: { type: object, properties: { ${properties} } } }
`;
}

describe('the proof before a file is written', () => {
  it('lets a new order of keys and another indentation through', () => {
    expect(loss(ticketPrompt(), ticketPrompt().replace('  ticket:', '      ticket:'))).toBeUndefined();
    expect(
      loss(ticketPrompt(), ticketPrompt('"{{ticket}}"').replace('promptctl: 1\n', '') + 'promptctl: 1\n'),
    ).toBeUndefined();
  });

  it.each([
    ['a value', ticketPrompt(), ticketPrompt().replace('200', '2000'), 'its value would change'],
    ['a text', ticketPrompt('"a {{ticket}}"'), ticketPrompt('"a  {{ticket}}"'), 'its value would change'],
    ['a comment', ticketPrompt('"{{ticket}}" # words'), ticketPrompt(), 'a comment would be lost'],
    ['one of two', ticketPrompt('', '# a\n# a\n'), ticketPrompt('', '# a\n'), 'a comment would be lost'],
    [
      'the order of what a model writes',
      ticketPrompt('"{{ticket}}"', schemaOf('why: { type: string }, queue: { type: string }')),
      ticketPrompt('"{{ticket}}"', schemaOf('queue: { type: string }, why: { type: string }')),
      'the order of a schema would change, which models follow',
    ],
  ])('stops %s', (_, before, after, reason) => {
    expect(before).not.toBe(after);
    expect(loss(before, after)).toBe(reason);
  });
});
