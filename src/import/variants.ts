import { posix } from 'node:path';
import { canonicalJson } from '../model/index.ts';
import type { Draft, Note } from './draft.ts';
import type { ReadFile } from './read-file.ts';

/**
 * Puts `name.variant.prompt` into `name.prompt` where both have one contract: a variant of promptctl shares the variables, the
 * output and the tools of its prompt. Another one stays a prompt of its own.
 */
export function withVariants(files: readonly ReadFile[]): readonly ReadFile[] {
  const byStem = new Map(files.map((file) => [file.stem, file]));
  const merged = new Map<string, ReadFile>();
  const gone = new Set<ReadFile>();
  for (const file of files) {
    const cut = file.format === 'dotprompt' ? posix.basename(file.stem).lastIndexOf('.') : -1;
    if (cut <= 0) continue;
    const name = posix.basename(file.stem).slice(cut + 1);
    const stem = file.stem.slice(0, -name.length - 1);
    const base = merged.get(stem) ?? byStem.get(stem);
    if (base?.format !== 'dotprompt' || !isSameContract(base.draft, file.draft)) continue;
    merged.set(stem, withVariant(base, name, file));
    gone.add(file);
  }
  return files.filter((file) => !gone.has(file)).map((file) => merged.get(file.stem) ?? file);
}

function withVariant(base: ReadFile, name: string, { from, text, draft }: ReadFile): ReadFile {
  const { model, modelParameters, messages, notes } = draft;
  const lost: Note[] =
    draft.description === undefined
      ? []
      : [{ kind: 'lost', message: 'A variant has no description of its own', offset: 0 }];
  const variants = new Map(base.draft.variants).set(name, { model, modelParameters, messages });
  return {
    ...base,
    draft: { ...base.draft, variants },
    variants: [...base.variants, { name, from, text, notes: [...notes, ...lost] }],
  };
}

function isSameContract(base: Draft, variant: Draft): boolean {
  const fits = [...variant.variables].every(([name, variable]) => {
    const known = base.variables.get(name);
    return known !== undefined && canonicalJson(known) === canonicalJson(variable);
  });
  return fits && promiseOf(base) === promiseOf(variant);
}

/** What an application may count on in the answer. */
function promiseOf({ responseFormat, jsonSchema, tools }: Draft): string {
  return canonicalJson({ responseFormat, jsonSchema, tools });
}
