import type { Prompt } from '../../model/index.ts';
import { prettyTokens, type TokensReport } from '../../report/tokens-pretty.ts';
import { nearest } from '../../runtime/index.ts';
import { countText, countTokens, ENCODINGS, type Figure, isEncoding } from '../../tokens/index.ts';
import { findModel, nearestModel } from '../../tokens/models/index.ts';
import { type CountOptions, countPrompt, readOverrides } from '../../tokens/prompt/index.ts';
import { decode, gitSource, loadWorkspace } from '../../workspace/index.ts';
import type { Command, Context } from '../command.ts';
import { emit, envelope } from '../emit.ts';
import { EXIT, usage } from '../exit.ts';
import { stopOnErrors } from '../stop-on-errors.ts';
import { readValues } from '../values-file.ts';
import { type Opened, openWorkspace } from '../workspace.ts';

export const command: Command = {
  arguments: [{ name: '[ids...]', description: 'prompts by id or path; all by default' }],
  formats: ['pretty', 'json'],
  options: [
    { flags: '--model <id>', description: "count for this model instead of each prompt's own" },
    { flags: '--encoding <name>', description: `with --stdin: count under an encoding (${ENCODINGS.join(', ')})` },
    { flags: '--vars <file>', description: 'values as JSON or YAML: count the call that they make' },
    { flags: '--against <ref>', description: 'compare with a git ref' },
    { flags: '--exact', description: "ask the provider's own counting endpoint; answers are kept by content" },
    { flags: '--stdin', description: 'count the text on standard input' },
    { flags: '--allow-empty', description: 'no prompt is no failure' },
  ],
  examples: [
    { command: 'promptctl tokens', description: 'every prompt: tokens, worst case, budget, cost' },
    {
      command: 'promptctl tokens support/triage --model openai/gpt-4.1 --against main',
      description: 'another model, and what changed since main',
    },
    { command: 'cat letter.txt | promptctl tokens --stdin', description: 'any text' },
  ],
  run: (context) => (context.options.flag('stdin') ? countStdin(context) : countPrompts(context)),
};

async function countStdin(context: Context): Promise<number> {
  const { options, terminal } = context;
  const decoded = decode(await terminal.stdin());
  if ('message' in decoded && decoded.text.includes('\uFFFD')) throw usage(`Standard input ${decoded.message}`);
  const model = options.text('model');
  const figure = countAs(decoded.text, model, options.text('encoding'));
  emit(
    context,
    figure,
    {
      pretty: ({ tokens, kind, by, error }) =>
        `${tokens}\t${kind} (${by}${error === undefined ? '' : `, within ${Math.round(error * 100)} %`})\n`,
      json: (counted) => envelope('tokens', context.cwd, { summary: { tokens: counted.tokens }, figure: counted }),
    },
    'pretty',
  );
  return EXIT.fine;
}

function countAs(text: string, model: string | undefined, encoding: string | undefined): Figure {
  if (encoding === undefined) return countText(text, known(model ?? 'openai/gpt-4o'));
  if (!isEncoding(encoding)) {
    const near = nearest(encoding, ENCODINGS);
    throw usage(
      `There is no encoding \`${encoding}\``,
      near ? `did you mean \`${near}\`?` : `there are ${ENCODINGS.join(', ')}`,
    );
  }
  return { tokens: countTokens(text, encoding), kind: 'exact', by: encoding };
}

/** A model named on the command line must be known: a misspelt one would be counted by the wrong tokenizer. */
function known(model: string): string {
  if (findModel(model)) return model;
  const near = nearestModel(model);
  throw usage(
    `There is no model \`${model}\``,
    near ? `did you mean \`${near}\`?` : 'write publisher/model, or add it to the file that `models:` names',
  );
}

async function countPrompts(context: Context): Promise<number> {
  const opened = openWorkspace(context);
  const checked = await stopOnErrors(context, opened);
  if ('exit' in checked) return checked.exit;
  const overrides = readOverrides(opened.workspace);
  const model = context.options.text('model');
  if (model !== undefined && !findModel(model, overrides)) known(model);
  if (context.options.text('encoding') !== undefined)
    throw usage('--encoding goes with --stdin', 'prompts are counted for their model; choose another with --model');
  const vars = context.options.text('vars');
  const values = vars === undefined ? undefined : await readValues(context, vars);
  const ref = context.options.text('against');
  const before = ref === undefined ? undefined : staticBefore(opened, ref, model);
  const exact = context.options.flag('exact')
    ? await exactCounts(context, opened, checked.prompts, { model, overrides, values })
    : undefined;
  const prompts = checked.prompts.map((prompt: Prompt) => {
    const local = countPrompt(prompt, { model, overrides, values });
    const figure = exact?.get(prompt.id);
    const counted =
      figure === undefined ? local : values === undefined ? { ...local, static: figure } : { ...local, given: figure };
    const earlier = before?.get(prompt.id);
    return {
      ...counted,
      ...(prompt.budget?.inputTokens === undefined ? {} : { budget: prompt.budget.inputTokens }),
      ...(earlier === undefined ? {} : { before: earlier }),
    };
  });
  const report: TokensReport = { prompts, ...(ref === undefined ? {} : { against: ref }) };
  const isOver = prompts.some(({ over }) => over.inputTokens || over.outputTokens || over.costUsd || over.window);
  emit(
    context,
    report,
    {
      pretty: (counted) => prettyTokens(counted, { color: context.terminal.color }),
      json: (counted) =>
        envelope('tokens', opened.folder, {
          summary: {
            prompts: counted.prompts.length,
            over: counted.prompts.filter(({ over }) => Object.values(over).includes(true)).length,
          },
          ...counted,
        }),
    },
    'pretty',
  );
  return isOver ? EXIT.findings : EXIT.fine;
}

/** Loaded only where it is asked for: it brings the network. */
async function exactCounts(
  context: Context,
  opened: Opened,
  prompts: readonly Prompt[],
  options: CountOptions,
): Promise<ReadonlyMap<string, Figure>> {
  if (context.offline) throw usage('--exact asks a provider, and --offline forbids it', 'leave one of them out');
  const { exactCount } = await import('../exact-count.ts');
  const counts = new Map<string, Figure>();
  for (const prompt of prompts) counts.set(prompt.id, await exactCount(prompt, options, opened.config, opened.folder));
  return counts;
}

function staticBefore(opened: Opened, ref: string, model: string | undefined): ReadonlyMap<string, number> {
  const workspace = loadWorkspace(gitSource(opened.folder, ref), opened.config);
  return new Map(
    workspace.prompts.flatMap(({ prompt }) =>
      prompt ? [[prompt.id, countPrompt(prompt, { model }).static.tokens] as const] : [],
    ),
  );
}
