import type { PromptJson, Segment } from '../runtime/index.ts';

/** What callers, readers of the output and the runtime rely on: the part of a prompt that the contract digest covers. */
export function contractOf(prompt: PromptJson): unknown {
  const variables = Object.entries(prompt.variables).map(([name, { trust, required, schema, default: fallback }]) => [
    name,
    { trust, required, schema, hasDefault: fallback !== undefined },
  ]);
  return {
    id: prompt.id,
    aliases: prompt.aliases,
    mode: prompt.mode,
    stability: prompt.stability,
    model: prompt.model ?? null,
    variables: Object.fromEntries(variables),
    responseFormat: prompt.responseFormat ?? null,
    tools: prompt.tools.map(({ description: _description, ...tool }) => tool),
    roles: prompt.messages.map((message) =>
      'role' in message ? [message.role, trustsOf(message.segments)] : ['history', message.history],
    ),
    variants: Object.keys(prompt.variants).sort(),
    maxTokens: prompt.parameters.maxTokens ?? null,
    security: prompt.policies['security'] ?? null,
  };
}

/** Which untrusted values a message holds, fenced or not: their moving is a change of contract. */
function trustsOf(segments: readonly Segment[]): readonly string[] {
  const found = new Set<string>();
  const visit = (list: readonly Segment[]): void => {
    for (const segment of list) {
      if (segment.kind === 'value' && segment.trust !== 'trusted') found.add(`${segment.trust}:${segment.fence ?? ''}`);
      else if (segment.kind === 'if') visit([...segment.then, ...segment.else]);
      else if (segment.kind === 'each' || segment.kind === 'with') visit([...segment.body, ...segment.else]);
    }
  };
  visit(segments);
  return [...found].sort();
}
