import { type Completion, type CompletionRequest, ProviderError } from '../providers/index.ts';
import type { Cache, Cassettes, Journal, Recording } from '../store/index.ts';
import type { Asked } from './ask.ts';
import { answerKey, cassetteKey } from './key.ts';
import type { Route } from './prompt.ts';
import type { Origin } from './record.ts';

/** Who asks: for cassettes, for what is missing, and for `--explain-cache`. */
export interface Asking {
  readonly promptId: string;
  readonly name: string;
  readonly epoch: number;
  /** The evaluator, where it is a judge that asks. */
  readonly judge?: string;
}

export interface Answer {
  readonly completion: Completion;
  readonly origin: Origin;
  /** Only where the model was asked just now. */
  readonly ms?: number;
  readonly attempts?: number;
}

/** What a batch answered took no time of its own. */
type BatchedAnswer = Pick<Asked, 'completion'> & Partial<Asked>;

export interface AnswersOptions {
  readonly cache?: Cache | undefined;
  readonly cassettes?: Cassettes | undefined;
  /** `strict` asks nobody: what was not recorded is missing. */
  readonly replay: 'off' | 'on' | 'strict';
  /** Takes in what was asked, to make cassettes of at the end. */
  readonly recordings?: Journal | undefined;
  /** Told where each answer came from. */
  readonly onLookUp?: ((asking: Asking, key: string, origin: Origin | 'missing') => void) | undefined;
  /** Told what each answer that was paid for used. */
  readonly onPaid?: ((usd: number | undefined) => void) | undefined;
}

export interface Missing {
  readonly key: string;
  readonly promptId: string;
  readonly name: string;
}

/** Answers, from the cheapest place that has them: a cassette, the cache, the model. */
export class Answers {
  readonly missing: Missing[] = [];
  readonly #options: AnswersOptions;

  constructor(options: AnswersOptions) {
    this.#options = options;
  }

  /** Whether there is an answer without asking the model. */
  has(route: Route, request: CompletionRequest, { promptId, epoch }: Asking): boolean {
    const { cache, cassettes, replay } = this.#options;
    if (replay !== 'off' && cassettes?.get(promptId, cassetteKey(request, epoch))) return true;
    return cache?.get(answerKey(route.asker.provider, request, epoch)) !== undefined;
  }

  /**
   * @param ask who is asked where nothing is kept: the model, unless a batch has answered.
   * @throws ProviderError, `missing` where only recordings count and there is none.
   */
  async get(
    route: Route,
    request: CompletionRequest,
    asking: Asking,
    ask: () => Promise<Asked> | BatchedAnswer = () => route.asker.ask(request),
  ): Promise<Answer> {
    const { cache, cassettes, replay, recordings } = this.#options;
    const { provider } = route.asker;
    const isReplay = replay !== 'off' || provider.kind === 'replay';
    if (isReplay && cassettes) {
      const key = cassetteKey(request, asking.epoch);
      const recorded = cassettes.get(asking.promptId, key) as Completion | undefined;
      if (recorded) return this.#found(recorded, 'recorded', key, asking);
      if (replay === 'strict' || provider.kind === 'replay') throw this.#notFound(key, asking);
    }
    const key = cache ? answerKey(provider, request, asking.epoch) : '';
    const cached = cache?.get(key) as Completion | undefined;
    if (cached) {
      this.#record(recordings, request, asking, cached);
      return this.#found(cached, 'cached', key, asking);
    }
    const { completion, ms, attempts }: BatchedAnswer = await ask();
    cache?.put(key, completion);
    this.#record(recordings, request, asking, completion);
    this.#options.onPaid?.(completion.usage && route.costUsd(completion.usage));
    this.#options.onLookUp?.(asking, key, 'asked');
    return {
      completion,
      origin: 'asked',
      ...(ms === undefined ? {} : { ms }),
      ...(attempts === undefined ? {} : { attempts }),
    };
  }

  #found(completion: Completion, origin: Origin, key: string, asking: Asking): Answer {
    this.#options.onLookUp?.(asking, key, origin);
    return { completion, origin };
  }

  #notFound(key: string, asking: Asking): ProviderError {
    this.#options.onLookUp?.(asking, key, 'missing');
    this.missing.push({
      key,
      promptId: asking.promptId,
      name: asking.judge === undefined ? asking.name : `${asking.name} (${asking.judge})`,
    });
    return new ProviderError('missing', `No recorded answer ${key}`);
  }

  #record(
    recordings: Journal | undefined,
    request: CompletionRequest,
    { promptId, name, epoch, judge }: Asking,
    answer: Completion,
  ): void {
    if (!recordings) return;
    const recording: Recording = {
      key: cassetteKey(request, epoch),
      promptId,
      name,
      ...(epoch === 0 ? {} : { epoch }),
      ...(judge === undefined ? {} : { judge }),
      model: request.model,
      answer,
    };
    recordings.append(JSON.stringify(recording));
  }
}
