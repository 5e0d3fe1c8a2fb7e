import { costUsd } from '../../../tokens/prices/index.ts';
import type { PromptContext, Rule } from '../../rule.ts';
import { sentPromptRule } from '../variants.ts';
import { ceilingOf, countsOf, dollars, modelOf, tokensWritten, written } from './counts.ts';

export const overBudget: Rule = sentPromptRule({
  id: 'tokens/over-budget',
  severity: 'error',
  preset: 'recommended',
  owasp: 'LLM10:2025',
  summary: 'A prompt whose longest request is over its own budget.',
  why: 'A budget is a promise to whoever pays. It is held against the longest request that the variables allow: text, examples, tools, schema, fences, and for each variable its maxTokens or, without it, what maxLength allows. The day somebody sends that request is no day for finding out.',
  unless: 'the application cuts the values itself; then say so by a smaller maxTokens.',
  examples: {
    bad: [
      {
        text: 'promptctl: 1\nmodel: openai/gpt-4o-mini\nvariables: { ticket: { type: string, maxLength: 8000, maxTokens: 2000 } }\nmessages:\n  - role: user\n    content: "{{ticket}}"\nbudget:\n  inputTokens: 1900\n',
        line: 8,
      },
      {
        text: 'promptctl: 1\nmodel: openai/gpt-4o-mini\nmodelParameters: { maxTokens: 900 }\nmessages:\n  - role: user\n    content: Hello\nbudget: { outputTokens: 500 }\n',
        line: 7,
      },
      {
        text: 'promptctl: 1\nmodel: openai/gpt-4o\nmodelParameters: { maxTokens: 1000 }\nmessages:\n  - role: user\n    content: Hello\nbudget: { costUsd: 0.005 }\n',
        line: 7,
      },
      {
        text: 'promptctl: 1\nmodel: openai/gpt-4o-mini\nmodelParameters: { maxTokens: 1000 }\nmessages:\n  - role: user\n    content: Hello\nbudget: { costUsd: 0.005 }\nvariants: { better: { model: openai/gpt-4o } }\n',
        line: 7,
      },
    ],
    good: [
      {
        text: 'promptctl: 1\nmodel: openai/gpt-4o-mini\nmodelParameters: { maxTokens: 200 }\nvariables: { ticket: { type: string, maxTokens: 2000 } }\nmessages:\n  - role: user\n    content: "{{ticket}}"\nbudget: { inputTokens: 2100, outputTokens: 200, costUsd: 0.001 }\n',
      },
      {
        text: 'promptctl: 1\nmodel: openai/gpt-4o-mini\nvariables: { ticket: { type: string } }\nmessages:\n  - role: user\n    content: "{{ticket}}"\nbudget: { inputTokens: 100 }\n',
      },
    ],
  },
  check: (context) => {
    const { budget, parameters } = context.prompt;
    if (!budget) return;
    if (
      budget.outputTokens !== undefined &&
      parameters.maxTokens !== undefined &&
      parameters.maxTokens > budget.outputTokens
    ) {
      context.report({
        message: `The answer may be ${written(parameters.maxTokens)} tokens long, the budget is ${written(budget.outputTokens)}`,
        help: 'lower modelParameters.maxTokens, or raise the budget',
        at: { pointer: '/budget/outputTokens' },
      });
    }
    checkInput(context, budget.inputTokens);
    checkCost(context, budget.costUsd);
  },
});

function checkInput(context: PromptContext, limit: number | undefined): void {
  const { static: text, worst } = ceilingOf(context);
  // What nothing bounds is for variable-unbounded to say; its text alone may be over all the same.
  if (limit === undefined || (worst ?? text) <= limit) return;
  const counted = countsOf(context);
  const figure = counted.worst ?? counted.static;
  if (figure.tokens <= limit) return;
  const largest = counted.variables.reduce<{ name: string; tokens: number } | undefined>(
    (most, { name, tokens = 0 }) => (tokens > (most?.tokens ?? 0) ? { name, tokens } : most),
    undefined,
  );
  context.report({
    message: `${counted.worst ? 'The longest request' : 'The text alone'} is ${tokensWritten(figure)}; the budget is ${written(limit)}`,
    help:
      largest && counted.worst
        ? `\`${largest.name}\` may take ${written(largest.tokens)} of them: lower its maxTokens, shorten the text, or raise the budget`
        : 'shorten the text, or raise the budget',
    at: { pointer: '/budget/inputTokens' },
  });
}

function checkCost(context: PromptContext, limit: number | undefined): void {
  const price = limit === undefined ? undefined : modelOf(context)?.price;
  const ceiling = ceilingOf(context).worst;
  if (limit === undefined || !price || ceiling === undefined) return;
  const { parameters, budget } = context.prompt;
  const output = parameters.maxTokens ?? budget?.outputTokens ?? 0;
  if (costUsd({ input: ceiling, output }, price)! <= limit) return;
  const counted = countsOf(context);
  const cost = costUsd({ input: counted.worst?.tokens ?? 0, output }, price)!;
  if (cost <= limit) return;
  context.report({
    message: `The longest request and answer cost ${dollars(cost)}, the budget is ${dollars(limit)} (prices of ${counted.priceDate})`,
    help: 'choose a smaller model, lower maxTokens, or raise the budget',
    at: { pointer: '/budget/costUsd' },
  });
}
