import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Lexer, parse } from 'yaml';
import { formatPrompts } from '../../src/fmt/index.ts';
import { rules } from '../../src/lint/index.ts';
import { PromptctlError } from '../../src/model/index.ts';
import { rendererOf } from '../../src/render/index.ts';
import { PromptError } from '../../src/runtime/index.ts';
import { diskSource, type LoadedPrompt, loadWorkspace, memorySource, parseConfig } from '../../src/workspace/index.ts';
import { exampleWorkspace } from '../lint/example-workspace.ts';
import { sharedFolder } from '../support/shared.ts';
import { formatted, layout } from './formatting.ts';

function commentsIn(text: string): string[] {
  return [...new Lexer().lex(text)].filter((token) => token.startsWith('#')).map((comment) => comment.trim());
}

/** What a prompt renders for each of its rows, or why it doesn't. */
function rendersOf({ prompt }: LoadedPrompt): unknown[] {
  if (!prompt) return [];
  const renderer = rendererOf(prompt);
  return prompt.testData.map(({ values }) => {
    try {
      const known = Object.entries(values).filter(([name]) => Object.hasOwn(renderer.json.variables, name));
      return renderer.render(Object.fromEntries(known));
    } catch (cause) {
      if (cause instanceof PromptError || cause instanceof PromptctlError) return cause.message;
      throw cause;
    }
  });
}

/** Whatever it was, nothing is lost and a second time changes nothing. */
function expectNothingLost(text: string): boolean {
  const once = formatted(text);
  expect(once.refusal ?? '').not.toMatch(/would|lost|line/);
  const twice = formatted(once.text);
  expect(twice).toMatchObject({ text: once.text, isChanged: false });
  expect(commentsIn(once.text).sort()).toEqual(commentsIn(text).sort());
  if (once.refusal === undefined) expect(parse(once.text)).toEqual(parse(text));
  return once.isChanged;
}

/** Sections of a prompt as people write them: more or less indented, with and without comments. */
const SECTIONS = [
  '# what it costs\nmodel: openai/gpt-4o-mini   # for now\n',
  'modelParameters:\n    maxTokens: 300 # a paragraph\n    # as cold as can be\n    temperature: 0\n',
  'messages:\n- content: |\n    Sort the ticket.\n\n      - bugs\n  role: system\n  # the words\n- {content: "{{ticket}}", role: user}\n',
  '# why\ndescription: >\n   Puts a ticket\n   in a queue.\nname: Triage\n',
  'variables:\n  ticket:\n      trust: user\n      type: string\n      # long ones are cut\n  product: {trust: trusted, enum: [app,billing], type: string}\n',
  'testData:\n  -   expected: bugs\n      ticket: "It\n        crashes"\n  # none yet\n',
  'budget: {outputTokens: 300,   inputTokens: 1500}\npromptctl: 1\n',
  'team: desk\nevaluators:\n- with: { max: 20 }\n  uses: promptctl/word-count\n  name: short\n',
];

describe('formatting', () => {
  it('gives the same file in whatever order its keys stood', () => {
    const whole = layout(`# the desk\n\n${SECTIONS.join('')}`);
    fc.assert(
      fc.property(fc.shuffledSubarray(SECTIONS, { minLength: SECTIONS.length }), (sections) => {
        expect(layout(`# the desk\n\n${sections.join('')}`)).toBe(whole);
      }),
    );
  });

  it('loses nothing, and changes nothing the second time', () => {
    const blank = fc.constantFrom('', '', '\n', '\n\n\n', '# apart\n\n', '\n# of the next\n', '  # indented\n');
    fc.assert(
      fc.property(
        fc
          .shuffledSubarray(SECTIONS, { minLength: 1 })
          .chain((sections) => fc.tuple(...sections.map((one) => fc.tuple(blank, fc.constant(one))))),
        fc.constantFrom('\n', '\r\n'),
        (sections, end) => {
          expectNothingLost(sections.flat().join('').replaceAll('\n', end));
        },
      ),
    );
  });

  it('holds any text in a block, whatever it is indented by', () => {
    const line = fc.string({ unit: fc.constantFrom(' ', 'a', '#', ':', '-', '{', '\t', '|', 'é'), maxLength: 8 });
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 5 }),
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom('', '-', '+'),
        fc.boolean(),
        (lines, deep, chomp, last) => {
          const body = lines.map((one) => `${' '.repeat(2 + deep)}${one}\n`).join('');
          const message = `messages:\n  - content: |${deep}${chomp}\n  ${body.replaceAll('\n ', '\n   ')}`;
          expectNothingLost(last ? `model: a/b\n${message}` : `${message}    role: user\nmodel: a/b\n`);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('loses nothing of the rules’ examples', () => {
    const changed = rules
      .flatMap(({ examples }) => [...examples.bad, ...examples.good])
      .filter((example) => {
        const workspace = exampleWorkspace(example);
        const files = workspace.prompts.map(({ file }) => file);
        return formatPrompts(workspace, files).some(({ refusal, isChanged }) => {
          expect(refusal ?? '').not.toMatch(/would|lost/);
          return isChanged;
        });
      });
    expect(changed.length).toBeGreaterThan(10);
  });

  it('loses nothing of the planted prompts, good and bad', () => {
    const folder = fileURLToPath(new URL('../lint/planted/', import.meta.url));
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yml'));
    const texts = files.flatMap((file) =>
      (parse(readFileSync(folder + file, 'utf8')) as { bad?: string; good?: string }[]).flatMap(({ bad, good }) => [
        bad ?? '',
        good ?? '',
      ]),
    );
    expect(texts.length).toBeGreaterThan(300);
    let refused = 0;
    for (const text of texts) {
      const { refusal, isChanged, text: out } = formatted(text);
      if (refusal !== undefined) refused++;
      expect(refusal ?? '').not.toMatch(/would|lost/);
      if (isChanged) expect(formatted(out).isChanged).toBe(false);
    }
    expect(refused).toBeLessThan(texts.length / 4);
  });
});

const corpus = sharedFolder('corpus/github-models');

describe.skipIf(corpus === undefined)('the public corpus', () => {
  it('keeps its comments, its values and what it renders', () => {
    const source = diskSource(corpus!);
    const files = source.list().filter((file) => /\.prompt\.ya?ml$/.test(file));
    const config = parseConfig('', undefined);
    const before = loadWorkspace(source, config, { files });
    const results = formatPrompts(before, files);
    expect(results.filter(({ isChanged }) => isChanged).length).toBeGreaterThan(50);
    const texts = Object.fromEntries(results.map(({ file, text }) => [file, text]));
    const after = loadWorkspace(memorySource(texts), config, { files });
    for (const [at, { file, refusal }] of results.entries()) {
      const [old, now] = [before.prompts[at]!, after.prompts[at]!];
      expect([old.file, now.file]).toEqual([file, file]);
      expect(refusal ?? '').toMatch(/^$|it does not load/);
      expect(now.yaml.value).toEqual(old.yaml.value);
      expect(commentsIn(now.yaml.text).length).toBe(commentsIn(old.yaml.text).length);
      expect(rendersOf(now)).toEqual(rendersOf(old));
    }
    expect(formatPrompts(after, files).filter(({ isChanged }) => isChanged)).toEqual([]);
  });
});
