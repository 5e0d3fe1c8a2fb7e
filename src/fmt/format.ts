import { YamlFile } from '../workspace/index.ts';
import { EntryReader, Unformattable, type Block } from './entries.ts';
import { promptKeys } from './key-order.ts';
import { printBlock } from './print.ts';

/** Marks of comments that speak for the whole file, and so stay at its head. */
const OF_THE_FILE = /promptctl-disable\s|yaml-language-server:/;
const OF_THE_NEXT_LINE = /promptctl-disable-next-line\s/;
const START = /^(?:[ \t]*(?:#[^\n]*)?\n)*---[ \t]*\n/;

/**
 * A prompt file in its canonical layout: keys in the order of the format, two spaces a level, `{ a: 1 }` and `[a, b]`. Every scalar
 * stands as it was written, moved as a whole; comments go where the key below them goes.
 *
 * @throws Unformattable where the file holds what can't be set anew
 */
export function layOut(file: string, text: string): string {
  const bom = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const breaks = text.includes('\r\n') && !/[^\r]\n/.test(text) ? '\r\n' : '\n';
  const plain = text.slice(bom.length).replaceAll('\r\n', '\n');
  const { root, problems } = new YamlFile(file, plain);
  if (problems.some(({ rule }) => BROKEN.has(rule)) || root?.kind !== 'map')
    throw new Unformattable('its YAML has errors; `promptctl lint` shows them');
  if (root.style === 'flow') return text;
  const start = START.exec(plain)?.[0] ?? '';
  const { head, block } = withHead(new EntryReader(plain, start.length).read(root));
  const lines = [...head, ...printBlock(block, 0, promptKeys).lines];
  return bom + `${start}${lines.join('\n')}\n`.replaceAll('\n', breaks);
}

const BROKEN = new Set(['syntax/yaml-error', 'syntax/duplicate-key', 'syntax/unquoted-placeholder']);

/** Parts the comments of the file from those of its first key: they are the file's, as far as a blank line parts them. */
function withHead(block: Block): { readonly head: readonly string[]; readonly block: Block } {
  const [first, ...rest] = block.entries;
  if (!first) return { head: [], block };
  const lead = first.lead[0] === '' ? first.lead.slice(1) : first.lead;
  const cut = ownComments(lead);
  return {
    head: lead.slice(0, cut),
    block: { ...block, entries: [{ ...first, lead: lead.slice(cut) }, ...rest] },
  };
}

/** Where the first key's own comments begin. */
function ownComments(lead: readonly string[]): number {
  const blank = lead.lastIndexOf('');
  if (blank >= 0 && !OF_THE_FILE.test(lead.slice(blank).join('\n'))) return blank + 1;
  return lead.length - (OF_THE_NEXT_LINE.test(lead.at(-1) ?? '') ? 1 : 0);
}
