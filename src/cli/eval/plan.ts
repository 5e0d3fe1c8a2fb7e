import { planOf, type Plan, type Router } from '../../eval/index.ts';
import type { Prompt } from '../../model/index.ts';
import type { Context } from '../command.ts';
import { EXIT, usage } from '../exit.ts';
import type { Opened } from '../workspace.ts';
import type { Baseline } from './baseline.ts';
import type { Choices } from './choices.ts';
import { evalPrompts } from './prompts.ts';

/** What a run has to ask. @throws PromptctlError where nothing matches. */
export function planFor(
  context: Context,
  { folder, config }: Opened,
  prompts: readonly Prompt[],
  choices: Choices,
  router: Router,
  baseline: Baseline | undefined,
  only: ReadonlySet<string> | undefined,
): Plan {
  const allowEmpty = context.options.flag('allowEmpty');
  const made = evalPrompts(prompts, {
    folder,
    route: (model) => (choices.batch ? router.batched(model) : router.route(model)),
    beforeOf: baseline && ((prompt) => baseline.beforeOf(prompt)),
    allowEmpty,
    githubExact: choices.githubExact,
  });
  const { epochs, shard, filter } = choices;
  const plan = planOf(made, {
    epochs,
    ...(shard ? { shard } : {}),
    ...(filter === undefined ? {} : { filter }),
    ...(only ? { only } : {}),
    withEstimate: context.options.flag('estimate'),
    judging: config.eval,
  });
  if (plan.samples === 0 && plan.unchanged.length === 0 && !allowEmpty && !choices.githubExact) {
    throw usage('No test matches', only ? 'the newest run has no failures' : 'allow it with --allow-empty');
  }
  return plan;
}

/** A bound on the cost needs a price: an unknown one is no zero. */
export function mustBePriced(plan: Plan): void {
  for (const { prompt } of plan.prompts) {
    if (prompt.now.route.costUsd({ inputTokens: 1, outputTokens: 1 }) === undefined) {
      throw usage(
        `--max-cost needs the price of ${prompt.model}, which is not known`,
        'give it in the file that `models:` of promptctl.yaml names',
      );
    }
  }
}

/** Says what a plan could cost at most, and sends nothing. */
export function estimate(context: Context, plan: Plan): number {
  const unpriced = plan.prompts.find(({ worstUsd }) => worstUsd === undefined);
  const total = plan.prompts.reduce((sum, { worstUsd = 0 }) => sum + worstUsd, 0);
  context.terminal.out(
    unpriced
      ? `${plan.units} answers; the price of ${unpriced.prompt.model} is not known\n`
      : `${plan.units} answers, at most $${total.toFixed(4)}, without judges\n`,
  );
  return EXIT.fine;
}
