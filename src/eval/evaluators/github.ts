import { isObject, type JsonObject, type JsonValue, PromptctlError } from '../../model/index.ts';
import { nearest } from '../../runtime/index.ts';
import { type Fill, fillOf } from '../fill.ts';
import {
  EvaluatorError,
  type EvaluatorContext,
  type Sample,
  type Score,
  type Scorer,
  shown,
  verdict,
} from './evaluator.ts';
import { type Choice, githubJudges, type LlmSpec } from './github-judges.ts';
import { lastChoice } from './last-choice.ts';

const CRITERIA = ['equals', 'contains', 'startsWith', 'endsWith'] as const;
type Criterion = (typeof CRITERIA)[number];

/** GitHub folds case for all but `equals`. */
const HOLDS: Readonly<Record<Criterion, (output: string, wanted: string) => boolean>> = {
  equals: (output, wanted) => output === wanted,
  contains: (output, wanted) => output.toLowerCase().includes(wanted.toLowerCase()),
  startsWith: (output, wanted) => output.toLowerCase().startsWith(wanted.toLowerCase()),
  endsWith: (output, wanted) => output.toLowerCase().endsWith(wanted.toLowerCase()),
};

const SAYS: Readonly<Record<Criterion, string>> = {
  equals: 'is',
  contains: 'contains',
  startsWith: 'starts with',
  endsWith: 'ends with',
};

/** `string:` as GitHub documents it. Every criterion counts; GitHub's runner looks at the first alone, and so does `--github-exact`. */
export function stringScorer(spec: JsonValue | undefined, context: EvaluatorContext): Scorer {
  if (!isObject(spec)) throw new PromptctlError('config', `${context.name}: \`string\` must be a mapping`);
  const unknown = Object.keys(spec).find((key) => !CRITERIA.some((criterion) => criterion === key));
  if (unknown !== undefined && !context.githubExact) {
    const near = nearest(unknown, CRITERIA);
    throw new PromptctlError(
      'config',
      `${context.name}: unknown criterion \`${unknown}\`${near ? `; did you mean \`${near}\`?` : ''}`,
    );
  }
  const given = CRITERIA.filter((criterion) => spec[criterion] !== undefined && spec[criterion] !== '');
  if (given.length === 0)
    throw new PromptctlError('config', `${context.name}: no criterion`, { hint: `Give one of ${CRITERIA.join(', ')}` });
  const checks = given.map((criterion) => [criterion, fillOf(textOf(spec[criterion]!))] as const);
  const counted = context.githubExact ? checks.slice(0, 1) : checks;
  return ({ output, fields }) => {
    // GitHub trims the answer before anything looks at it.
    const trimmed = output.trim();
    for (const [criterion, fill] of counted) {
      const wanted = fill(fields);
      if (!HOLDS[criterion](trimmed, wanted))
        return verdict(false, `the output ${SAYS[criterion]} not ${shown(wanted)}`);
    }
    return verdict(true, '');
  };
}

/** With GitHub's rule any score over 0 passes: two stars of five do. */
const DEFAULT_THRESHOLD = 0.5;

/** `llm:` as GitHub documents it, with the output named `{{completion}}`. */
export function llmScorer(spec: JsonValue | undefined, context: EvaluatorContext): Scorer {
  return judgeScorer(readLlm(spec, context.name), context);
}

/** `uses: github/similarity` and its like. */
export function githubUses(uses: string, context: EvaluatorContext): Scorer {
  const judge = githubJudges[uses.slice('github/'.length)];
  if (judge) return judgeScorer({ ...judge, threshold: DEFAULT_THRESHOLD }, context);
  // GitHub's runner fails the test; a name that is not there is a mistake in the file.
  if (context.githubExact) return () => ({ score: 0, pass: false, reason: `Plugin evaluator '${uses}' not found` });
  const names = Object.keys(githubJudges).map((name) => `github/${name}`);
  const near = nearest(uses, names);
  throw new PromptctlError(
    'config',
    `${context.name}: unknown evaluator \`${uses}\`${near ? `; did you mean \`${near}\`?` : ''}`,
    { hint: `One of ${names.join(', ')}` },
  );
}

function judgeScorer(spec: LlmSpec, context: EvaluatorContext): Scorer {
  const prompt = fillOf(spec.prompt);
  const system: Fill | undefined = spec.systemPrompt === undefined ? undefined : fillOf(spec.systemPrompt);
  const read = context.githubExact ? firstChoice : lastVerdict;
  return async (sample) => {
    const fields: JsonObject = {
      ...sample.fields,
      completion: context.githubExact ? sample.output.trim() : sample.output,
    };
    const answer = await sample.ask(
      requestOf(spec, prompt(fields), context.githubExact ? spec.systemPrompt : system?.(fields)),
    );
    return read(answer.text, spec);
  };
}

function requestOf(spec: LlmSpec, prompt: string, system: string | undefined): Parameters<Sample['ask']>[0] {
  const user = { role: 'user', content: prompt } as const;
  return {
    model: spec.modelId,
    messages: system === undefined ? [user] : [{ role: 'system', content: system }, user],
    parameters: {},
    tools: [],
  };
}

/** GitHub's rule: the first choice, in the order of the file, that occurs anywhere in the answer. */
function firstChoice(answer: string, spec: LlmSpec): Score {
  const text = answer.trim().toLowerCase();
  const found = spec.choices.find(({ choice }) => text.includes(choice.toLowerCase()));
  if (!found)
    return { score: 0, pass: false, reason: `LLM evaluation response '${text}' did not match any defined choices` };
  return { score: found.score, pass: found.score > 0, reason: `LLM evaluation matched choice: '${found.choice}'` };
}

function lastVerdict(answer: string, spec: LlmSpec): Score {
  const found = lastChoice(
    answer,
    spec.choices.map(({ choice }) => choice),
  );
  if (found === undefined) throw new EvaluatorError(`the judge gave none of the choices: ${shown(answer.trim())}`);
  const { score } = spec.choices.find(({ choice }) => choice === found)!;
  return { score, pass: score >= spec.threshold, reason: `the judge chose ${found}` };
}

function readLlm(spec: JsonValue | undefined, name: string): LlmSpec {
  const llm: JsonObject = isObject(spec) ? spec : {};
  const { modelId, prompt, systemPrompt, choices, threshold } = llm;
  if (typeof modelId !== 'string' || typeof prompt !== 'string' || !Array.isArray(choices) || choices.length === 0) {
    throw new PromptctlError('config', `${name}: \`llm\` needs modelId, prompt and choices`);
  }
  return {
    modelId,
    prompt,
    ...(typeof systemPrompt === 'string' ? { systemPrompt } : {}),
    choices: choices.map((choice: JsonValue) => readChoice(choice, name)),
    threshold: typeof threshold === 'number' ? threshold : DEFAULT_THRESHOLD,
  };
}

function readChoice(value: JsonValue, name: string): Choice {
  const { choice, score }: JsonObject = isObject(value) ? value : {};
  if (choice === undefined || typeof score !== 'number')
    throw new PromptctlError('config', `${name}: a choice needs \`choice\` and \`score\``);
  return { choice: String(choice), score };
}

function textOf(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
