import { hash } from 'node:crypto';
import { canonicalJson } from '../model/index.ts';
import type { CompletionRequest, Provider } from '../providers/index.ts';

/**
 * What an answer is kept under: the SHA-256 of the canonical JSON of everything that could change it. An epoch is part of it, so
 * that the second answer to the same question is not the first one again.
 */
export function answerKey(
  provider: Pick<Provider, 'kind' | 'baseUrl'>,
  request: CompletionRequest,
  epoch: number,
): string {
  const { model, messages, parameters, tools, responseFormat } = request;
  const asked = {
    provider: provider.kind,
    baseUrl: provider.baseUrl,
    model,
    messages,
    parameters,
    tools,
    schema: responseFormat,
    epoch,
  };
  return hash('sha256', canonicalJson(asked));
}

/** For cassettes: the same without the address, which differs between a laptop and CI, and without the provider's kind. */
export function cassetteKey(request: CompletionRequest, epoch: number): string {
  return answerKey({ kind: '', baseUrl: '' }, request, epoch);
}
