import { createHash, type Hash } from 'node:crypto';
import { canonicalJson, PromptctlError } from '../model/index.ts';
import { PromptError, type Rendered } from '../runtime/index.ts';
import { evaluatorIdentity, type JudgingSettings, settingsRead } from './judging.ts';
import type { EvalPrompt, PromptSide } from './prompt.ts';
import { readRow, type Row } from './rows/index.ts';
import { RowIds } from './row-ids.ts';

export interface PlanOptions {
  readonly epochs: number;
  /** `i/n`: only the samples of the i-th of n shards. */
  readonly shard?: { readonly index: number; readonly of: number };
  /** Only samples whose name or id contains this. */
  readonly filter?: string;
  /** Only samples of these ids. */
  readonly only?: ReadonlySet<string>;
  /** Sums up what the answers could cost at most, which needs the price table. */
  readonly withEstimate?: boolean;
  /** The settings that answers are judged by, for the digest. */
  readonly judging?: JudgingSettings;
}

/** A prompt's part of a run. Its samples are `rows[0..]`, each an index into the prompt's own rows. */
export interface PlannedPrompt {
  readonly prompt: EvalPrompt;
  readonly ids: RowIds;
  readonly rows: Uint32Array;
  readonly firstUnit: number;
  /** Answers a sample gets in one epoch: one, or the old version's and the new one's. */
  readonly sides: 1 | 2;
  /** The most that its answers could cost, judges left out; undefined where the price is not known, or not asked for. */
  readonly worstUsd: number | undefined;
  /** Samples that the old version can't render, by their place in `rows`. */
  readonly newOnly: ReadonlySet<number>;
}

/** What changed since, where a run can't go on: each digest is over one kind of input. */
export interface PlanDigests {
  readonly tests: string;
  readonly prompts: string;
  readonly evaluators: string;
  readonly judging: string;
}

export interface Unit {
  readonly planned: PlannedPrompt;
  /** Place of the sample in `planned.rows`. */
  readonly at: number;
  readonly epoch: number;
  readonly isBefore: boolean;
}

/**
 * All there is to ask, as numbers: unit 0, 1, 2, ... each stands for one answer, in an order that follows from the files alone. Old and
 * new versions of a sample are neighbours, so that what drifts at the provider drifts for both.
 */
export interface Plan {
  readonly prompts: readonly PlannedPrompt[];
  readonly epochs: number;
  readonly units: number;
  readonly samples: number;
  readonly digests: PlanDigests;
  /** Prompts that a baseline left out, since every row renders to the same bytes. */
  readonly unchanged: readonly string[];
}

/** Reads and renders every row once. @throws PromptctlError where a row can't be read, or does not fit its prompt. */
export function planOf(prompts: readonly EvalPrompt[], options: PlanOptions): Plan {
  const hashes = {
    tests: createHash('sha256'),
    prompts: createHash('sha256'),
    evaluators: createHash('sha256'),
    judging: createHash('sha256'),
  };
  const planned: PlannedPrompt[] = [];
  const unchanged: string[] = [];
  const problems: string[] = [];
  let units = 0;
  let samples = 0;
  for (const prompt of prompts) {
    const { id, evaluators, directory } = prompt;
    const scored = evaluators.map((evaluator) => evaluatorIdentity(evaluator, directory));
    hashes.evaluators.update(canonicalJson({ prompt: id, evaluators: scored }));
    const read = evaluators.map((evaluator) => settingsRead(evaluator, options.judging ?? {}));
    hashes.judging.update(canonicalJson({ prompt: id, read }));
    const looked = lookThrough(prompt, options, hashes, problems);
    if (looked.rows.length === 0) continue;
    if (prompt.before && !looked.isChanged) {
      unchanged.push(prompt.id);
      continue;
    }
    const sides = prompt.before ? 2 : 1;
    planned.push({
      worstUsd: looked.worstUsd === undefined ? undefined : looked.worstUsd * options.epochs * sides,
      prompt,
      ids: looked.ids,
      rows: looked.rows,
      firstUnit: units,
      sides,
      newOnly: looked.newOnly,
    });
    units += looked.rows.length * options.epochs * sides;
    samples += looked.rows.length;
  }
  if (problems.length > 0) throw new PromptctlError('config', problems.join('\n'), { hint: 'Nothing was sent' });
  const digests = {
    tests: digest(hashes.tests),
    prompts: digest(hashes.prompts),
    evaluators: digest(hashes.evaluators),
    judging: digest(hashes.judging),
  };
  return { prompts: planned, epochs: options.epochs, units, samples, digests, unchanged };
}

