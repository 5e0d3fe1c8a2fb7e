import { isObject, type JsonValue, member, type Prompt } from '../../../model/index.ts';

/** What an evaluator that is named by `uses` looks at besides the answer. */
interface Kind {
  /** Keys of a test row that it reads of itself. */
  readonly reads?: readonly string[];
  /** Counts words or characters in common: blind to meaning. */
  readonly isLexical?: boolean;
  /** Says nothing of what the answer says: its cost, its time, its length. */
  readonly isMeasure?: boolean;
}

const REFERENCE: Kind = { reads: ['expected'] };
const LEXICAL: Kind = { reads: ['expected'], isLexical: true };
const JUDGE: Kind = { reads: ['expected', 'input', 'question', 'context', 'reference'] };
const SHAPE: Kind = {};
const MEASURE: Kind = { isMeasure: true };
/** Code of the user's own, which may read the whole row. */
const CODE: Kind = { reads: ['*'] };

/** Every id of `uses`. GitHub's read what their judge prompts do (github/gh-models, cmd/eval/builtins.go). */
const KINDS: Readonly<Record<string, Kind>> = {
  'github/similarity': { reads: ['input', 'expected'] },
  'github/groundedness': { reads: ['input', 'expected'] },
  'github/coherence': { reads: ['input'] },
  'github/relevance': { reads: ['input'] },
  'github/fluency': {},
  'promptctl/equals': REFERENCE,
  'promptctl/contains': REFERENCE,
  'promptctl/starts-with': REFERENCE,
  'promptctl/ends-with': REFERENCE,
  'promptctl/regex': SHAPE,
  'promptctl/word-count': MEASURE,
  'promptctl/levenshtein': LEXICAL,
  'promptctl/json': SHAPE,
  'promptctl/json-schema': SHAPE,
  'promptctl/json-path': REFERENCE,
  'promptctl/json-diff': REFERENCE,
  'promptctl/tool-calls': SHAPE,
  'promptctl/finish-reason': SHAPE,
  'promptctl/refusal': SHAPE,
  'promptctl/bleu': LEXICAL,
  'promptctl/chrf': LEXICAL,
  'promptctl/chrf++': LEXICAL,
  'promptctl/ter': LEXICAL,
  'promptctl/rouge-1': LEXICAL,
  'promptctl/rouge-2': LEXICAL,
  'promptctl/rouge-l': LEXICAL,
  'promptctl/rouge-lsum': LEXICAL,
  'promptctl/meteor': LEXICAL,
  'promptctl/gleu': LEXICAL,
  'promptctl/squad-em': REFERENCE,
  'promptctl/squad-f1': LEXICAL,
  'promptctl/similarity': REFERENCE,
  'promptctl/bertscore': REFERENCE,
  'promptctl/rubric': JUDGE,
  'promptctl/choice': JUDGE,
  'promptctl/pairwise': JUDGE,
  'promptctl/factuality': JUDGE,
  'promptctl/groundedness': JUDGE,
  'promptctl/relevance': JUDGE,
  'promptctl/latency': MEASURE,
  'promptctl/cost': MEASURE,
  'promptctl/tokens': MEASURE,
  'promptctl/javascript': CODE,
  'promptctl/exec': CODE,
};

export const EVALUATOR_IDS: readonly string[] = Object.keys(KINDS);

export function isEvaluator(uses: string): boolean {
  return Object.hasOwn(KINDS, uses);
}

export function isLexical(uses: string): boolean {
  return isEvaluator(uses) && KINDS[uses]!.isLexical === true;
}

export function isMeasure(uses: string): boolean {
  return isEvaluator(uses) && KINDS[uses]!.isMeasure === true;
}

/** Keys of a test row that a prompt's evaluators read: in a template of theirs, or of themselves. `*` is any. */
export function keysRead(prompt: Prompt): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const { spec, uses } of prompt.evaluators) {
    addTemplateNames(spec, keys);
    // What an unknown evaluator reads is unknown; that it is unknown is another rule's to say.
    const kind = uses === undefined ? undefined : isEvaluator(uses) ? KINDS[uses] : CODE;
    for (const key of kind?.reads ?? []) keys.add(key);
  }
  return keys;
}

/** The evaluator's kinds that GitHub knows, as written. */
export function hasKind(spec: JsonValue): boolean {
  return ['string', 'llm', 'uses'].some((kind) => {
    const written = member(spec, kind);
    return written !== undefined && written !== null;
  });
}

/** First names of whatever stands between double braces, anywhere in an evaluator. */
function addTemplateNames(value: JsonValue, keys: Set<string>): void {
  if (typeof value === 'string') {
    if (!value.includes('{{')) return;
    for (const [, inside] of value.matchAll(/\{\{([^{}]*)\}\}/g))
      for (const [name] of inside!.matchAll(/[\w-]+/g)) keys.add(name);
  } else if (Array.isArray(value)) for (const entry of value) addTemplateNames(entry, keys);
  else if (isObject(value)) for (const entry of Object.values(value)) addTemplateNames(entry, keys);
}
