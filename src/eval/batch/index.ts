import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { PromptctlError } from '../../model/index.ts';
import { type BatchLook, ProviderError } from '../../providers/index.ts';
import type { Answers } from '../answers.ts';
import type { Asker } from '../ask.ts';
import type { Plan } from '../plan.ts';
import type { Run } from '../run.ts';
import { Collected } from './collected.ts';
import { type Group, Groups, unitOfCustomId } from './gather.ts';
import { type BatchEntry, BatchLog, unitsIn } from './state.ts';
import { find, submit } from './submit.ts';
import { LONG_CALL_MS, providerTrouble } from './trouble.ts';
import { type Submitted, Watch, type WatchOptions } from './watch.ts';

/** Requests gathered between two turns of the event loop, so that signals are heard. */
const TURN = 256;

export interface BatchOptions extends WatchOptions {
  readonly plan: Plan;
  readonly run: Run;
  readonly answers: Answers;
  /** The run's folder, where the log of what was handed in lies. */
  readonly folder: string;
  /** What may still be spent. */
  readonly leftUsd: number;
  /** Told what a reader has to know of how batches ended. */
  readonly onNote?: ((text: string) => void) | undefined;
}

export interface Batched {
  readonly collected: Collected;
  /** Requests were left out since they could have cost more than the bound. */
  readonly isOverBudget: boolean;
  /** Some answers are still to come, or need another batch. */
  readonly isUnfinished: boolean;
}

/**
 * Hands in what a run has left to ask, waits, and collects what comes back. What an earlier process handed in is waited for and not
 * handed in again.
 */
export async function askInBatches(options: BatchOptions): Promise<Batched> {
  const session = new Session(options);
  try {
    await session.takeUpEarlier();
    await session.handInRest();
    await session.collectAll();
  } catch (error) {
    session.collected.close();
    throw error;
  }
  return session;
}

class Session implements Batched {
  readonly collected: Collected;
  isOverBudget = false;
  isUnfinished = false;
  readonly #options: BatchOptions;
  readonly #log: BatchLog;
  readonly #watch: Watch;
  readonly #live: Submitted[] = [];
  /** Units in a batch whose end is not known. */
  readonly #inHand: Uint8Array;

  constructor(options: BatchOptions) {
    this.#options = options;
    this.#log = new BatchLog(join(options.folder, 'batches.jsonl'));
    this.#watch = new Watch(options);
    this.collected = new Collected(options.plan.units, join(options.folder, 'batch-results.jsonl'));
    this.#inHand = new Uint8Array(options.plan.units);
  }

