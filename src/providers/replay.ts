import { ProviderError } from './error.ts';
import type { Completion, CompletionRequest, Provider } from './provider.ts';

/** A provider that only repeats: it has no socket, so whatever was not recorded is `missing`. */
export function replay(recorded: (request: CompletionRequest) => Completion | undefined): Provider {
  return {
    kind: 'replay',
    baseUrl: '',
    complete(request) {
      const completion = recorded(request);
      return completion
        ? Promise.resolve(completion)
        : Promise.reject(new ProviderError('missing', 'No recorded answer'));
    },
    close: () => Promise.resolve(),
  };
}
