import type { ToolJson } from '../runtime/index.ts';
import type { Both, Found } from './kind.ts';
import { judgeWritten, type WrittenVerdict } from './output.ts';

/** A tool without parameters is called with nothing. */
const NO_ARGUMENTS = '{"type":"object","properties":{},"additionalProperties":false}';

export interface ToolPair {
  readonly name: string;
  readonly path: string;
  readonly old: ToolJson;
  readonly new: ToolJson;
}

export function toolPath(name: string): string {
  return `/tools/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

export function sharedTools({ old, new: now }: Both): readonly ToolPair[] {
  return old.json.tools.flatMap((before) => {
    const after = now.json.tools.find(({ name }) => name === before.name);
    return after ? [{ name: before.name, path: toolPath(before.name), old: before, new: after }] : [];
  });
}

/** Tools that came or went under one name and are otherwise the same: the first of each alike. */
export function renamedTools(pair: Both): readonly { readonly old: ToolJson; readonly new: ToolJson }[] {
  const taken = new Set<ToolJson>();
  return toolsOnlyIn('old', pair).flatMap((before) => {
    const after = toolsOnlyIn('new', pair).find((tool) => !taken.has(tool) && sameBut(before, tool));
    if (!after) return [];
    taken.add(after);
    return [{ old: before, new: after }];
  });
}

function sameBut(a: ToolJson, b: ToolJson): boolean {
  return a.description === b.description && a.parameters === b.parameters && a.effect === b.effect;
}

export function toolsOnlyIn(side: 'old' | 'new', pair: Both): readonly ToolJson[] {
  const others = new Set((side === 'old' ? pair.new : pair.old).json.tools.map(({ name }) => name));
  return pair[side].json.tools.filter(({ name }) => !others.has(name));
}

function judgeArguments(pair: Both, tool: ToolPair): WrittenVerdict {
  const old = tool.old.parameters ?? NO_ARGUMENTS;
  return judgeWritten(pair, tool.path, old, tool.new.parameters ?? NO_ARGUMENTS, 'tool-arguments');
}

/** One found change a shared tool, or none. */
export function perTool(pair: Both, detect: (tool: ToolPair, verdict: WrittenVerdict) => readonly Found[]): Found[] {
  return sharedTools(pair).flatMap((tool) => detect(tool, judgeArguments(pair, tool)));
}
