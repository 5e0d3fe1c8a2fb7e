import type { Progress } from '../../eval/index.ts';
import type { Terminal } from '../terminal.ts';

const LIVE_EVERY_MS = 100;
const PLAIN_EVERY_MS = 10_000;

/** Tells how far a run is: a live line on a terminal, elsewhere a plain line now and then. */
export class ProgressLine {
  readonly #terminal: Terminal;
  readonly #spentUsd: () => number;
  readonly #started = performance.now();
  #last = performance.now();
  #first: number | undefined;
  #isShown = false;

  constructor(terminal: Terminal, spentUsd: () => number) {
    this.#terminal = terminal;
    this.#spentUsd = spentUsd;
  }

  show(progress: Progress): void {
    const now = performance.now();
    // What a resumed run had before says nothing of how fast it goes on.
    this.#first ??= progress.done - 1;
    if (now - this.#last < (this.#terminal.isLive ? LIVE_EVERY_MS : PLAIN_EVERY_MS)) return;
    this.#last = now;
    const line = this.#line(progress, now);
    this.#terminal.note(this.#terminal.isLive ? `\r\u001b[2K${line}` : `${line}\n`);
    this.#isShown = this.#terminal.isLive;
  }

  end(): void {
    if (this.#isShown) this.#terminal.note('\r\u001b[2K');
  }

  #line({ units, done, passed, failed, errored }: Progress, now: number): string {
    const perMs = (done - this.#first!) / (now - this.#started);
    const left = perMs > 0 ? ` ${Math.ceil((units - done) / perMs / 1000)} s left` : '';
    const spent = this.#spentUsd();
    return `${done}/${units} answers: ${passed} passed, ${failed} failed, ${errored} errors${spent > 0 ? `, $${spent.toFixed(4)}` : ''},${left || ' waiting'}`;
  }
}
