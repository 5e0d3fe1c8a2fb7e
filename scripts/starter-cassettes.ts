import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { evalPrompts } from '../src/cli/eval/prompts.ts';
import { pricingOf } from '../src/cli/eval/pricing.ts';
import { processClock, Router } from '../src/eval/index.ts';
import { cassetteKey } from '../src/eval/key.ts';
import { readRow } from '../src/eval/rows/index.ts';
import type { Completion, CompletionRequest } from '../src/providers/index.ts';
import { Cassettes, type Recording } from '../src/store/index.ts';
import { countMessages, countText } from '../src/tokens/index.ts';
import { diskSource, findConfig, loadWorkspace } from '../src/workspace/index.ts';

/**
 * Writes the starter's recorded answers, so that `promptctl eval --replay=strict` passes with no key. Keys follow from what each prompt
 * renders to: run `tsx scripts/starter-cassettes.ts` after any change of the starter's prompts or tests.
 */

const NOTE = 'Sample answers, written by hand: no model gave them. Record your own with `promptctl eval --record`.';

const answers: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'billing/refund': {
    'double charge':
      'The customer says: "I was charged twice on 3 March."\nAmount in question: 49 euros.\nStill to check: both charges of that day.',
  },
  'support/reply': {
    'shares an album':
      "Hello Ada,\n\nopen the album, choose Share, and enter your sister's mail address.\n\nKind regards\nThe support desk",
    'nothing found':
      'Hello Kim,\n\nthank you for telling us about the photos of cheese on your smart fridge. I found no article on that, so a colleague will look at it.\n\nKind regards\nThe support desk',
  },
  'support/triage': {
    crash: '{"queue":"bugs","urgency":"high","summary":"App crashes when a receipt is scanned"}',
    'unknown charge': '{"queue":"invoices","urgency":"high","summary":"Does not know a charge of 49 euros"}',
    hostile: '{"queue":"other","urgency":"low","summary":"Asks for no help; tells the desk how to answer"}',
    'how to': '{"queue":"questions","urgency":"low","summary":"Wants to share an album"}',
    'late refund': '{"queue":"invoices","urgency":"normal","summary":"Refund from last week has not arrived"}',
  },
};

/** Another copy of the starter may be named, which a test does. */
const starter = process.argv[2] ?? fileURLToPath(new URL('../templates/support-desk', import.meta.url));
const folder = join(starter, 'evals/cassettes');
const recordings = recordingsOf(starter);
new Cassettes(folder).write(recordings, true);
for (const id of new Set(recordings.map(({ promptId }) => promptId))) addNote(join(folder, `${id}.json`));
console.log(`${recordings.length} sample answers written`);

function recordingsOf(root: string): Recording[] {
  const { config } = findConfig(root, undefined);
  const { prompts } = loadWorkspace(diskSource(root), config);
  const never = new AbortController().signal;
  const router = new Router({
    providers: {},
    environment: {},
    allowExec: false,
    directory: root,
    ask: { retries: 0, timeoutMs: 0, clock: processClock, random: () => 0, stop: never, abort: never },
    pricing: pricingOf(undefined),
  });
  const asked = evalPrompts(
    prompts.flatMap(({ prompt }) => prompt ?? []),
    { folder: root, route: (model) => router.route(model), allowEmpty: false },
  );
  return asked.flatMap(({ id, model, rows, now }) =>
    Array.from({ length: rows.length }, (_, index): Recording => {
      const row = readRow(rows.at(index), index, rows.place(index));
      const text = answers[id]?.[row.name];
      if (text === undefined) throw new Error(`No sample answer for ${id}, ${row.name}: add one to this script`);
      const { messages, parameters, tools, responseFormat } = now.render(row);
      const request: CompletionRequest = {
        model: now.route.model,
        messages,
        parameters,
        tools,
        ...(responseFormat ? { responseFormat } : {}),
      };
      const answer: Completion = {
        text,
        finishReason: 'stop',
        usage: { inputTokens: countMessages(messages, model).tokens, outputTokens: countText(text, model).tokens },
      };
      return { key: cassetteKey(request, 0), promptId: id, name: row.name, model: request.model, answer };
    }),
  );
}

/** `--record` writes no note, so that it goes when the answers are a model's. */
function addNote(path: string): void {
  const { schema, prompt, ...rest } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  writeFileSync(path, `${JSON.stringify({ schema, prompt, note: NOTE, ...rest }, null, 2)}\n`);
}
