import { shownText } from '../runtime/index.ts';
import type { Provider } from './provider.ts';

/** Answers `ECHO:` and the last user message: for trying out tests and evaluators without a model. */
export function echo(): Provider {
  return {
    kind: 'echo',
    baseUrl: '',
    complete(request) {
      const last = request.messages.findLast(({ role }) => role === 'user') ?? request.messages.at(-1);
      return Promise.resolve({
        text: `ECHO:${shownText(last?.content ?? '')}`,
        finishReason: 'stop',
        usage: { inputTokens: 0, outputTokens: 0 },
      });
    },
    close: () => Promise.resolve(),
  };
}
