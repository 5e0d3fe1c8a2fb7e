import type { Comparison, EvalReport, GateReport, Verdict } from '../eval/index.ts';

/** The words that every eval report shares. */
export const VERDICTS: Readonly<Record<Verdict, string>> = {
  pass: 'passed',
  failed: 'failed',
  regressed: 'regressed',
  inconclusive: 'inconclusive',
  unknown: 'unknown',
};

export function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`;
}

export function dollars(usd: number): string {
  return usd !== 0 && usd < 0.01 ? `$${usd.toPrecision(2)}` : `$${usd.toFixed(2)}`;
}

/** `48 of 50 passed, 1 failed, 1 error`. */
export function countsLine({ summary }: EvalReport): string {
  const { total, passed, failed, errored, notRun } = summary;
  const more = [
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(errored > 0 ? [`${errored} ${errored === 1 ? 'error' : 'errors'}`] : []),
    ...(notRun > 0 ? [`${notRun} not run`] : []),
  ];
  return [`${passed} of ${total} passed`, ...more].join(', ');
}

/** The pass rate with its interval; empty where nothing has a verdict. */
export function rateLine({ summary: { passRate } }: EvalReport): string {
  if (!passRate) return '';
  const { rate, interval, clusters } = passRate;
  return `${percent(rate)} (95 %: ${percent(interval.low)} to ${percent(interval.high)}${clusters === undefined ? '' : `, ${clusters} clusters`})`;
}

export function comparisonLine(comparison: Comparison): string {
  const { measure, before, now, difference, interval, verdict, samples, moreSamples, smallestEffect } = comparison;
  const isRate = measure === 'pass rate';
  const shown = isRate ? percent : (value: number): string => String(Number(value.toFixed(3)));
  const signed = (value: number): string => (value > 0 ? `+${shown(value)}` : shown(value));
  const range = Number.isFinite(interval.low) ? `, 95 %: ${signed(interval.low)} to ${signed(interval.high)}` : '';
  const sees = smallestEffect === null ? '' : `; ${samples} pairs show a drop of ${shown(smallestEffect)} or more`;
  const more = verdict === 'inconclusive' && moreSamples !== null ? `; ${moreSamples} more would tell` : '';
  return `${measure}: ${shown(before)} before, ${shown(now)} now (${signed(difference)}${range}): ${verdict}${sees}${more}`;
}

export function gateLine({ gate, evaluator, bound, value, answer }: GateReport): string {
  const word = {
    passRate: 'pass rate at least',
    errorRate: 'error rate at most',
    p95Ms: 'p95 latency at most',
    costUsd: 'mean cost at most',
    mean: `mean of ${evaluator} at least`,
  }[gate];
  const shown = (number: number): string =>
    gate === 'p95Ms'
      ? `${number} ms`
      : gate === 'costUsd'
        ? dollars(number)
        : gate === 'mean'
          ? String(Number(number.toFixed(4)))
          : percent(number);
  return `${word} ${shown(bound)}: ${answer === 'pass' ? 'held' : answer}${value === undefined ? '' : ` (${shown(value)})`}`;
}

/** The beginning of a text on one line. */
export function excerptLine(text: string, length = 120): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}

/** Why a test did not pass, in one line. */
export function whyLine(result: {
  readonly status: string;
  readonly error?: string;
  readonly failed?: readonly string[];
  readonly reasons?: Readonly<Record<string, string>>;
}): string {
  if (result.status === 'errored') return result.error ?? 'no answer';
  return (result.failed ?? [])
    .map((name) => (result.reasons?.[name] === undefined ? name : `${name}: ${result.reasons[name]}`))
    .join('; ');
}
