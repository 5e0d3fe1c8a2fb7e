import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { runEval } from '../support/eval-cli.ts';
import { folderOf } from '../support/folder.ts';
import { type Asked, LlmServer } from '../support/llm-server.ts';
import { sharedFolder } from '../support/shared.ts';

type Fields = Readonly<Record<string, unknown>>;

interface PromptYaml {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly testData: readonly Fields[];
  readonly evaluators?: readonly {
    readonly name: string;
    readonly string?: Fields;
    readonly llm?: Fields;
    readonly uses?: string;
  }[];
}

/** GitHub's runner in a few lines: what it sends, and what it makes of the answers. Independent of ours on purpose. */
const CRITERIA: readonly (readonly [string, (answer: string, wanted: string) => boolean])[] = [
  ['equals', (answer, wanted) => answer === wanted],
  ['contains', (answer, wanted) => answer.toLowerCase().includes(wanted.toLowerCase())],
  ['startsWith', (answer, wanted) => answer.toLowerCase().startsWith(wanted.toLowerCase())],
  ['endsWith', (answer, wanted) => answer.toLowerCase().endsWith(wanted.toLowerCase())],
];

function filled(template: string, row: Fields): string {
  return Object.entries(row).reduce(
    (text, [key, value]) => text.replaceAll(`{{${key}}}`, () => String(value)),
    template,
  );
}

/** Undefined where the evaluator is of no kind that GitHub knows, which ends its run. */
function passes(
  evaluator: NonNullable<PromptYaml['evaluators']>[number],
  answer: string,
  row: Fields,
): boolean | undefined {
  const { string, llm, uses } = evaluator;
  if (string) {
    const [criterion, holds] = CRITERIA.find(([name]) => string[name] !== undefined && string[name] !== '')!;
    return holds(answer.trim(), filled(String(string[criterion]), row));
  }
  if (llm) {
    const choices = llm.choices as readonly { readonly choice: string; readonly score: number }[];
    return (choices.find(({ choice }) => VERDICT.includes(choice.toLowerCase()))?.score ?? 0) > 0;
  }
  // The built-in judges score 1 as 0, and 1 is the first choice that stands in the verdict.
  return uses?.startsWith('github/') ? false : undefined;
}

const VERDICT = 'between 1 and 5 i give 5';
const isJudge = ({ body }: Asked): boolean => JSON.stringify(body.messages).includes('ECHO:');
const answerTo = (asked: Asked): string => (isJudge(asked) ? VERDICT : `  \n ECHO:${asked.user}\n`);

let server: LlmServer | undefined;
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

/** Runs one file as GitHub's runner would, and holds what was sent and what it came to against the rules. */
async function agrees(name: string, text: string): Promise<void> {
  server = await LlmServer.start({ answer: answerTo });
  const folder = folderOf({
    'promptctl.yaml': JSON.stringify({
      providers: { local: { kind: 'openai-compatible', baseUrl: `${server.url}/v1` } },
      eval: { provider: 'local' },
    }),
    [`prompts/${name}`]: text,
  });
  const run = await runEval(folder, ['--github-exact']);
  const prompt = readYaml(text);
  if (!prompt) {
    // Neither can read it.
    expect([run.status, server.asked.length]).toEqual([1, 0]);
    return;
  }
  const { messages, testData, evaluators = [] } = prompt;
  if (evaluators.some((evaluator) => passes(evaluator, '', {}) === undefined)) {
    expect([run.status, server.asked.length, run.stderr]).toEqual([
      2,
      0,
      expect.stringContaining('no string, llm or uses'),
    ]);
    return;
  }
  const sent = server.asked.filter((asked) => !isJudge(asked)).map(({ body }) => JSON.stringify(body.messages));
  const wanted = testData.map((row) =>
    JSON.stringify(messages.map(({ role, content }) => ({ role, content: filled(content, row) }))),
  );
  expect(sent.sort()).toEqual(wanted.sort());
  const statuses = testData.map((row) => {
    const answer = `ECHO:${filled(messages.findLast(({ role }) => role === 'user')!.content, row)}`;
    return evaluators.every((evaluator) => passes(evaluator, answer, row)) ? 'passed' : 'failed';
  });
  expect(run.json.results.map(({ status }) => status)).toEqual(statuses);
  expect(run.status).toBe(statuses.includes('failed') ? 1 : 0);
}

function readYaml(text: string): PromptYaml | undefined {
  try {
    return parse(text) as PromptYaml;
  } catch {
    return undefined;
  }
}

const corpus = sharedFolder('corpus/github-models');
const files = corpus === undefined ? [] : readdirSync(corpus).filter((name) => /\.prompt\.ya?ml$/.test(name));
const tested = files
  .map((name) => [name, readFileSync(join(corpus!, name), 'utf8')] as const)
  .filter(([, text]) => /^testData:/m.test(text) && readYaml(text)?.testData !== null);

describe.skipIf(corpus === undefined)('each public file with testData, under --github-exact', () => {
  it.each(tested)('%s', (name, text) => agrees(name, text));

  it('there are some', () => expect(tested.length).toBeGreaterThan(5));
});

const judge = (choices: readonly object[]): object => ({
  name: 'judged',
  llm: { modelId: 'openai/gpt-4o', prompt: 'How is {{completion}}?', choices },
});

describe('the rules, under --github-exact', () => {
  const desk = {
    name: 'desk',
    model: 'openai/gpt-4o',
    messages: [
      { role: 'system', content: 'Sort {{kind}}. {{nowhere}} {{ ticket }}' },
      { role: 'user', content: '{{ticket}}' },
    ],
    testData: [
      { ticket: 'T-1 is lost', kind: 'tickets', expected: 't-1' },
      { ticket: 'T-2', kind: 5, expected: 'ECHO:T-2' },
    ],
  };

  it.each([
    ['a place without a value is sent as it is, and no evaluator is no failure', []],
    ['capitals count for equals alone', [{ name: 'ends', string: { endsWith: '{{expected}}' } }]],
    ['equals', [{ name: 'same', string: { equals: '{{expected}}' } }]],
    ['the first criterion counts', [{ name: 'first', string: { startsWith: 'ECHO', contains: 'never' } }]],
    ['any score over 0 passes', [judge([{ choice: 'give', score: 0.1 }])]],
    [
      'the first choice of the file that occurs',
      [
        judge([
          { choice: '1', score: 0 },
          { choice: '5', score: 1 },
        ]),
      ],
    ],
    ['no choice fails', [judge([{ choice: '9', score: 1 }])]],
    ['a built-in judge', [{ name: 'near', uses: 'github/similarity' }]],
    ['a kind that nobody knows', [{ name: 'odd', json: {} }]],
  ])('%s', (_, evaluators) => agrees('desk.prompt.yml', JSON.stringify({ ...desk, evaluators })));

  it('no tests count as all passed', async () => {
    const { testData: _, ...untested } = desk;
    const folder = folderOf({ 'desk.prompt.yml': JSON.stringify(untested) });
    const { status, json } = await runEval(folder, ['--github-exact'], { OPENAI_API_KEY: 'none' });
    expect([status, json.verdict, json.summary.total]).toEqual([0, 'pass', 0]);
    expect((await runEval(folder)).status).toBe(2);
  });
});
