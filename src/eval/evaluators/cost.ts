import { type EvaluatorKind, type Score, verdict } from './evaluator.ts';

/** Nothing was measured, so there is nothing to hold against the answer. */
const UNMEASURED: Score = { score: 1, pass: true, reason: 'not measured' };

export const costKinds: readonly EvaluatorKind[] = [
  {
    id: 'latency',
    family: 'cost',
    version: 1,
    summary: 'The answer came in time. The run reports p50 and p95; recorded and cached answers are not measured.',
    options: { maxMs: { type: 'number', default: 2000, summary: 'Milliseconds of the attempt that succeeded.' } },
    create(options) {
      const most = options.number('maxMs');
      // The reason names the bound and not the time: results hold no clocks.
      return ({ ms }) => (ms === undefined ? UNMEASURED : verdict(ms <= most, `slower than ${most} ms`));
    },
  },
  {
    id: 'cost',
    family: 'cost',
    version: 1,
    summary: 'The answer cost no more than this.',
    options: { maxUsd: { type: 'number', default: 0.1, summary: 'US dollars for one answer.' } },
    create(options) {
      const most = options.number('maxUsd');
      return ({ costUsd }) =>
        costUsd === undefined
          ? { score: 0, pass: false, reason: 'the price of the model, or its usage, is not known' }
          : verdict(costUsd <= most, `$${costUsd.toFixed(6)} is over $${most}`);
    },
  },
  {
    id: 'tokens',
    family: 'cost',
    version: 1,
    summary: 'The tokens that the provider counted stay within bounds.',
    options: {
      maxInput: { type: 'number', summary: 'Most input tokens.' },
      maxOutput: { type: 'number', summary: 'Most output tokens.' },
      maxTotal: { type: 'number', summary: 'Most of both together.' },
    },
    create(options) {
      const bound = (name: string): number => (options.has(name) ? options.number(name) : Infinity);
      const [input, output, total] = [bound('maxInput'), bound('maxOutput'), bound('maxTotal')];
      return ({ completion: { usage } }) => {
        if (!usage) return { score: 0, pass: false, reason: 'the provider counted no tokens' };
        const { inputTokens, outputTokens } = usage;
        const pass = inputTokens <= input && outputTokens <= output && inputTokens + outputTokens <= total;
        return verdict(pass, `${inputTokens} tokens in and ${outputTokens} out`);
      };
    },
  },
];
