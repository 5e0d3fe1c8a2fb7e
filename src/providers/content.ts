import * as requests from '../runtime/index.ts';
import { ProviderError } from './error.ts';

/** The runtime's words for a message, in which a medium that the provider does not take is an attempt that was rejected. */
function asked<Message, Content>(contentOf: (message: Message) => Content): (message: Message) => Content {
  return (message) => {
    try {
      return contentOf(message);
    } catch (error) {
      if (!(error instanceof requests.PromptError)) throw error;
      throw new ProviderError('rejected', error.message);
    }
  };
}

export const chatContent: typeof requests.chatContent = asked(requests.chatContent);
export const responsesContent: typeof requests.responsesContent = asked(requests.responsesContent);
export const anthropicContent: typeof requests.anthropicContent = asked(requests.anthropicContent);
export const geminiParts: typeof requests.geminiParts = asked(requests.geminiParts);
