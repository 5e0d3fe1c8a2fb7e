import { type CompletionRequest, type EmbeddingLevel, ProviderError } from '../providers/index.ts';
import { shownText } from '../runtime/index.ts';
import type { Journal } from '../store/index.ts';
import type { Answer, Answers, Asking } from './answers.ts';
import type { Collected } from './batch/collected.ts';
import type { Budget } from './budget.ts';
import type { EvaluatorContext } from './evaluators/index.ts';
import { judge, type NamedScorer, scorersOf } from './judged.ts';
import { type Plan, type PlannedPrompt, rowAt, type Unit, unitAt } from './plan.ts';
import type { PromptSide, Route } from './prompt.ts';
import type { Row } from './rows/index.ts';
import { judgesWorstUsd } from './worst-case.ts';
import { lineOf, recordOf, statusOf, type UnitRecord } from './record.ts';

/** A unit that no line of the journal stands for yet. */
const NOT_RUN = -1;
/** A unit that does not exist: the old side of a sample that the old version can't render. */
const ABSENT = -2;

/** Units begun between two turns of the event loop: answers from a cache come without one, and signals must be heard. */
const TURN = 256;
/** Samples under way for each request that may be out: the others wait for a retry. */
const WAITING = 4;

export interface RunOptions {
  readonly answers: Answers;
  readonly route: (model: string) => Route;
  readonly embeddings: (level: EmbeddingLevel) => Route | undefined;
  readonly evaluators: Omit<EvaluatorContext, 'name' | 'outputSchema' | 'directory' | 'canEmbed'>;
  readonly budget?: Budget | undefined;
  /** Answers that are there already, for `--rescore`. */
  readonly given?: ((unit: number) => UnitRecord | undefined) | undefined;
  /** Fires when nothing more may be begun. */
  readonly stop: AbortSignal;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

export interface Progress {
  readonly units: number;
  readonly done: number;
  readonly passed: number;
  readonly failed: number;
  readonly errored: number;
}

/** A unit that is still to be asked. */
export interface Pending {
  readonly unit: number;
  readonly side: PromptSide;
  readonly request: CompletionRequest;
  readonly asking: Asking;
  /** The most that it and its judges can cost; 0 where nothing is bounded. */
  readonly worstUsd: number;
}

/**
 * A run of a plan. Of each finished unit it keeps a number: where its line stands in the journal. Everything else is read back from
 * there, so that a run of any size takes the same memory.
 */
export class Run {
  readonly plan: Plan;
  readonly #journal: Journal;
  readonly #offsets: Float64Array;
  readonly #options: RunOptions;
  readonly #scorers: ReadonlyMap<PlannedPrompt, readonly NamedScorer[]>;
  readonly #counts = { done: 0, passed: 0, failed: 0, errored: 0 };
  #collected: Collected | undefined;
  #next = 0;
  #active = 0;
  #begunThisTurn = 0;
  #isTurning = false;
  #isOverBudget = false;
  #failure: unknown;
  #finish: (() => void) | undefined;

  constructor(plan: Plan, journal: Journal, options: RunOptions) {
    this.plan = plan;
    this.#journal = journal;
    this.#options = options;
    this.#offsets = new Float64Array(plan.units).fill(NOT_RUN);
    const context = {
      ...options.evaluators,
      canEmbed: (level: EmbeddingLevel): boolean => options.embeddings(level) !== undefined,
    };
    this.#scorers = new Map(plan.prompts.map((planned) => [planned, scorersOf(planned.prompt, context)]));
    this.#markAbsent();
  }

