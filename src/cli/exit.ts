import { PromptctlError } from '../model/index.ts';

/** What a run's end says. Where several hold, interrupted beats bug, bug beats unknown, unknown beats findings. */
export const EXIT = {
  fine: 0,
  /** Findings at or over the threshold, a failed gate, a stale file. */
  findings: 1,
  /** Wrong use or configuration; nothing matched. */
  usage: 2,
  /** Input could not be read, or git could not answer. */
  unreadable: 3,
  /** A provider or the network failed, so the answer is unknown. */
  unknown: 4,
  bug: 70,
  interrupted: 130,
} as const;

const CODES: Record<PromptctlError['code'], number> = {
  usage: EXIT.usage,
  config: EXIT.usage,
  unreadable: EXIT.unreadable,
  provider: EXIT.unknown,
  refused: EXIT.findings,
};

export function exitCodeOf(error: PromptctlError): number {
  return CODES[error.code];
}

export function usage(message: string, hint?: string): PromptctlError {
  return new PromptctlError('usage', message, hint === undefined ? {} : { hint });
}
