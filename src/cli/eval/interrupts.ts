import { setMaxListeners } from 'node:events';

/** How long what is in flight may take to come home after the first signal. */
const DRAIN_MS = 5000;

export interface Interrupts {
  /** Fires when nothing more may be sent. */
  readonly stop: AbortSignal;
  /** Fires when what is in flight must be given up. */
  readonly abort: AbortSignal;
  /** 130 or 143 once a signal came. */
  exitCode(): number | undefined;
  /** Leaves signals to the process again. */
  dispose(): void;
}

/** The first SIGINT or SIGTERM stops sending and lets what is in flight come home; the second, or five seconds, gives it up. */
export function listenForInterrupts(note: (text: string) => void): Interrupts {
  const stop = new AbortController();
  const abort = new AbortController();
  // Each request that waits for its next attempt listens: Node takes more than ten for a leak, and warns.
  setMaxListeners(0, stop.signal, abort.signal);
  let code: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  const on = (exitCode: number) => (): void => {
    if (code !== undefined) return abort.abort();
    code = exitCode;
    note('Stopping: waiting for the answers in flight. Once more to stop at once.\n');
    stop.abort();
    timer = setTimeout(() => abort.abort(), DRAIN_MS);
  };
  const [onInt, onTerm] = [on(130), on(143)];
  process.on('SIGINT', onInt);
  process.on('SIGTERM', onTerm);
  return {
    stop: stop.signal,
    abort: abort.signal,
    exitCode: () => code,
    dispose() {
      clearTimeout(timer);
      process.off('SIGINT', onInt);
      process.off('SIGTERM', onTerm);
    },
  };
}
