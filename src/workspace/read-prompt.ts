import {
  type Example,
  isObject,
  type JsonObject,
  type JsonValue,
  member,
  type Message,
  pointerTo,
  type Prompt,
  type Read,
  type Variable,
  type Variant,
} from '../model/index.ts';
import type { Role, Segment } from '../runtime/index.ts';
import { defaultId } from './id.ts';
import { checkExamples } from './format/examples.ts';
import { readResponseFormat, type ReadText } from './format/output.ts';
import { evaluatorsOf, examplesOf, listOf, numbersOf, parametersOf, rowsOf, strings, toolsOf } from './format/parts.ts';
import { promptSchema } from './format/prompt-schema.ts';
import { checkShape } from './format/shape.ts';
import { readVariables } from './format/variables.ts';
import type { SourceProblem } from './problem.ts';
import {
  type FindPartial,
  githubTemplate,
  parseTemplate,
  resolveTemplate,
  withoutNeedlessFence,
} from './template/index.ts';
import type { YamlFile } from './yaml/yaml-file.ts';

const ROLES: readonly string[] = ['system', 'developer', 'user', 'assistant', 'tool'];
const POLICIES = ['security', 'context', 'conversation', 'cascade'];
/** A mapping with none of these is some other kind of file. */
const MARKS = ['promptctl', 'messages', 'model', 'modelParameters', 'testData', 'evaluators'];

/** What a prompt's reader needs of the world around the file. */
export interface Surroundings {
  readonly root: string;
  readonly stability?: string | undefined;
  readonly findPartial: FindPartial;
  readonly readText: ReadText;
}

/** Gives a YAML file its meaning as a prompt. Nothing is thrown: what is wrong stands in `problems`, the rest in the prompt. */
export function readPrompt(yaml: YamlFile, around: Surroundings): { prompt?: Prompt; problems: SourceProblem[] } {
  const problems = [...yaml.problems];
  if (
    problems.some((problem) => problem.rule === 'syntax/yaml-error' || problem.rule === 'syntax/unquoted-placeholder')
  )
    return { problems };
  const { value } = yaml;
  if (!isObject(value) || !MARKS.some((mark) => Object.hasOwn(value, mark))) {
    problems.push(notAPrompt(yaml));
    return { problems };
  }
  problems.push(...checkShape(yaml, promptSchema));
  return { prompt: new PromptReader(yaml, value, around, problems).read(), problems };
}

function notAPrompt(yaml: YamlFile): SourceProblem {
  const { start, end } = yaml.firstKey();
  const message =
    yaml.text.trim() === ''
      ? 'The file is empty'
      : isObject(yaml.value)
        ? 'This mapping is no prompt: it has no `messages`'
        : 'A prompt file is a mapping; this is something else';
  return {
    rule: 'syntax/not-a-prompt',
    message,
    help: 'begin with `messages:`, or run `promptctl new <id>`',
    start: start.offset,
    end: end.offset,
    pointer: '',
  };
}

class PromptReader {
  readonly #yaml: YamlFile;
  readonly #value: JsonObject;
  readonly #around: Surroundings;
  readonly #problems: SourceProblem[];
  readonly #strict: boolean;
  readonly #reads: Read[] = [];
  readonly #variables: Map<string, Variable>;

  constructor(yaml: YamlFile, value: JsonObject, around: Surroundings, problems: SourceProblem[]) {
    this.#yaml = yaml;
    this.#value = value;
    this.#around = around;
    this.#problems = problems;
    this.#strict = Object.hasOwn(value, 'promptctl');
    this.#variables = this.#strict ? readVariables(yaml, problems) : new Map();
  }

