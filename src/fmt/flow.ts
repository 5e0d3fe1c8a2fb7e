import type { YamlNode } from '../workspace/index.ts';
import type { KeyOrder } from './key-order.ts';

/**
 * A collection in brackets on one line, with its keys in order and blanks where this repository has them: `{ a: 1 }`, `[a, b]`.
 * Undefined where it holds more than keys, values and commas; then it stays as it is.
 */
export function printFlow(node: YamlNode, source: string, order: KeyOrder): string | undefined {
  const base = node.start;
  const between: string[] = [];
  let end = base;
  const take = (part: YamlNode): string => {
    between.push(source.slice(end - base, part.start - base));
    end = part.end;
    return source.slice(part.start - base, part.end - base);
  };
  const text = print(node, order);
  between.push(source.slice(end - base));
  return between.every((gap) => /^[\s,:{}[\]]*$/.test(gap)) ? text : undefined;

  function print(part: YamlNode, keys: KeyOrder): string {
    if (part.kind === 'scalar') return take(part);
    if (part.kind === 'seq') return `[${part.items.map((item) => (item ? print(item, keys.members) : '')).join(', ')}]`;
    const pairs = [...part.entries].map(([name, { key, value }]) => {
      const written = take(key);
      const isEmpty = value === undefined || value.end <= value.start;
      return { name, text: isEmpty ? written : `${written}: ${print(value, keys.under(name))}` };
    });
    return pairs.length === 0
      ? '{}'
      : `{ ${keys
          .sort(pairs)
          .map((pair) => pair.text)
          .join(', ')} }`;
  }
}
