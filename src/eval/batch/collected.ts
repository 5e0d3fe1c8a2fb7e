import { type BatchResult, type Completion, type Fault, ProviderError } from '../../providers/index.ts';
import { Journal, removeFile } from '../../store/index.ts';

/** A unit that no batch answered. */
const NONE = -1;
/** A unit that needs no batch: a cassette or the cache has its answer. */
const ELSEWHERE = -2;

interface ResultJson {
  readonly completion?: Completion;
  readonly error?: { readonly fault: Fault; readonly message: string };
}

/** The results of batches, in a file of their own and not in memory: of each only its place is kept. */
export class Collected {
  readonly #offsets: Float64Array;
  readonly #path: string;
  #file: Journal | undefined;

  constructor(units: number, path: string) {
    this.#offsets = new Float64Array(units).fill(NONE);
    this.#path = path;
  }

  /** Whether the run may take the unit up. */
  has(unit: number): boolean {
    return this.#offsets[unit] !== NONE;
  }

  isElsewhere(unit: number): boolean {
    return this.#offsets[unit] === ELSEWHERE;
  }

  markElsewhere(unit: number): void {
    this.#offsets[unit] = ELSEWHERE;
  }

  put(unit: number, { completion, error }: Pick<BatchResult, 'completion' | 'error'>): void {
    if (!this.#file) {
      // What an earlier process fetched is fetched again: the provider keeps it for weeks.
      removeFile(this.#path);
      this.#file = Journal.create(this.#path);
    }
    const result: ResultJson = {
      ...(completion ? { completion } : {}),
      ...(error ? { error: { fault: error.fault, message: error.message } } : {}),
    };
    this.#offsets[unit] = this.#file.append(JSON.stringify(result));
  }

  /** @throws ProviderError for a request that failed; `cancelled` where there is no result. */
  answer(unit: number): Completion {
    const offset = this.#offsets[unit]!;
    if (offset < 0 || !this.#file) throw new ProviderError('cancelled', 'No batch has answered this');
    const { completion, error } = JSON.parse(this.#file.read(offset)) as ResultJson;
    if (completion) return completion;
    throw new ProviderError(error!.fault, error!.message);
  }

  /** Closes the file, and removes it: the journal has what it held. */
  close(): void {
    this.#file?.close();
    removeFile(this.#path);
  }
}
