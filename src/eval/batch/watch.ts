import { type BatchLook, ProviderError } from '../../providers/index.ts';
import type { Asker } from '../ask.ts';
import type { Clock } from '../limiter.ts';
import type { BatchEntry } from './state.ts';
import { providerTrouble } from './trouble.ts';

/** A batch that was handed in, and where. */
export interface Submitted {
  readonly entry: BatchEntry;
  readonly id: string;
  readonly asker: Asker;
}

/** Refusals come within the first seconds, answers within the hour. */
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 60_000;

export interface WatchOptions {
  readonly clock: Clock;
  readonly stop: AbortSignal;
  /** How long batches are waited for in all. */
  readonly waitMs: number;
  /** Told how a batch stands, each time it is looked at. */
  readonly onLook?: ((text: string) => void) | undefined;
}

/** Looks at batches, again and again, until they end, the time is over, or the run stops. */
export class Watch {
  readonly stop: AbortSignal;
  readonly #options: WatchOptions;
  readonly #untilMs: number;

  constructor(options: WatchOptions) {
    this.stop = options.stop;
    this.#options = options;
    this.#untilMs = options.clock.now() + options.waitMs;
  }

  get isOver(): boolean {
    return this.#options.clock.now() >= this.#untilMs;
  }

  /** One look. @throws PromptctlError `provider` where it does not know the batch. */
  async look({ asker, id }: Submitted): Promise<BatchLook> {
    const { batching, kind } = asker.provider;
    try {
      return await asker.again(() => batching!.look(id, asker.call()));
    } catch (error) {
      throw providerTrouble(error, `${kind} does not say how batch ${id} stands`);
    }
  }

  /** How it ended; undefined where that was not to be seen in time. A provider that is away for a while is waited for. */
  async untilEnded(submitted: Submitted): Promise<BatchLook | undefined> {
    const { clock, stop, onLook } = this.#options;
    const { asker, id } = submitted;
    const { batching, kind } = asker.provider;
    let hasLooked = false;
    for (let waitMs = FIRST_WAIT_MS; !stop.aborted; waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS)) {
      try {
        const look = await batching!.look(id, asker.call());
        hasLooked = true;
        onLook?.(`${kind} batch ${id}: ${look.status}${look.done === undefined ? '' : `, ${look.done} answered`}`);
        if (look.isEnded) return look;
      } catch (error) {
        if (!(error instanceof ProviderError)) throw error;
        if (error.fault === 'cancelled') return undefined;
        const passes = error.isRetryable || (hasLooked && error.fault === 'unreachable');
        if (!passes) throw providerTrouble(error, `${kind} does not say how batch ${id} stands`);
        onLook?.(`${kind} batch ${id}: ${error.message}`);
      }
      const leftMs = this.#untilMs - clock.now();
      if (leftMs <= 0) return undefined;
      await clock.sleep(Math.min(waitMs, leftMs), stop);
    }
    return undefined;
  }
}