function digest(hash: Hash): string {
  return hash.digest('hex').slice(0, 32);
}

/** Which answer a unit stands for. */
export function unitAt(plan: Plan, unit: number): Unit {
  const planned = plan.prompts.findLast(({ firstUnit }) => firstUnit <= unit)!;
  const local = unit - planned.firstUnit;
  const side = local % planned.sides;
  const round = (local - side) / planned.sides;
  const epoch = round % plan.epochs;
  return { planned, at: (round - epoch) / plan.epochs, epoch, isBefore: planned.sides === 2 && side === 0 };
}

/** The unit of a sample's answer: the reverse of `unitAt`. */
export function unitOf(plan: Plan, planned: PlannedPrompt, at: number, epoch: number, isBefore: boolean): number {
  return planned.firstUnit + (at * plan.epochs + epoch) * planned.sides + (planned.sides === 2 && !isBefore ? 1 : 0);
}

export function rowAt({ prompt, rows }: PlannedPrompt, at: number): Row {
  const index = rows[at]!;
  return readRow(prompt.rows.at(index), index, prompt.rows.place(index));
}

export function idAt(planned: PlannedPrompt, at: number): string {
  return planned.ids.idOf(planned.rows[at]!);
}

/** What of a rendering reaches the model. */
export function bytesOf({ messages, parameters, tools, responseFormat }: Rendered, { route }: PromptSide): string {
  return JSON.stringify([route.model, messages, parameters, tools, responseFormat]);
}

interface Looked {
  readonly worstUsd: number | undefined;
  readonly ids: RowIds;
  readonly rows: Uint32Array;
  readonly newOnly: ReadonlySet<number>;
  readonly isChanged: boolean;
}

const MOST_PROBLEMS = 20;

function lookThrough(
  prompt: EvalPrompt,
  options: PlanOptions,
  hashes: { tests: Hash; prompts: Hash },
  problems: string[],
): Looked {
  const ids = new RowIds(prompt.id, prompt.rows.length);
  const rows: number[] = [];
  const newOnly = new Set<number>();
  let isChanged = false;
  let worstUsd: number | undefined = options.withEstimate ? 0 : undefined;
  for (let index = 0; index < prompt.rows.length; index++) {
    const place = prompt.rows.place(index);
    const raw = prompt.rows.at(index);
    const row = readRow(raw, index, place);
    ids.add(index, row);
    if (row.skip || !isSelected(row, () => ids.idOf(index), options)) continue;
    hashes.tests.update(JSON.stringify(raw));
    const bytes = attempt(() => {
      const rendered = prompt.now.render(row);
      if (worstUsd !== undefined) {
        const worst = prompt.now.route.worstCaseUsd({ ...rendered, model: prompt.now.route.model });
        worstUsd = worst === undefined ? undefined : worstUsd + worst;
      }
      return bytesOf(rendered, prompt.now);
    });
    if ('problem' in bytes) {
      if (problems.length < MOST_PROBLEMS)
        problems.push(`${place} (${row.name}) does not fit ${prompt.id}: ${bytes.problem}`);
      continue;
    }
    hashes.prompts.update(bytes.text);
    if (prompt.before) {
      const { before } = prompt;
      const old = attempt(() => bytesOf(before.render(row), before));
      if ('problem' in old) newOnly.add(rows.length);
      if ('problem' in old || old.text !== bytes.text) isChanged = true;
      hashes.prompts.update('problem' in old ? '-' : old.text);
    }
    rows.push(index);
  }
  return { ids, rows: Uint32Array.from(rows), newOnly, isChanged, worstUsd };
}

function isSelected(row: Row, id: () => string, { shard, filter, only }: PlanOptions): boolean {
  if (filter !== undefined && !row.name.includes(filter) && !id().includes(filter)) return false;
  if (only && !only.has(id())) return false;
  return !shard || RowIds.shardOf(id(), shard.of) === shard.index;
}

function attempt(render: () => string): { readonly text: string } | { readonly problem: string } {
  try {
    return { text: render() };
  } catch (error) {
    if (error instanceof PromptError) return { problem: error.message };
    throw error;
  }
}