  /** Takes in what the journal holds already: those units are not asked again. */
  restore(onPaid: (usd: number | undefined) => void): void {
    for (const { line, offset } of this.#journal.lines()) {
      const record = recordOf(line);
      if (!record || record.unit >= this.plan.units || this.#offsets[record.unit] !== NOT_RUN) continue;
      this.#offsets[record.unit] = offset;
      this.#count(record);
      if (record.origin === 'asked') onPaid(record.costUsd);
      onPaid(record.judgeUsd);
    }
  }

  /** What is left to ask, in the order of the plan. */
  *pending(): Iterable<Pending> {
    this.#mustBePriced();
    for (let unit = 0; unit < this.plan.units; unit++) {
      if (this.#offsets[unit] !== NOT_RUN) continue;
      const { planned, side, row, request, asking } = this.#asked(unit);
      const worstUsd = this.#options.budget ? this.#worstUsd(planned, side, request, row) : 0;
      yield { unit, side, request, asking, worstUsd };
    }
  }

  /**
   * Runs what is left, until all is done, the budget is used up, or the run is stopped.
   *
   * @param collected what batches have answered; what they have not is left out
   * @throws what the journal threw.
   */
  async finish(collected?: Collected): Promise<void> {
    this.#collected = collected;
    this.#mustBePriced();
    await new Promise<void>((resolve) => {
      this.#finish = resolve;
      this.#begin();
    });
    if (this.#failure !== undefined) throw this.#failure;
  }

  get progress(): Progress {
    return { units: this.plan.units, ...this.#counts };
  }

  /** True where units were left because the next one could have cost more than the bound. */
  get isOverBudget(): boolean {
    return this.#isOverBudget;
  }

  get isComplete(): boolean {
    return this.#counts.done === this.plan.units;
  }

  namesOf(planned: PlannedPrompt): readonly string[] {
    return this.#scorers.get(planned)!.map(({ name }) => name);
  }

  hasRun(unit: number): boolean {
    return this.#offsets[unit]! >= 0;
  }

  /** What the journal holds of a unit; undefined where it did not run. */
  recordAt(unit: number): UnitRecord | undefined {
    const offset = this.#offsets[unit]!;
    return offset < 0 ? undefined : recordOf(this.#journal.read(offset));
  }

  /** Asked of each prompt's first row, before anything is sent. */
  #mustBePriced(): void {
    if (!this.#options.budget) return;
    for (const planned of this.plan.prompts) {
      const { now } = planned.prompt;
      const row = rowAt(planned, 0);
      this.#worstUsd(planned, now, { ...now.render(row), model: now.route.model }, row);
    }
  }

  #markAbsent(): void {
    const { epochs } = this.plan;
    for (const { firstUnit, newOnly, sides } of this.plan.prompts) {
      for (const at of newOnly) {
        for (let epoch = 0; epoch < epochs; epoch++) {
          this.#offsets[firstUnit + (at * epochs + epoch) * sides] = ABSENT;
          this.#counts.done++;
        }
      }
    }
  }

  #begin(): void {
    const { stop } = this.#options;
    while (this.#next < this.plan.units && !stop.aborted && !this.#isOverBudget && this.#failure === undefined) {
      if (this.#offsets[this.#next] !== NOT_RUN || this.#collected?.has(this.#next) === false) {
        this.#next++;
        continue;
      }
      if (++this.#begunThisTurn > TURN) return this.#beginNextTurn();
      if (!this.#beginOne(this.#next)) return;
      this.#next++;
    }
    if (this.#active === 0) this.#finish?.();
  }

  #beginNextTurn(): void {
    if (this.#isTurning) return;
    this.#isTurning = true;
    setImmediate(() => {
      this.#isTurning = false;
      this.#begunThisTurn = 0;
      this.#begin();
    });
  }

  /** False where the unit has to wait for another to end. */
  #beginOne(number: number): boolean {
    const { limiter, resting } = this.#sideOf(unitAt(this.plan, number)).route.asker;
    if (this.#active - resting >= limiter.limit || this.#active >= (WAITING + 1) * limiter.limit) return false;

    const asked = this.#asked(number);
    const { planned, side, request, row } = asked;
    const worst = this.#options.budget ? this.#worstUsd(planned, side, request, row) : 0;
    if (this.#options.budget && !this.#options.budget.reserve(worst)) {
      this.#isOverBudget = this.#active === 0;
      return this.#isOverBudget;
    }
    this.#active++;
    side.route.asker.onRest = () => this.#begin();
    this.#runUnit(number, asked)
      .catch((error: unknown) => {
        this.#failure ??= error;
      })
      .finally(() => {
        this.#options.budget?.settle(worst);
        this.#active--;
        this.#begin();
      });
    return true;
  }

  #sideOf({ planned: { prompt }, isBefore }: Unit): PromptSide {
    return isBefore ? prompt.before! : prompt.now;
  }

  #asked(number: number): AskedUnit {
    const unit = unitAt(this.plan, number);
    const { planned, at, epoch } = unit;
    const side = this.#sideOf(unit);
    const row = rowAt(planned, at);
    const { messages, parameters, tools, responseFormat } = side.render(row);
    const request: CompletionRequest = {
      model: side.route.model,
      messages,
      parameters,
      tools,
      ...(responseFormat ? { responseFormat } : {}),
    };
    return { planned, side, row, request, asking: { promptId: planned.prompt.id, name: row.name, epoch } };
  }

  /** With the judges of the answer: once begun, a unit can be paid for to its end. */
  #worstUsd(planned: PlannedPrompt, side: PromptSide, request: CompletionRequest, row: Row): number {
    const answer = { row, input: inputOf(request), outputTokens: side.route.mostOutputTokens(request) };
    return (side.route.worstCaseUsd(request) ?? 0) + judgesWorstUsd(this.#scorers.get(planned)!, answer, this.#options);
  }

  async #runUnit(number: number, { planned, side, request, row, asking }: AskedUnit): Promise<void> {
    const collected = this.#collected;
    const ask = collected && (() => ({ completion: collected.answer(number) }));
    let answer: Answer;
    try {
      if (this.#options.given) {
        const given = this.#options.given(number);
        if (!given?.completion) return given?.error && this.#keep({ unit: number, error: given.error });
        answer = { completion: given.completion, origin: 'rescored' };
      } else answer = await this.#options.answers.get(side.route, request, asking, ask);
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      // What was stopped or never recorded did not happen: it is neither an error nor in the journal.
      if (error.fault !== 'cancelled' && error.fault !== 'missing')
        this.#keep({ unit: number, error: { fault: error.fault, message: error.message } });
      return;
    }
    const { completion, origin, ms, attempts } = answer;
    const costUsd = completion.usage && side.route.costUsd(completion.usage);
    const judging = judge(
      this.#scorers.get(planned)!,
      { completion, row, input: inputOf(request), ms, costUsd },
      this.#options,
      asking,
    );
    const judged = judging instanceof Promise ? await judging : judging;
    if (judged.error?.fault === 'cancelled' || judged.error?.fault === 'missing') return;
    this.#keep({
      unit: number,
      completion,
      ...judged,
      origin,
      ...(ms === undefined ? {} : { ms }),
      ...(attempts === undefined ? {} : { attempts }),
      ...(costUsd === undefined ? {} : { costUsd }),
    });
  }

  /** A unit counts once its line is with the system, and not before. */
  #keep(record: UnitRecord): void {
    this.#offsets[record.unit] = this.#journal.append(lineOf(record));
    this.#count(record);
    this.#options.onProgress?.(this.progress);
  }

  #count(record: UnitRecord): void {
    this.#counts.done++;
    this.#counts[statusOf(record)]++;
  }
}

interface AskedUnit {
  readonly planned: PlannedPrompt;
  readonly side: PromptSide;
  readonly row: Row;
  readonly request: CompletionRequest;
  readonly asking: Asking;
}

/** What the model was asked, for judges. */
function inputOf({ messages }: CompletionRequest): string {
  return shownText(messages.findLast(({ role }) => role === 'user')?.content ?? '');
}
