import { canonicalJson } from '../model/index.ts';
import type { Segment } from '../runtime/index.ts';
import { type Config, loadWorkspace, memorySource, parseConfig } from '../workspace/index.ts';
import type { Draft, DraftMessage } from './draft.ts';
import { joined } from './segments.ts';

/**
 * Why a written prompt is not the prompt that was meant; undefined where reading it back gives the same messages, to the byte of
 * their texts, and no error.
 */
export function differenceOf(file: string, text: string, draft: Draft): string | undefined {
  const [loaded] = loadWorkspace(memorySource({ [file]: text }), config(), { files: [file] }).prompts;
  const problem = loaded!.problems.find(({ rule }) => !rule.startsWith('style/'));
  if (problem) return problem.message;
  const { prompt } = loaded!;
  if (!prompt) return 'it does not load';
  if (shapeOf(prompt.messages) !== shapeOf(draft.messages)) return 'its messages would not be the same';
  for (const [name, variant] of draft.variants ?? []) {
    const written = prompt.variants.get(name)?.messages;
    if (!written || shapeOf(written) !== shapeOf(variant.messages))
      return `the messages of its variant ${name} would not be the same`;
  }
  return undefined;
}

let known: Config | undefined;

function config(): Config {
  return (known ??= parseConfig('', undefined));
}

type AnyMessage = DraftMessage | { readonly role: string; readonly segments: readonly Segment[] };

function shapeOf(messages: readonly (AnyMessage | { readonly history: string })[]): string {
  return canonicalJson(
    messages.map((message) =>
      'history' in message ? { history: message.history } : { role: message.role, segments: plain(message.segments) },
    ),
  );
}

/** Segments without places, trust and fences. A quoted text that is written out is text. */
function plain(segments: readonly Segment[]): unknown {
  const texts = segments.map((segment): Segment =>
    segment.kind === 'value' && 'literal' in segment.value && typeof segment.value.literal === 'string'
      ? { kind: 'text', text: segment.value.literal }
      : segment,
  );
  return joined(texts).map((segment) => {
    switch (segment.kind) {
      case 'text':
        return segment.text;
      case 'value':
        return { value: segment.value };
      case 'media':
        return { media: segment.url, type: segment.contentType };
      case 'if':
        return { test: segment.test, then: plain(segment.then), else: plain(segment.else) };
      case 'each':
        return { over: segment.over, body: plain(segment.body), else: plain(segment.else) };
      case 'with':
        return { with: segment.value, body: plain(segment.body), else: plain(segment.else) };
    }
  });
}
