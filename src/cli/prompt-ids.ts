import { nearest } from '../runtime/index.ts';
import { workingSide, type Ground } from './comparison.ts';
import { usage } from './exit.ts';

/** The ids that arguments name, by id, former id or file. @throws PromptctlError `usage` where one names nothing. */
export function promptIds(ground: Ground, args: readonly string[]): readonly string[] {
  const { prompts } = workingSide(ground);
  const idByName = new Map<string, string>();
  for (const { json, source } of prompts) {
    for (const name of [...json.aliases, ...(source ? [source.file] : []), json.id]) idByName.set(name, json.id);
  }
  return args.map((arg) => {
    const id = idByName.get(arg.replace(/^\.\//, ''));
    if (id !== undefined) return id;
    const near = nearest(arg, [...idByName.keys()]);
    throw usage(`There is no prompt \`${arg}\``, near ? `did you mean \`${near}\`?` : undefined);
  });
}
