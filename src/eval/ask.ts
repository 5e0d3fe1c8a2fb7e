import { type Completion, type CompletionRequest, type Provider, ProviderError } from '../providers/index.ts';
import { type Clock, Limiter, type Outcome } from './limiter.ts';

export interface AskOptions {
  readonly concurrency?: number | undefined;
  /** More attempts after the first. */
  readonly retries: number;
  readonly timeoutMs: number;
  readonly clock: Clock;
  /** From 0 to 1: spreads the waits before a retry. */
  readonly random: () => number;
  /** Fires when nothing more may be sent. */
  readonly stop: AbortSignal;
  /** Fires when what is out must be given up. */
  readonly abort: AbortSignal;
}

export interface Asked {
  readonly completion: Completion;
  /** Of the attempt that succeeded. */
  readonly ms: number;
  readonly attempts: number;
}

/** Without --concurrency: where the limiter starts, and how far it may grow. */
const START = 16;
const CEILING = 64;
/** How many requests may ever be out to one endpoint. */
export function mostAtOnce({ concurrency }: Pick<AskOptions, 'concurrency'>): number {
  return concurrency ?? CEILING;
}

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 30_000;
/** This many failures in a row, each after all its retries, and the next requests get one attempt each. */
const HOPELESS = 10;
/** This many in a row that could not even connect, after it once worked, and the endpoint counts as dead. */
const DEAD = 3;

/**
 * One endpoint as the engine asks it: limited, with bounded retries. An endpoint that was never reached is dead at once, and then
 * refuses without a further attempt, so a run against it ends soon.
 */
export class Asker {
  readonly provider: Provider;
  readonly limiter: Limiter;
  readonly #options: AskOptions;
  /** Told when a request begins to wait for its next attempt: another may go meanwhile. */
  onRest: (() => void) | undefined;
  #resting = 0;
  #hasAnswered = false;
  #failuresInRow = 0;
  #unreachableInRow = 0;
  #deadBecause: ProviderError | undefined;

  constructor(provider: Provider, options: AskOptions) {
    this.provider = provider;
    this.#options = options;
    const { concurrency, clock, stop } = options;
    this.limiter = new Limiter({ start: concurrency ?? START, ceiling: mostAtOnce(options), clock, signal: stop });
  }

  /** How many requests wait for their next attempt. */
  get resting(): number {
    return this.#resting;
  }

  /** Why nothing more is asked of this endpoint; undefined while it lives. */
  get deadBecause(): string | undefined {
    return this.#deadBecause?.message;
  }

  /** An answer. @throws ProviderError when the last attempt failed; `cancelled` when the run stops. */
  async ask(request: CompletionRequest): Promise<Asked> {
    const { clock, stop } = this.#options;
    for (let attempts = 1; ; attempts++) {
      const place = this.limiter.acquire();
      if (place) await place;
      if (stop.aborted || this.#deadBecause) {
        this.limiter.release('other');
        throw this.#deadBecause ?? new ProviderError('cancelled', 'Stopped');
      }
      const started = clock.now();
      try {
        const completion = await this.provider.complete(request, this.call());
        this.limiter.release('clean');
        this.#hasAnswered = true;
        this.#failuresInRow = 0;
        this.#unreachableInRow = 0;
        return { completion, ms: clock.now() - started, attempts };
      } catch (thrown) {
        const error = thrown instanceof ProviderError ? thrown : asProviderError(thrown, this.limiter);
        this.limiter.release(outcomeOf(error), error.retryAfterMs);
        const wait = this.#waitAfter(error, attempts);
        if (wait === undefined) throw error;
        this.#resting++;
        this.onRest?.();
        await clock.sleep(wait, stop);
        this.#resting--;
        if (stop.aborted) throw new ProviderError('cancelled', 'Stopped');
      }
    }
  }

  /** How one attempt is made; a call that takes longer than an answer may be given more time. */
  call(leastMs = 0): { signal: AbortSignal; timeoutMs: number; onLimits: Limiter['observe'] } {
    return {
      signal: this.#options.abort,
      timeoutMs: Math.max(leastMs, this.#options.timeoutMs),
      onLimits: (limits) => this.limiter.observe(limits),
    };
  }

  /** A call that may be made twice, outside the limiter: made again as often as an answer would be asked for again. */
  async again<T>(make: () => Promise<T>): Promise<T> {
    for (let attempts = 1; ; attempts++) {
      try {
        return await make();
      } catch (error) {
        if (!(error instanceof ProviderError) || !(await this.mayTryAgain(error, attempts))) throw error;
      }
    }
  }

  /** Waits as long as is proper before the next attempt; false where there is none. */
  async mayTryAgain(error: ProviderError, attempts: number): Promise<boolean> {
    const { clock, stop } = this.#options;
    const wait = this.#waitAfter(error, attempts);
    if (wait === undefined || stop.aborted) return false;
    await clock.sleep(wait, stop);
    return true;
  }

  /** How long to wait before the next attempt; undefined where there is none. */
  #waitAfter(error: ProviderError, attempts: number): number | undefined {
    const { retries, random } = this.#options;
    const isUnreachable = error.fault === 'unreachable';
    const mayRetry = error.isRetryable || (isUnreachable && this.#hasAnswered);
    const allowed = this.#failuresInRow >= HOPELESS ? 0 : retries;
    const asked = error.retryAfterMs ?? 0;
    if (mayRetry && attempts <= allowed && asked <= LONGEST_WAIT_MS) {
      const backoff = FIRST_WAIT_MS * 2 ** (attempts - 1);
      return Math.max(asked, Math.min(LONGEST_WAIT_MS, backoff * (0.5 + random())));
    }
    if (mayRetry) this.#failuresInRow++;
    if (isUnreachable && (!this.#hasAnswered || ++this.#unreachableInRow >= DEAD)) this.#deadBecause ??= error;
    return undefined;
  }
}

function outcomeOf(error: ProviderError): Outcome {
  if (error.fault === 'rate-limit') return 'rate-limit';
  return error.fault === 'busy' || error.fault === 'timeout' ? 'busy' : 'other';
}

/** A provider rejects with nothing but ProviderErrors: anything else is a bug of ours or a setting that is wrong. */
function asProviderError(thrown: unknown, limiter: Limiter): never {
  limiter.release('other');
  throw thrown;
}
