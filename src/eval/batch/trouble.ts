import { PromptctlError } from '../../model/index.ts';
import { ProviderError } from '../../providers/index.ts';

/** Files of a batch are large: what bounds an answer would cut them off. */
export const LONG_CALL_MS = 600_000;

/** A provider's refusal as what stops the run; anything else as it came. */
export function providerTrouble(error: unknown, what: string): unknown {
  if (!(error instanceof ProviderError)) return error;
  return new PromptctlError('provider', `${what}: ${error.message}`, {
    hint: 'What was handed in goes on there; go on here with `promptctl eval --resume`',
    cause: error,
  });
}
