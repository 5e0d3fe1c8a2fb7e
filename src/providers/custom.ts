import { ProviderError } from './error.ts';
import type { Completion, FinishReason } from './provider.ts';
import { countOf, listOf, mustBe, present, shapeOf, textOf } from './shape.ts';

const REASONS: ReadonlySet<string> = new Set<FinishReason>([
  'stop',
  'length',
  'tool-calls',
  'content-filter',
  'refusal',
  'other',
]);

/** An answer from a user's own program or module: a JSON object in a Completion's words, of which only `text` is asked for. */
export function readCustom(answer: unknown, from: string): Completion {
  const shape = shapeOf(typeof answer === 'string' ? parsed(answer, from) : answer);
  const usage = shapeOf(shape?.usage);
  const inputTokens = countOf(usage?.inputTokens);
  const outputTokens = countOf(usage?.outputTokens);
  const finish = textOf(shape?.finishReason) ?? 'stop';
  const toolCalls = listOf(shape?.toolCalls)
    .map(shapeOf)
    .map((call) =>
      present({
        name: mustBe(textOf(call?.name), `toolCalls[].name (from ${from})`),
        arguments: textOf(call?.arguments) ?? '{}',
        id: textOf(call?.id),
      }),
    );
  return present({
    text: mustBe(textOf(shape?.text), `text (from ${from})`),
    finishReason: REASONS.has(finish) ? (finish as FinishReason) : 'other',
    toolCalls: toolCalls.length > 0 ? toolCalls : undefined,
    refusal: textOf(shape?.refusal),
    usage: inputTokens === undefined || outputTokens === undefined ? undefined : { inputTokens, outputTokens },
  });
}

function parsed(text: string, from: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ProviderError('malformed', `${from} did not print JSON`);
  }
}
