import type { Figure } from '../tokens/index.ts';
import type { PromptTokens } from '../tokens/prompt/index.ts';
import { grouped, paint } from './paint.ts';

export interface TokensReport {
  readonly prompts: readonly (PromptTokens & {
    readonly budget?: number;
    /** Static tokens of the same prompt at the ref compared with; absent where it is new there. */
    readonly before?: number;
  })[];
  readonly against?: string;
}

/** A table for people, a line a prompt; under it, how each kind of figure came about. */
export function prettyTokens({ prompts, against }: TokensReport, options: { readonly color: boolean }): string {
  const colors = paint(options.color);
  const given = prompts.some((prompt) => prompt.given !== undefined);
  const head = [
    'prompt',
    'static',
    'variables',
    given ? 'this call' : 'worst case',
    'budget',
    'cost/1k calls',
    ...(against === undefined ? [] : [`against ${against}`]),
  ];
  const rows = prompts.map((prompt) => {
    const most = prompt.given ?? prompt.worst;
    const state =
      prompt.budget === undefined
        ? '-'
        : most === undefined
          ? `${grouped(prompt.budget)}  ?`
          : `${grouped(prompt.budget)}  ${prompt.over.inputTokens ? 'OVER' : 'ok'}`;
    return [
      prompt.promptId,
      figure(prompt.static),
      prompt.variables
        .map(({ name, tokens }) => `${name} ${tokens === undefined ? 'unbounded' : grouped(tokens)}`)
        .join(', ') || '-',
      most === undefined ? 'unbounded' : figure(most),
      state,
      prompt.costUsd === undefined ? 'price unknown' : dollars(prompt.costUsd * 1000),
      ...(against === undefined ? [] : [change(prompt.static.tokens, prompt.before)]),
    ];
  });
  const right = new Set([1, 3, 5]);
  const widths = head.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at]!.length)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, at) => (right.has(at) ? cell.padStart(widths[at]!) : cell.padEnd(widths[at]!)))
      .join('   ')
      .trimEnd();
  const body = rows.map((row, at) =>
    Object.values(prompts[at]!.over).includes(true) ? colors.bad(line(row)) : line(row),
  );
  return `${[colors.dim(line(head)), ...body, ...notes(prompts)].join('\n')}\n`;
}

function figure({ tokens, kind }: Figure): string {
  return `${kind === 'estimate' ? '~' : ''}${grouped(tokens)}`;
}

function change(now: number, before: number | undefined): string {
  if (before === undefined) return 'new';
  if (now === before) return '-';
  const percent = before === 0 ? '' : ` (${now > before ? '+' : ''}${(((now - before) / before) * 100).toFixed(1)} %)`;
  return `${now > before ? '+' : '-'}${grouped(Math.abs(now - before))} tokens${percent}`;
}

export function dollars(amount: number): string {
  return `$${amount < 0.01 && amount > 0 ? amount.toPrecision(2) : amount.toFixed(2)}`;
}

function notes(prompts: TokensReport['prompts']): string[] {
  const words = new Map<string, Set<string>>();
  for (const { kind, by, error } of prompts.map((prompt) => prompt.static)) {
    words.set(
      kind,
      (words.get(kind) ?? new Set()).add(error === undefined ? by : `${by}, within ${Math.round(error * 100)} %`),
    );
  }
  const isBounded = prompts.some(({ worst, given }) => worst !== undefined && given === undefined);
  const dates = [...new Set(prompts.filter(({ costUsd }) => costUsd !== undefined).map(({ priceDate }) => priceDate))];
  const unknown = [
    ...new Set(prompts.flatMap(({ info, model }) => (info === undefined && model !== undefined ? [model] : []))),
  ];
  return [
    ...[...words].map(([kind, list]) => `${kind === 'estimate' ? '~ estimate' : kind}: ${[...list].join('; ')}`),
    ...(isBounded
      ? ['worst case: plus each variable at its maxTokens, else a token for each character of its maxLength']
      : []),
    ...(dates.length > 0 ? [`cost: prices of ${dates.join(', ')}, the whole maxTokens of output included`] : []),
    ...(unknown.length > 0
      ? [`unknown ${unknown.length === 1 ? 'model' : 'models'}, so no price: ${unknown.join(', ')}`]
      : []),
    ...(prompts.some(({ model }) => model === undefined)
      ? ['no model named: counted as for openai/gpt-4o, no price']
      : []),
  ];
}