  /** What ended while nobody watched is collected; of it, what has no answer may be asked for again. */
  async takeUpEarlier(): Promise<void> {
    for (const entry of this.#log.entries()) {
      if (this.#options.stop.aborted) this.isUnfinished = true;
      const units = [...unitsIn(entry.units)];
      if (entry.submittedMs === undefined || units.every((unit) => this.#options.run.hasRun(unit))) continue;
      const asker = this.#askerOf(entry);
      const found =
        entry.id === undefined
          ? await this.#found(entry, asker, units.length)
          : ({ entry, id: entry.id, asker } satisfies Submitted);
      if (found === 'none') continue;
      const look = found === 'open' || this.#options.stop.aborted ? undefined : await this.#watch.look(found);
      if (look?.isEnded && found !== 'open') {
        await this.#collect(found, look);
        continue;
      }
      for (const unit of units) this.#inHand[unit] = 1;
      if (found === 'open') this.#leaveOpen(entry);
      else this.#live.push(found);
    }
  }

  async handInRest(): Promise<void> {
    const { run, answers, stop, leftUsd } = this.#options;
    const groups = new Groups(() => randomBytes(4).toString('hex'));
    let [seen, worst] = [0, 0];
    for (const pending of run.pending()) {
      if (++seen % TURN === 0) await nextTurn();
      if (stop.aborted) return;
      worst += pending.worstUsd;
      if (worst > leftUsd + 1e-9) {
        this.isOverBudget = true;
        break;
      }
      const { unit, side, request, asking } = pending;
      if (this.#inHand[unit] || this.collected.has(unit)) continue;
      if (answers.has(side.route, request, asking)) {
        this.collected.markElsewhere(unit);
        continue;
      }
      let full: Group | undefined;
      try {
        full = groups.add(pending);
      } catch (error) {
        if (!(error instanceof ProviderError)) throw error;
        // The provider has no words for this request: an error of its test, and nothing is sent.
        this.collected.put(unit, { error });
      }
      if (full) await this.#handIn(full);
    }
    for (const group of groups.rest()) await this.#handIn(group);
  }

  async collectAll(): Promise<void> {
    for (const submitted of this.#live) {
      const look = await this.#watch.untilEnded(submitted);
      if (!look) {
        this.#leaveOpen({ ...submitted.entry, id: submitted.id });
        continue;
      }
      const missing = await this.#collect(submitted, look);
      if (missing > 0) this.#tellEarlyEnd(submitted, look, missing);
    }
  }

  async #handIn(group: Group): Promise<void> {
    if (this.#options.stop.aborted) return;
    const number = this.#log.entries().length + 1;
    const submitted = await submit(group, number, { log: this.#log, watch: this.#watch });
    if (submitted) this.#live.push(submitted);
    else this.isUnfinished = true;
  }

  async #found(entry: BatchEntry, asker: Asker, requests: number): ReturnType<typeof find> {
    try {
      return await find(entry, asker, requests, { log: this.#log, watch: this.#watch });
    } catch (error) {
      throw providerTrouble(error, `${entry.kind} does not say whether a batch was begun`);
    }
  }

  /** Takes in what came back; gives how many requests have no answer. */
  async #collect({ entry, asker }: Submitted, look: BatchLook): Promise<number> {
    const { run, onNote } = this.#options;
    const batching = asker.provider.batching!;
    const own = new Set(unitsIn(entry.units));
    const answered = new Set<number>();
    let [strangers, twice] = [0, 0];
    const take = async (): Promise<void> => {
      [strangers, twice] = [0, 0];
      answered.clear();
      await batching.results(look, asker.call(LONG_CALL_MS), (result) => {
        const unit = unitOfCustomId(entry.mark, result.customId);
        if (unit === undefined || !own.has(unit)) strangers++;
        else if (answered.has(unit)) twice++;
        else if (result.completion || result.error) {
          answered.add(unit);
          if (!run.hasRun(unit)) this.collected.put(unit, result);
        }
      });
    };
    try {
      await asker.again(take);
    } catch (error) {
      throw providerTrouble(error, `The results of a batch of ${entry.kind} can't be had`);
    }
    if (strangers > 0) onNote?.(`${strangers} results are to no request of this run, and are left out`);
    if (twice > 0) onNote?.(`${twice} requests were answered twice; the first answer counts`);
    return own.size - answered.size;
  }

  #tellEarlyEnd({ entry, id }: Submitted, { status, refusal }: BatchLook, missing: number): void {
    this.isUnfinished = true;
    const answers = [...unitsIn(entry.units)].length;
    this.#options.onNote?.(
      refusal === undefined
        ? `${entry.kind} batch ${id} ended (${status}) without ${missing} of ${answers} answers; the others are kept. \`promptctl eval --resume\` asks for the rest in a new batch`
        : `${entry.kind} refused batch ${id}: ${refusal}. Nothing of it was run; mend it, then \`promptctl eval --resume\` hands it in again`,
    );
  }

  #leaveOpen({ kind, id }: BatchEntry): void {
    this.isUnfinished = true;
    const what =
      id === undefined ? `Whether ${kind} has begun a batch is not known yet` : `${kind} batch ${id} goes on`;
    const why = this.#watch.isOver ? ', and was waited for as long as --batch-wait allows' : '';
    this.#options.onNote?.(`${what}${why}. \`promptctl eval --resume\` waits for it, and hands nothing in twice`);
  }

  /** Who was asked: the same endpoint, or the batch can't be found again. */
  #askerOf({ kind, baseUrl, model }: BatchEntry): Asker {
    for (const { prompt } of this.#options.plan.prompts) {
      for (const side of [prompt.now, prompt.before]) {
        const provider = side?.route.asker.provider;
        if (provider?.kind === kind && provider.baseUrl === baseUrl && side!.route.model === model)
          return side!.route.asker;
      }
    }
    throw new PromptctlError('usage', `A batch was handed in at ${baseUrl}, where ${model} is no longer asked`, {
      hint: 'Bring the provider in promptctl.yaml back as it was',
    });
  }
}
