import { type Batching, ProviderError } from '../../providers/index.ts';
import type { Asker } from '../ask.ts';
import { unitOfCustomId, type Group } from './gather.ts';
import { LONG_CALL_MS, providerTrouble } from './trouble.ts';
import type { BatchEntry, BatchLog } from './state.ts';
import type { Submitted, Watch } from './watch.ts';

/** Whether a call may have had its effect though it failed: a 429 and a 4xx were refused, a dead host never heard. */
const DOUBTFUL: ReadonlySet<string> = new Set(['busy', 'reset', 'timeout', 'malformed']);

export interface SubmitOptions {
  readonly log: BatchLog;
  readonly watch: Watch;
}

/**
 * Hands a group in, once: what is about to happen is on the disk before, and what came of it after. Where the answer is lost, the
 * provider's own list says whether there is a batch. Undefined where the run stops first, or has to leave that open.
 *
 * @throws PromptctlError `provider` where it is refused.
 */
export async function submit(
  group: Group,
  number: number,
  { log, watch }: SubmitOptions,
): Promise<Submitted | undefined> {
  const { asker, model, mark, units } = group;
  const { kind, baseUrl, batching } = asker.provider;
  log.write({ batch: number, kind, baseUrl, model, units, mark });
  const lines = group.lines();
  const call = asker.call(LONG_CALL_MS);
  try {
    const file = batching!.upload && (await asker.again(() => batching!.upload!(lines, call)));
    if (file !== undefined) log.write({ batch: number, file });
    for (let attempts = 1; ; attempts++) {
      if (watch.stop.aborted) return undefined;
      const entry = log.write({ batch: number, submittedMs: Date.now() });
      try {
        const id = await batching!.submit({ lines, file }, call);
        return { entry: log.write({ batch: number, id }), id, asker };
      } catch (error) {
        if (!(error instanceof ProviderError) || error.fault === 'cancelled') throw error;
        if (DOUBTFUL.has(error.fault)) {
          const found = await find({ ...entry, batch: number }, asker, group.requests, { log, watch });
          if (found !== 'none') return found === 'open' ? undefined : found;
        }
        if (!(await asker.mayTryAgain(error, attempts))) throw error;
      }
    }
  } catch (error) {
    if (error instanceof ProviderError && error.fault === 'cancelled') return undefined;
    throw providerTrouble(error, `${kind} took no batch`);
  }
}

/**
 * The batch of a `submit` whose answer was lost: `none` where the provider has none, `open` where that can't be told yet. A file is in
 * one batch alone; without files, ours is the one whose results bear our mark.
 */
export async function find(
  entry: BatchEntry,
  asker: Asker,
  requests: number,
  { log, watch }: SubmitOptions,
): Promise<Submitted | 'none' | 'open'> {
  const batching = asker.provider.batching!;
  const { batch, file, submittedMs = 0 } = entry;
  const known = new Set(log.entries().map(({ id }) => id));
  const asked = { requests, file, sinceMs: submittedMs };
  const ids = (await asker.again(() => batching.find(asked, asker.call()))).filter((id) => !known.has(id));
  for (const id of ids) {
    const candidate = { entry, id, asker };
    if (file === undefined) {
      const ended = await watch.untilEnded(candidate);
      if (!ended) return 'open';
      if (!(await bearsMark(entry.mark, batching, ended, asker))) continue;
    }
    return { entry: log.write({ batch, id }), id, asker };
  }
  return 'none';
}

async function bearsMark(
  mark: string,
  batching: Batching,
  look: Parameters<Batching['results']>[0],
  asker: Asker,
): Promise<boolean> {
  let bears = false;
  await asker.again(() =>
    batching.results(look, asker.call(LONG_CALL_MS), ({ customId }) => {
      bears ||= unitOfCustomId(mark, customId) !== undefined;
    }),
  );
  return bears;
}