  read(): Prompt {
    const value = this.#value;
    const messages = this.#messages(member(value, 'messages'), '/messages');
    const variants = this.#variants();
    const examples = this.#examples(member(value, 'examples'), '/examples');
    const responseFormat = readResponseFormat(this.#yaml, this.#problems, this.#around.readText);
    const budget = member(value, 'budget');
    const stability = this.#text('stability') ?? this.#around.stability;
    const metadata = member(value, 'metadata');
    return {
      file: this.#yaml.file,
      id: this.#text('id') ?? defaultId(this.#yaml.file, this.#around.root, this.#strict),
      mode: this.#strict ? 'strict' : 'github',
      ...this.#texts('name', 'description', 'model', 'technique'),
      ...this.#version(),
      stability: stability === 'experimental' || stability === 'deprecated' ? stability : 'stable',
      aliases: strings(member(value, 'aliases')),
      parameters: parametersOf(member(value, 'modelParameters')),
      variables: this.#variables,
      messages,
      examples,
      variants,
      ...(responseFormat ? { responseFormat } : {}),
      tools: toolsOf(member(value, 'tools')),
      ...(isObject(budget) ? { budget: numbersOf(budget) } : {}),
      policies: new Map(
        POLICIES.flatMap((name) => (isObject(member(value, name)) ? [[name, member(value, name)!]] : [])),
      ),
      waivers: listOf(member(value, 'waive')),
      metadata: { owners: strings(member(metadata, 'owners')), tags: strings(member(metadata, 'tags')) },
      ...(this.#text('tests') === undefined ? {} : { testsFile: this.#text('tests')! }),
      testData: rowsOf(member(value, 'testData')),
      evaluators: evaluatorsOf(member(value, 'evaluators')),
      reads: this.#reads,
    };
  }

  #messages(value: JsonValue | undefined, pointer: string): Message[] {
    return listOf(value).flatMap((entry, at): Message[] => {
      const here = pointerTo(pointer, at);
      const history = member(entry, 'history');
      if (typeof history === 'string') return [this.#history(history, entry, here)];
      const role = member(entry, 'role');
      const content = member(entry, 'content');
      if (typeof content !== 'string' || typeof role !== 'string') return [];
      const segments = this.#template(content, `${here}/content`);
      const known = role.toLowerCase();
      return ROLES.includes(known) ? [{ role: known as Role, text: content, segments, pointer: here }] : [];
    });
  }

  #history(variable: string, entry: JsonValue, pointer: string): Message {
    const { start, end } = this.#yaml.rangeOf(`${pointer}/history`);
    if (this.#strict && !this.#variables.has(variable)) {
      const help = `declare \`${variable}: { type: array }\` under \`variables:\``;
      this.#problems.push({
        rule: 'template/undeclared-variable',
        message: `\`${variable}\` is not declared`,
        help,
        start: start.offset,
        end: end.offset,
        pointer: `${pointer}/history`,
      });
    }
    this.#reads.push({
      variable,
      file: this.#yaml.file,
      start: 0,
      end: variable.length,
      pointer: `${pointer}/history`,
    });
    if (!this.#strict) this.#infer(variable);
    const conversation = member(this.#value, 'conversation');
    const maxTurns = member(entry, 'maxTurns') ?? member(conversation, 'maxTurns');
    const maxTokens = member(entry, 'maxTokens') ?? member(conversation, 'maxTokens');
    return {
      history: variable,
      ...(typeof maxTurns === 'number' ? { maxTurns } : {}),
      ...(typeof maxTokens === 'number' ? { maxTokens } : {}),
      pointer,
    };
  }

  #template(text: string, pointer: string): readonly Segment[] {
    const { file } = this.#yaml;
    if (!this.#strict) {
      const { segments, reads } = githubTemplate(text, file);
      for (const read of reads) {
        this.#reads.push({ ...read, pointer });
        this.#infer(read.variable);
      }
      return segments;
    }
    const { nodes, errors } = parseTemplate(text);
    // `${{ x }}` is an expression of GitHub Actions: that it is foreign says it all.
    const ruleAt = (rule: string, start: number): string =>
      isActions(text, start) ? 'template/foreign-placeholder' : rule;
    for (const { code, message, help, start, end } of errors)
      this.#templateProblem(ruleAt(`template/${code}`, start), message, help, start, end, pointer);
    const { segments, problems, reads } = resolveTemplate(nodes, file, this.#variables, this.#around.findPartial);
    for (const problem of problems) {
      if (problem.file === file)
        this.#templateProblem(
          ruleAt(problem.rule, problem.start),
          problem.message,
          problem.help,
          problem.start,
          problem.end,
          pointer,
        );
      else this.#problems.push({ ...problem, pointer });
    }
    for (const read of reads) this.#reads.push({ ...read, pointer });
    return withoutNeedlessFence(segments);
  }

  #templateProblem(
    rule: string,
    message: string,
    help: string | undefined,
    start: number,
    end: number,
    pointer: string,
  ): void {
    const range = this.#yaml.rangeInScalar(pointer, start, end);
    this.#problems.push({
      rule,
      message,
      ...(help ? { help } : {}),
      start: range.start.offset,
      end: range.end.offset,
      pointer,
    });
  }

  /** In github mode a placeholder is its own declaration: required, and whatever the user sends. */
  #infer(name: string): void {
    if (!this.#variables.has(name))
      this.#variables.set(name, { name, schema: {}, trust: 'user', required: true, fenced: false });
  }

  #variants(): Map<string, Variant> {
    const variants = new Map<string, Variant>();
    const declared = member(this.#value, 'variants');
    if (!isObject(declared)) return variants;
    for (const [name, value] of Object.entries(declared)) {
      const pointer = pointerTo('/variants', name);
      const model = member(value, 'model');
      const messages = member(value, 'messages');
      const examples = member(value, 'examples');
      const parameters = member(value, 'modelParameters');
      variants.set(name, {
        ...(typeof model === 'string' ? { model } : {}),
        ...(isObject(parameters) ? { parameters: parametersOf(parameters) } : {}),
        ...(Array.isArray(messages) ? { messages: this.#messages(messages, `${pointer}/messages`) } : {}),
        ...(Array.isArray(examples) ? { examples: this.#examples(examples, `${pointer}/examples`) } : {}),
      });
    }
    return variants;
  }

  #examples(value: JsonValue | undefined, pointer: string): Example[] {
    const examples = examplesOf(value, pointer);
    if (this.#strict) this.#problems.push(...checkExamples(this.#yaml, examples, this.#variables));
    return examples;
  }

  #version(): { version?: string } {
    const version = member(this.#value, 'version');
    return typeof version === 'string' || typeof version === 'number' ? { version: String(version) } : {};
  }

  #text(name: string): string | undefined {
    const text = member(this.#value, name);
    return typeof text === 'string' && text !== '' ? text : undefined;
  }

  #texts(...names: ('name' | 'description' | 'model' | 'technique')[]): {
    name?: string;
    description?: string;
    model?: string;
    technique?: string;
  } {
    return Object.fromEntries(
      names.flatMap((name) => (this.#text(name) === undefined ? [] : [[name, this.#text(name)!]])),
    );
  }
}

/** Whether a place in a template lies in braces behind a dollar. */
function isActions(text: string, at: number): boolean {
  const open = text.lastIndexOf('{{', at);
  return open > 0 && text[open - 1] === '$' && !text.slice(open, at).includes('}}');
}
