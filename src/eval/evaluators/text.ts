import { type JsonObject, type JsonValue, PromptctlError } from '../../model/index.ts';
import { toText } from '../../runtime/index.ts';
import { type Fill, fillOf } from '../fill.ts';
import { type EvaluatorKind, shown, verdict } from './evaluator.ts';
import type { OptionSpecs } from './options.ts';

type Holds = (output: string, wanted: string) => boolean;

const matching: OptionSpecs = {
  value: { type: 'text', summary: 'The text; `{{expected}}` where nothing is given.' },
  any: { type: 'texts', summary: 'Texts of which one must hold.' },
  all: { type: 'texts', summary: 'Texts that must all hold.' },
  not: { type: 'boolean', default: false, summary: 'Turns the verdict round.' },
  ignoreCase: { type: 'boolean', default: false, summary: 'Capitals and small letters count as the same.' },
};

/** An evaluator that compares the output with one text, any of some, or all of some. */
function textKind(id: string, summary: string, says: string, holds: Holds): EvaluatorKind {
  return {
    id,
    family: 'text',
    version: 1,
    summary,
    options: matching,
    create(options) {
      const wanted = (['value', 'any', 'all'] as const).filter((name) => options.has(name));
      if (wanted.length > 1) throw new PromptctlError('config', `${id}: give one of value, any and all`);
      const mode = wanted[0] ?? 'value';
      const fills: readonly Fill[] =
        wanted.length === 0 ? [({ expected }) => String(expected ?? '')] : options.fills(mode);
      const needsExpected = wanted.length === 0;
      const isNot = options.flag('not');
      const fold = options.flag('ignoreCase')
        ? (text: string): string => text.toLowerCase()
        : (text: string): string => text;
      return ({ output, fields }) => {
        if (needsExpected && fields.expected === undefined)
          return { score: 0, pass: false, reason: 'the row has no `expected`' };
        const folded = fold(output);
        let missing: string | undefined;
        let found: string | undefined;
        for (const fill of fills) {
          const text = fill(fields);
          if (holds(folded, fold(text))) found ??= text;
          else missing ??= text;
        }
        const hold = mode === 'any' ? found !== undefined : missing === undefined;
        if (hold !== isNot) return verdict(true, '');
        return verdict(
          false,
          isNot ? `the output ${says} ${shown(found ?? '')}` : `the output ${says} not ${shown(missing ?? '')}`,
        );
      };
    },
  };
}

const regex: EvaluatorKind = {
  id: 'regex',
  family: 'text',
  version: 1,
  summary: 'The output matches a regular expression (ECMAScript, Unicode).',
  options: matching,
  create(options, { name }) {
    const modes = (['value', 'any', 'all'] as const).filter((mode) => options.has(mode));
    if (modes.length !== 1) throw new PromptctlError('config', `${name}: give one of value, any and all`);
    const mode = modes[0]!;
    const isNot = options.flag('not');
    const flags = options.flag('ignoreCase') ? 'iu' : 'u';
    const patterns = options.texts(mode).map((source) => patternOf(source, flags, name));
    return ({ output, fields }) => {
      const regexes = patterns.map((pattern) => pattern(fields));
      const missing = regexes.find((pattern) => !pattern.test(output));
      const hold = mode === 'any' ? regexes.some((pattern) => pattern.test(output)) : missing === undefined;
      if (hold !== isNot) return PASS;
      return verdict(
        false,
        isNot
          ? `the output matches ${regexes[0]!.source}`
          : `the output does not match ${(missing ?? regexes[0]!).source}`,
      );
    };
  },
};

const PASS = verdict(true, '');

/** A pattern, made once; one with places is made for each row, where a value stands for itself and is never read as a pattern. */
function patternOf(source: string, flags: string, name: string): (fields: JsonObject) => RegExp {
  if (!source.includes('{{')) {
    const pattern = regExpOf(source, flags, name);
    return () => pattern;
  }
  const fill = fillOf(source);
  return (fields) => regExpOf(fill(escapedFields(fields)), flags, name);
}

function escapedFields(fields: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, escapedText(value)]));
}

function escapedText(value: JsonValue): string {
  return (value === null ? '' : toText(value)).replace(/[$()*+./?[\\\]^{|}]/g, '\\$&');
}

function regExpOf(source: string, flags: string, name: string): RegExp {
  try {
    return new RegExp(source, flags);
  } catch {
    // Older patterns hold escapes that the Unicode mode refuses, such as `\-`.
  }
  try {
    return new RegExp(source, flags.replace('u', ''));
  } catch (error) {
    throw new PromptctlError('config', `${name}: ${JSON.stringify(source)} is no regular expression`, { cause: error });
  }
}

const wordCount: EvaluatorKind = {
  id: 'word-count',
  family: 'text',
  version: 1,
  summary: 'The number of words, as Unicode separates them, lies between two bounds.',
  options: {
    min: { type: 'number', default: 0, summary: 'At least this many.' },
    max: { type: 'number', summary: 'At most this many.' },
  },
  create(options) {
    const [min, max] = [options.number('min'), options.has('max') ? options.number('max') : Infinity];
    const segmenter = new Intl.Segmenter('und', { granularity: 'word' });
    return ({ output }) => {
      let words = 0;
      for (const { isWordLike } of segmenter.segment(output)) if (isWordLike) words++;
      return verdict(
        words >= min && words <= max,
        `${words} words, not ${min} to ${max === Infinity ? 'any number' : max}`,
      );
    };
  },
};

export const textKinds: readonly EvaluatorKind[] = [
  textKind('equals', 'The output is the text, to the letter.', 'is', (output, wanted) => output === wanted),
  textKind('contains', 'The output contains the text.', 'contains', (output, wanted) => output.includes(wanted)),
  textKind('starts-with', 'The output starts with the text.', 'starts with', (output, wanted) =>
    output.startsWith(wanted),
  ),
  textKind('ends-with', 'The output ends with the text.', 'ends with', (output, wanted) => output.endsWith(wanted)),
  regex,
  wordCount,
];
