import { expect, it } from 'vitest';
import { type Converted, importPrompts } from '../../src/import/index.ts';
import { lint } from '../../src/lint/index.ts';
import type { Prompt } from '../../src/model/index.ts';
import { rendererOf } from '../../src/render/index.ts';
import {
  diskSource,
  loadWorkspace,
  memorySource,
  parseConfig,
  type Source,
  type Workspace,
} from '../../src/workspace/index.ts';
import { sharedFolder } from '../support/shared.ts';
import { corpus } from './corpus.ts';
import { type Asked, dotpromptMessages, type Judged, promptyMessages } from './judges.ts';
import { requiredValues, sampleValues } from './sample-values.ts';

type Judge = (source: Source, asked: Asked) => Promise<readonly Judged[]> | readonly Judged[];

function written(converted: readonly Converted[]): Workspace {
  return loadWorkspace(
    memorySource(Object.fromEntries(converted.map(({ path, text }) => [path, text]))),
    parseConfig('', undefined),
  );
}

function textOf(source: Source, path: string): string {
  const content = source.read([path]).get(path);
  return content && 'bytes' in content ? new TextDecoder().decode(content.bytes) : '';
}

/** Every converted file, rendered with all values and with the required ones alone, here and by its own tool. */
async function compared(source: Source, converted: readonly Converted[], judge: Judge): Promise<number> {
  const { prompts } = written(converted);
  let count = 0;
  for (const { from, path, variants } of converted) {
    const prompt = prompts.find(({ file }) => file === path)!.prompt!;
    for (const [original, variant] of [
      [from, undefined] as const,
      ...variants.map((one) => [one.from, one.name] as const),
    ]) {
      const messages = variant === undefined ? prompt.messages : prompt.variants.get(variant)!.messages!;
      const histories = new Set(messages.flatMap((message) => ('history' in message ? [message.history] : [])));
      const all = sampleValues(prompt, messages);
      for (const given of [all, requiredValues(prompt, all)]) {
        const ours = rendererOf(prompt).render(given, variant === undefined ? {} : { variant });
        const values = { ...defaultsOf(prompt), ...given };
        const theirs = await judge(source, { from: original, text: textOf(source, original), values, histories });
        expect({ original, messages: ours.messages.map(({ role, content }) => ({ role, content })) }).toEqual({
          original,
          messages: theirs,
        });
        count++;
      }
    }
  }
  return count;
}

function defaultsOf(prompt: Prompt): Record<string, unknown> {
  return Object.fromEntries(
    [...prompt.variables].flatMap(([name, variable]) =>
      variable.default === undefined ? [] : [[name, variable.default]],
    ),
  );
}

function errorsIn(converted: readonly Converted[]): readonly string[] {
  return lint(written(converted))
    .findings.filter(({ severity }) => severity === 'error')
    .map(({ file, range, ruleId }) => `${file}:${range.start.line} ${ruleId}`);
}

const dotprompt = corpus('dotprompt');
it.skipIf(dotprompt === undefined)(
  'every public dotprompt file that dotprompt takes is converted, and renders as there',
  async () => {
    const { converted, refused, partials } = importPrompts(dotprompt!);
    expect(errorsIn(converted)).toEqual([]);
    const count = await compared(dotprompt!, converted, dotpromptMessages);
    const accepted: string[] = [];
    for (const { from, reason } of refused) {
      const asked = { from, text: textOf(dotprompt!, from), values: {}, histories: new Set<string>() };
      const judged = await dotpromptMessages(dotprompt!, asked).then(
        () => true,
        (error: Error) => error.message === 'A part that is no text',
      );
      if (judged) accepted.push(reason);
    }
    expect(accepted).toEqual([]);
    const variants = converted.reduce((sum, one) => sum + one.variants.length, 0);
    expect(converted.length + variants + partials.length + refused.length).toBe(dotprompt!.list().length);
    console.log(
      `dotprompt: ${converted.length + variants} converted, ${count} renders equal, ${refused.length} refused`,
    );
  },
);

const prompty = corpus('prompty');
it.skipIf(prompty === undefined)(
  'every public Prompty file that is whole is converted, and renders as there',
  async () => {
    const { converted, refused } = importPrompts(prompty!);
    expect(errorsIn(converted)).toEqual([]);
    const count = await compared(prompty!, converted, (_source, asked) => promptyMessages(asked));
    const others = refused.filter(({ reason }) => !reason.startsWith('There is no file '));
    expect(others.map(({ reason }) => reason)).toEqual([]);
    console.log(`Prompty: ${converted.length} converted, ${count} renders equal, ${refused.length} refused`);
  },
);

const github = sharedFolder('corpus/github-models');
it.skipIf(github === undefined)(
  'every public GitHub file that holds a message is converted, and renders as there',
  () => {
    const source = diskSource(github!);
    const { converted, refused } = importPrompts(source);
    expect(errorsIn(converted)).toEqual([]);
    const { prompts } = written(converted);
    const originals = loadWorkspace(source, parseConfig('', undefined));
    for (const { from, path } of converted) {
      const strict = prompts.find(({ file }) => file === path)!.prompt!;
      const original = originals.prompts.find(({ file }) => file === from)!.prompt!;
      const values = Object.fromEntries([...strict.variables.keys()].map((name) => [name, `<${name}> {{x}}\n"it's"`]));
      const there = rendererOf(original)
        .render(values)
        .messages.filter(({ content }) => content !== '');
      expect({ from, messages: rendererOf(strict).render(values).messages }).toEqual({ from, messages: there });
    }
    expect([...new Set(refused.map(({ reason }) => reason.split(':', 1)[0]!))].sort()).toEqual([
      "The YAML can't be read",
      'The file has no message with a text',
    ]);
    console.log(`GitHub: ${converted.length} converted, ${refused.length} refused`);
  },
);
