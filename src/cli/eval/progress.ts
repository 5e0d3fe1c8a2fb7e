import type { Ora } from 'ora';
import type { Progress } from '../../eval/index.ts';
import type { Terminal } from '../terminal.ts';

const PLAIN_EVERY_MS = 10_000;
const WAITING_EVERY_MS = 600_000;

/** Tells how far a run is: a live line on a terminal, elsewhere a plain line now and then. */
export class ProgressLine {
  readonly #terminal: Terminal;
  readonly #spentUsd: () => number;
  readonly #spinner: Ora | undefined;
  readonly #started = performance.now();
  #last = performance.now();
  #waited = '';
  #waitedAt = -Infinity;
  #first: number | undefined;

  private constructor(terminal: Terminal, spentUsd: () => number, spinner: Ora | undefined) {
    this.#terminal = terminal;
    this.#spentUsd = spentUsd;
    this.#spinner = spinner;
  }

  /** The spinner is loaded only where there is a terminal to see it. It leaves standard input, and so Ctrl-C, alone. */
  static async begin(terminal: Terminal, spentUsd: () => number): Promise<ProgressLine> {
    if (!terminal.isLive) return new ProgressLine(terminal, spentUsd, undefined);
    const { default: ora } = await import('ora');
    return new ProgressLine(terminal, spentUsd, ora({ discardStdin: false, text: 'waiting' }).start());
  }

  show(progress: Progress): void {
    const now = performance.now();
    // What a resumed run had before says nothing of how fast it goes on.
    this.#first ??= progress.done - 1;
    if (this.#spinner) this.#spinner.text = this.#line(progress, now);
    else if (now - this.#last >= PLAIN_EVERY_MS) {
      this.#last = now;
      this.#terminal.note(`${this.#line(progress, now)}\n`);
    }
  }

  /** How a batch stands: told when that changes, and plainly once in a while. */
  wait(text: string): void {
    if (this.#spinner) {
      this.#spinner.text = text;
      return;
    }
    const now = performance.now();
    if (text === this.#waited && now - this.#waitedAt < WAITING_EVERY_MS) return;
    this.#waited = text;
    this.#waitedAt = now;
    this.#terminal.note(`${text}\n`);
  }

  end(): void {
    this.#spinner?.stop();
  }

  #line({ units, done, passed, failed, errored }: Progress, now: number): string {
    const perMs = (done - this.#first!) / (now - this.#started);
    const left = perMs > 0 ? ` ${Math.ceil((units - done) / perMs / 1000)} s left` : '';
    const spent = this.#spentUsd();
    return `${done}/${units} answers: ${passed} passed, ${failed} failed, ${errored} errors${spent > 0 ? `, $${spent.toFixed(4)}` : ''},${left || ' waiting'}`;
  }
}
