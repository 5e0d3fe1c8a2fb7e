import type { TokenVectors } from '../metrics/index.ts';
import type { JsonObject, JsonValue } from '../model/index.ts';
import {
  type Completion,
  type CompletionRequest,
  type EmbeddingLevel,
  embeddingRequest,
  ProviderError,
} from '../providers/index.ts';
import type { Answers, Asking } from './answers.ts';
import {
  asksModels,
  EvaluatorError,
  type EvaluatorContext,
  type JudgeRequest,
  type Sample,
  type Score,
  type Scorer,
  scorerOf,
} from './evaluators/index.ts';
import type { EvalPrompt, Route } from './prompt.ts';
import type { UnitError } from './record.ts';
import type { Row } from './rows/index.ts';

export interface NamedScorer {
  /** Names are keys of the results, so a second one of a name gets a number. */
  readonly name: string;
  readonly score: Scorer;
  /** Whether it costs something to score. */
  readonly asks: boolean;
}

/** The evaluators of a prompt, ready. */
export function scorersOf(
  prompt: EvalPrompt,
  context: Omit<EvaluatorContext, 'name' | 'outputSchema' | 'directory'>,
): NamedScorer[] {
  const taken = new Map<string, number>();
  return prompt.evaluators.map((evaluator) => {
    const plain = evaluator.name ?? evaluator.uses ?? 'evaluator';
    const count = (taken.get(plain) ?? 0) + 1;
    taken.set(plain, count);
    const name = count === 1 ? plain : `${plain} (${count})`;
    const schema: { outputSchema?: JsonValue } =
      prompt.outputSchema === undefined ? {} : { outputSchema: prompt.outputSchema };
    return {
      name,
      asks: asksModels(evaluator),
      score: scorerOf(evaluator, { ...context, ...schema, name: `${prompt.id}: ${name}`, directory: prompt.directory }),
    };
  });
}

export interface JudgedOptions {
  readonly answers: Answers;
  readonly route: (model: string) => Route;
  readonly embeddings: (level: EmbeddingLevel) => Route | undefined;
}

export interface ToScore {
  readonly completion: Completion;
  readonly row: Row;
  readonly input: string;
  readonly ms?: number | undefined;
  readonly costUsd?: number | undefined;
}

export interface Judged {
  readonly scores: readonly (Score | null)[];
  readonly error?: UnitError;
  /** What was paid for its judges just now. */
  readonly judgeUsd?: number;
}

/** The scores of one answer: at once where no evaluator has to wait, which is most often. */
export function judge(
  scorers: readonly NamedScorer[],
  answer: ToScore,
  options: JudgedOptions,
  asking: Asking,
): Judged | Promise<Judged> {
  const { row } = answer;
  const results: (Score | null | Promise<Score>)[] = [];
  const paid = { usd: 0 };
  let waits = false;
  for (const { name, score } of scorers) {
    if (row.evaluators && !row.evaluators.includes(name)) {
      results.push(null);
      continue;
    }
    try {
      const result = score(new JudgedSample(answer, options, { ...asking, judge: name }, paid));
      if (result instanceof Promise) waits = true;
      results.push(result);
    } catch (error) {
      waits = true;
      results.push(Promise.reject(error));
    }
  }
  return waits ? settled(scorers, results, paid) : { scores: results as (Score | null)[] };
}

async function settled(
  scorers: readonly NamedScorer[],
  results: readonly (Score | null | Promise<Score>)[],
  paid: { readonly usd: number },
): Promise<Judged> {
  const outcomes = await Promise.allSettled(results);
  const scores: (Score | null)[] = [];
  let error: UnitError | undefined;
  for (const [at, outcome] of outcomes.entries()) {
    if (outcome.status === 'fulfilled') {
      scores.push(outcome.value);
      continue;
    }
    scores.push(null);
    error ??= errorOf(outcome.reason, scorers[at]!.name);
  }
  return { scores, ...(error ? { error } : {}), ...(paid.usd > 0 ? { judgeUsd: paid.usd } : {}) };
}

function errorOf(reason: unknown, name: string): UnitError {
  if (reason instanceof EvaluatorError) return { fault: 'evaluator', message: `${name}: ${reason.message}` };
  if (reason instanceof ProviderError) return { fault: reason.fault, message: `${name}: ${reason.message}` };
  throw reason;
}

/** An answer as one evaluator sees it, who may ask for more. */
class JudgedSample implements Sample {
  readonly output: string;
  readonly completion: Completion;
  readonly fields: JsonObject;
  readonly input: string;
  readonly ms?: number;
  readonly costUsd?: number;
  readonly #options: JudgedOptions;
  readonly #asking: Asking;
  readonly #paid: { usd: number };

  constructor(
    { completion, row, input, ms, costUsd }: ToScore,
    options: JudgedOptions,
    asking: Asking,
    paid: { usd: number },
  ) {
    this.output = completion.text;
    this.completion = completion;
    this.fields = row.fields;
    this.input = input;
    if (ms !== undefined) this.ms = ms;
    if (costUsd !== undefined) this.costUsd = costUsd;
    this.#options = options;
    this.#asking = asking;
    this.#paid = paid;
  }

  async ask({ model, ...request }: JudgeRequest, repeat = 0): Promise<Completion> {
    const where = this.#options.route(model);
    // Each epoch's answer is judged on its own, and each repeat is another question.
    return this.#get(where, { ...request, model: where.model }, this.#asking.epoch * 1000 + repeat);
  }

  embed(texts: readonly string[]): Promise<number[][]> {
    return this.#vectors('texts', texts);
  }

  embedTokens(texts: readonly string[]): Promise<TokenVectors[]> {
    return this.#vectors('tokens', texts);
  }

  /** Equal texts have equal vectors, whatever epoch they are of. */
  async #vectors<T>(level: EmbeddingLevel, texts: readonly string[]): Promise<T[]> {
    const where = this.#options.embeddings(level);
    if (!where) throw new EvaluatorError('there is no embedding backend');
    const { text } = await this.#get(where, embeddingRequest(where.model, texts), 0);
    try {
      return JSON.parse(text) as T[];
    } catch {
      throw new EvaluatorError('the recorded vectors are no JSON');
    }
  }

  async #get(where: Route, request: CompletionRequest, epoch: number): Promise<Completion> {
    const { answers } = this.#options;
    const { completion, origin } = await answers.get(where, request, { ...this.#asking, epoch });
    if (origin === 'asked') this.#paid.usd += (completion.usage && where.costUsd(completion.usage)) ?? 0;
    return completion;
  }
}
