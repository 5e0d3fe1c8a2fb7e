import { formatPrompts, type FormattedPrompt } from '../../src/fmt/index.ts';
import { loadWorkspace, memorySource, parseConfig } from '../../src/workspace/index.ts';

const FILE = 'prompts/support/triage.prompt.yml';

/** Formats one file of its own. */
export function formatted(text: string, files: Readonly<Record<string, string>> = {}): FormattedPrompt {
  const workspace = loadWorkspace(memorySource({ ...files, [FILE]: text }), parseConfig('', undefined), {
    files: [FILE],
  });
  return formatPrompts(workspace, [FILE])[0]!;
}

/** The text that a file is formatted to, where it may be. */
export function layout(text: string): string {
  const { text: out, refusal } = formatted(text);
  if (refusal !== undefined) throw new Error(refusal);
  return out;
}
