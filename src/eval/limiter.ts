import type { RateLimits } from '../providers/index.ts';

/** Time as the engine sees it: injected, so that tests can own it. `now` never runs backwards. */
export interface Clock {
  now(): number;
  /** Resolves after `ms`, or at once when the signal fires. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

export type Outcome = 'clean' | 'rate-limit' | 'busy' | 'other';

export interface LimiterOptions {
  /** Requests at once to begin with. */
  readonly start: number;
  /** Never more than this many. */
  readonly ceiling: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** How long a 5xx holds growth back, and how long a 429 without Retry-After counts as one episode. */
const QUIET_MS = 1000;

/**
 * How many requests may be out to one endpoint at once. Doubles after a clean round up to the ceiling; a 429 cuts it to 0.8, once an
 * episode, since the requests already out will be refused as well; a 5xx holds growth. Headers that say nothing is left, and
 * a whole round of 429s, stop the line until the time they name.
 */
export class Limiter {
  #limit: number;
  #out = 0;
  #clean = 0;
  #refusals = 0;
  #allowance = Infinity;
  #quietUntil = 0;
  #episodeUntil = 0;
  #stoppedUntil = 0;
  #isWaking = false;
  readonly #waiting: (() => void)[] = [];
  readonly #options: LimiterOptions;

  constructor(options: LimiterOptions) {
    this.#options = options;
    this.#limit = Math.min(options.start, options.ceiling);
  }

  /** How many may be out now. */
  get limit(): number {
    return this.#limit;
  }

  /** Whether a request could leave at once. */
  get hasRoom(): boolean {
    return this.#out < this.#limit && this.#waiting.length === 0 && !this.#isStopped();
  }

  /** Takes a place: at once (undefined), or when one is free. Give it back with `release`. */
  acquire(): Promise<void> | undefined {
    if (this.hasRoom) {
      this.#take();
      return undefined;
    }
    this.#wakeWhenOpen();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  release(outcome: Outcome, retryAfterMs?: number): void {
    this.#out--;
    const now = this.#options.clock.now();
    if (outcome === 'clean') this.#grow(now);
    else this.#clean = 0;
    if (outcome === 'busy') this.#quietUntil = now + QUIET_MS;
    if (outcome === 'rate-limit') this.#cut(now, retryAfterMs ?? QUIET_MS);
    this.#drain();
  }

  /** Takes in what an answer's headers said. */
  observe(limits: RateLimits): void {
    const { remainingRequests, requestsResetMs, remainingTokens, tokensResetMs } = limits;
    if (remainingRequests !== undefined) this.#allowance = Math.max(0, remainingRequests - this.#out + 1);
    if (remainingRequests === 0) this.#stopFor(requestsResetMs);
    if (remainingTokens === 0) this.#stopFor(tokensResetMs);
  }

  #grow(now: number): void {
    this.#refusals = 0;
    if (++this.#clean < this.#limit || now < this.#quietUntil) return;
    this.#clean = 0;
    this.#limit = Math.min(this.#options.ceiling, this.#limit * 2);
  }

  #cut(now: number, retryAfterMs: number): void {
    // One request refused while others pass is that request's own trouble; a whole round of them is everybody's.
    if (++this.#refusals >= this.#limit) this.#stopFor(retryAfterMs);
    if (now < this.#episodeUntil) return;
    this.#episodeUntil = now + Math.max(QUIET_MS, retryAfterMs);
    this.#limit = Math.max(1, Math.floor(this.#limit * 0.8));
  }

  #stopFor(ms: number | undefined): void {
    if (ms === undefined || ms <= 0) return;
    this.#stoppedUntil = Math.max(this.#stoppedUntil, this.#options.clock.now() + ms);
  }

  #isStopped(): boolean {
    if (this.#options.clock.now() < this.#stoppedUntil) return true;
    if (this.#allowance > 0) return false;
    // Nothing left, and no time named: only one at a time finds out.
    return this.#out > 0;
  }

  #take(): void {
    this.#out++;
    this.#allowance--;
  }

  #drain(): void {
    while (this.#waiting.length > 0 && this.#out < this.#limit && !this.#isStopped()) {
      this.#take();
      this.#waiting.shift()!();
    }
    this.#wakeWhenOpen();
  }

  #wakeWhenOpen(): void {
    const { clock, signal } = this.#options;
    const ms = this.#stoppedUntil - clock.now();
    if (this.#isWaking || ms <= 0) return;
    this.#isWaking = true;
    void clock.sleep(ms, signal).then(() => {
      this.#isWaking = false;
      // A sleep cut short means that the run stops: whoever waits is let through, to see that.
      if (signal.aborted) this.#stoppedUntil = 0;
      this.#drain();
    });
  }
}
