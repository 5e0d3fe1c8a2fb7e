import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { AnswerResult, BaselineReport, EvalReport, Outcome, SampleResult, Timing } from '../../eval/index.ts';
import { PromptctlError } from '../../model/index.ts';
import { runPaths } from '../../store/index.ts';
import { usage } from '../exit.ts';

/** A run as its files tell it. */
export interface StoredRun extends Pick<
  EvalReport,
  'verdict' | 'summary' | 'prompts' | 'gates' | 'missing' | 'dead' | 'notes'
> {
  readonly shard?: EvalReport['shard'];
  readonly baseline?: BaselineReport;
  readonly outcomes: readonly Outcome[];
  readonly latencies: EvalReport['latencies'];
  readonly wallMs: number;
}

interface ResultsJson extends Omit<StoredRun, 'outcomes' | 'baseline'> {
  readonly schema: string;
  readonly results: readonly SampleResult[];
  readonly baseline?: BaselineReport & {
    readonly pairs: readonly { readonly id: string; readonly promptId: string; readonly old: AnswerResult }[];
  };
}

interface TimingsJson {
  readonly wallMs: number;
  readonly latencies: EvalReport['latencies'];
  readonly samples: readonly ({ readonly id: string } & Partial<StoredTiming> & {
      readonly answers?: readonly Partial<StoredTiming>[];
    })[];
}

interface StoredTiming {
  readonly side: Timing['side'];
  readonly ms: number;
  readonly attempts: number;
  readonly from: string;
}

/** Reads a run by its name, its folder or its results.json. @throws PromptctlError where there is none. */
export function readStored(root: string, cwd: string, named: string): StoredRun {
  const path = resultsPath(root, cwd, named);
  const json = readJson<ResultsJson>(path);
  if (json.schema !== 'promptctl.eval/1' || !Array.isArray(json.results))
    throw usage(`${named} holds no results of an eval`);
  const timingsPath = join(dirname(path), 'timings.json');
  const timings = existsSync(timingsPath) ? readJson<TimingsJson>(timingsPath) : undefined;
  const beforeById = new Map(json.baseline?.pairs.map(({ id, promptId, old }) => [`${promptId}\n${id}`, old]));
  const outcomes = json.results.map((result, at) => {
    const before = beforeById.get(`${result.promptId}\n${result.id}`);
    return { result, ...(before ? { before } : {}), timings: timings ? timingsOf(timings.samples[at]) : [] };
  });
  return { ...json, outcomes, latencies: timings?.latencies ?? [], wallMs: timings?.wallMs ?? 0 };
}

function resultsPath(root: string, cwd: string, named: string): string {
  const candidates = [resolve(cwd, named), join(resolve(cwd, named), 'results.json'), runPaths(root, named).results];
  const found = candidates.find((path) => existsSync(path) && statSync(path).isFile());
  if (found === undefined) throw usage(`${named} is no run, no run's folder and no results.json`);
  return found;
}

function readJson<T>(path: string): T {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T;
  } catch (cause) {
    throw new PromptctlError('unreadable', `${path} could not be read as JSON`, { cause });
  }
}

function timingsOf(sample: TimingsJson['samples'][number] | undefined): Timing[] {
  return (sample?.answers ?? (sample ? [sample] : [])).map(
    ({ side = 'new', ms, attempts = 1, from = 'asked' }, epoch) => ({
      side,
      epoch,
      ...(ms === undefined ? {} : { ms }),
      attempts,
      origin: from,
    }),
  );
}
