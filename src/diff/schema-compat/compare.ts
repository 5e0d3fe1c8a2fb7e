import { createBudget, OutOfSteps } from './budget.ts';
import { closed, opened } from './closing.ts';
import { compile } from './compile.ts';
import { type Document } from './document.ts';
import { createEvaluator } from './evaluate.ts';
import { createFormulas, fails, holds, type Formula, type Literal } from './formula.ts';
import { canonicalText, textsIn } from './json.ts';
import { Refusal, type Reason } from './refusal.ts';
import { patternsIn, readSide, type Resolve } from './side.ts';
import { createSolver } from './solver.ts';
import { createTextJudge } from './texts.ts';
import { formatOf } from './validator.ts';

/** Who writes and who reads: callers write inputs, the model writes outputs and tool arguments. */
export type Role = 'input' | 'output' | 'tool-arguments';

export interface SchemaPair {
  readonly old: unknown;
  readonly new: unknown;
  readonly role: Role;
  /** Tolerant (the default): writers send no members but those named, and readers of outputs let others pass. Strict: as written. */
  readonly mode?: 'tolerant' | 'strict';
  /** Reads what a `$ref` to a file or an address points to; without it such a schema is `unknown`. */
  readonly resolve?: Resolve;
}

export interface Comparison {
  readonly verdict: 'compatible' | 'breaking' | 'unknown' | 'invalid';
  /** For `breaking`: an instance the writer's schema allows and the reader's refuses. */
  readonly witness?: unknown;
  readonly reasons: readonly Reason[];
}

// Enough for schemas of a few hundred members; a step costs about a microsecond.
const steps = 2_000_000;

/**
 * Answers whether the change from `old` to `new` breaks anyone: `compatible` only by proof, `breaking` only with a witness
 * that ajv judged too, `unknown` with the keywords in the way, `invalid` when a schema cannot be compared or, for what a model
 * writes, the new one allows nothing. Never throws for any JSON, and stops after a fixed number of steps.
 *
 * @example
 * compareSchemas({ old: { type: 'string' }, new: { type: ['string', 'null'] }, role: 'output' })
 * // { verdict: 'breaking', witness: null, reasons: [{ keyword: 'type', path: '', message: 'must be string' }] }
 */
export function compareSchemas(pair: SchemaPair): Comparison {
  try {
    return compare(pair);
  } catch (error) {
    if (error instanceof Refusal) return { verdict: error.verdict, reasons: [error.reason] };
    if (error instanceof OutOfSteps)
      return undecided('steps', 'the schemas are too intricate to compare in the steps allowed');
    if (error instanceof RangeError) return undecided('depth', 'the schemas are nested too deeply to compare');
    throw error;
  }
}

function undecided(keyword: string, message: string): Comparison {
  return { verdict: 'unknown', reasons: [{ keyword, path: '', message }] };
}

function compare(pair: SchemaPair): Comparison {
  const sides = { old: readSide(pair.old, 'old', pair.resolve), new: readSide(pair.new, 'new', pair.resolve) };
  const isInput = pair.role === 'input';
  const [writer, reader] = isInput ? [sides.old, sides.new] : [sides.new, sides.old];

  const budget = createBudget(steps);
  const texts = createTextJudge(formatOf, budget);
  const formulas = createFormulas();
  const { evaluate } = createEvaluator(texts, budget);
  const reasons: Reason[] = [];
  const decide = createSolver({
    formulas,
    texts,
    budget,
    onUndecided: (keyword, path) => note(reasons, keyword, path),
  });
  const isUnsatisfiable = (formula: Formula): boolean => decide([holds(formula)], () => true).kind === 'empty';
  const formulaOf = (document: Document, label: string): Formula =>
    compile(document, label, formulas, (format) => formatOf(format) !== undefined);

  const written = formulaOf(writer.document, 'writer');
  const expected = formulaOf(reader.document, 'reader');
  if (!isInput && isUnsatisfiable(written)) throw new Refusal('invalid', '', 'no value satisfies the new schema');
  if (written === expected || isSame(writer.document, reader.document)) return { verdict: 'compatible', reasons: [] };

  function premisesOf(): Literal[] {
    if (pair.mode === 'strict') return [holds(written)];
    const closing = closed(writer.document);
    const sent = formulaOf(closing.document, 'closed writer');
    // Where closing leaves no value at all, it is not what the writer meant.
    if (isUnsatisfiable(sent)) return [holds(written)];
    return closing.insideOneOf ? [holds(sent), holds(written)] : [holds(sent)];
  }

  function refusals(): Literal[] {
    // Who reads an input refuses what its schema refuses; who reads an output lets members pass that it does not know.
    if (pair.mode === 'strict' || isInput) return [fails(expected)];
    const opening = opened(reader.document);
    const admitted = formulaOf(opening.document, 'open reader');
    return opening.insideOneOf ? [fails(admitted), fails(expected)] : [fails(admitted)];
  }

  const goal = [...premisesOf(), ...refusals()];
  reasons.length = 0;
  const patterns = [...patternsIn(writer.document), ...patternsIn(reader.document)];
  const outcome = decide(goal, (value) => {
    // Ours counts in decimals and ajv is the judge everyone knows: a witness convinces both. Neither is enough alone: ajv
    // follows $dynamicRef and unevaluatedItems otherwise than the specification here and there.
    if (evaluate(written, value) !== true || evaluate(expected, value) !== false) return false;
    if (textsIn(value).some((text) => patterns.some((pattern) => texts.isSlow(pattern, text.length)))) return false;
    return writer.validator().refusals(value)?.length === 0 && (reader.validator().refusals(value)?.length ?? 0) > 0;
  });
  if (outcome.kind === 'empty') return { verdict: 'compatible', reasons: [] };
  if (outcome.kind === 'unknown') {
    for (const keyword of outcome.keywords) note(reasons, keyword, []);
    return { verdict: 'unknown', reasons };
  }
  const [witness] = outcome.values;
  return { verdict: 'breaking', witness, reasons: reader.validator().refusals(witness) ?? [] };
}

function isSame(left: Document, right: Document): boolean {
  return textOf(left) === textOf(right);
}

function textOf({ root, definitions }: Document): string {
  return canonicalText([root, ...definitions.values()]);
}

function note(reasons: Reason[], keyword: string, path: readonly (string | number)[]): void {
  if (reasons.some((reason) => reason.keyword === keyword)) return;
  const pointer = path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  reasons.push({
    keyword,
    path: pointer,
    message:
      keyword === 'value'
        ? 'an instance was found, but no two judges agree on it'
        : `neither a proof nor an instance was found (${keyword})`,
  });
}
