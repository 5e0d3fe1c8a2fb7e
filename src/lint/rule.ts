import type { Finding, Fix, Prompt, Range, Severity } from '../model/index.ts';
import type { JsonSchema } from '../runtime/index.ts';
import type { LoadedPrompt, SourceProblem, Workspace, YamlFile } from '../workspace/index.ts';

export type Preset = 'minimal' | 'recommended' | 'all';

export const PRESETS: readonly Preset[] = ['minimal', 'recommended', 'all'];

/** A prompt file that shows a rule at work. Every bad one must be found, every good one stay quiet: they are the rule's tests. */
export interface RuleExample {
  readonly text: string;
  /** Its path; by default `prompts/support/triage.prompt.yml`. */
  readonly file?: string;
  /** Further files: partials, schemas, rows, promptctl.yaml. */
  readonly files?: Readonly<Record<string, string>>;
  /** Line, from 1, where a bad one's finding stands. */
  readonly line?: number;
}

/** Id in the OWASP Top 10 for LLM applications, 2025. */
export type OwaspId = `LLM${'01' | '02' | '03' | '04' | '05' | '06' | '07' | '08' | '09' | '10'}:2025`;

/** A lint rule is its own documentation: the page, the preset, the schema of its options and its tests come from here. */
export interface Rule {
  readonly id: string;
  readonly severity: Severity;
  /** In a file without `promptctl:`, where it is another. */
  readonly githubSeverity?: Severity;
  /** The weakest preset that turns it on. */
  readonly preset: Preset;
  /** One line: what it finds. */
  readonly summary: string;
  /** One paragraph: what goes wrong in production without it. */
  readonly why: string;
  /** When to turn it off. */
  readonly unless?: string;
  readonly owasp?: OwaspId;
  readonly options?: { readonly schema: JsonSchema; readonly defaults: Readonly<Record<string, unknown>> };
  readonly fixable?: 'safe' | 'unsafe';
  /** What the fix changes in what the model gets. Absent where it changes nothing there. */
  readonly fixChanges?: string;
  readonly examples: { readonly bad: readonly RuleExample[]; readonly good: readonly RuleExample[] };
  check(context: RuleContext): void;
}

/** Where a finding stands: a pointer into the YAML (its value, or its key), a part of a string's text, or offsets. */
export type Place =
  | { readonly pointer: string; readonly part?: 'key' | 'value'; readonly text?: readonly [start: number, end: number] }
  | { readonly pointer?: string; readonly offsets: readonly [start: number, end: number]; readonly file?: string };

export interface Report {
  readonly message: string;
  readonly help?: string;
  readonly at: Place;
  readonly fixes?: readonly Fix[];
  /** Instead of the rule's own severity in strict mode, where it depends on the place. A configured severity beats both. */
  readonly severity?: Severity;
}

/** What a rule sees: one file, its prompt where it has one, and the workspace around it. */
export interface RuleContext {
  readonly file: LoadedPrompt;
  readonly yaml: YamlFile;
  /** Undefined where the file does not load. */
  readonly prompt: Prompt | undefined;
  readonly workspace: Workspace;
  readonly options: Readonly<Record<string, unknown>>;
  /** Facts that rules share, worked out once a workspace. */
  readonly facts: Facts;
  report(report: Report): void;
}

/** As RuleContext, for the rules that need a prompt. */
export interface PromptContext extends RuleContext {
  readonly prompt: Prompt;
}

export interface Facts {
  /** Every file of the workspace that declares an id, by that id. */
  readonly filesById: ReadonlyMap<string, readonly string[]>;
  /** For injected time: days since a date are counted from it. */
  readonly now: Date;
}

export type { Finding, Fix, LoadedPrompt, Range, Severity, SourceProblem };

/** A rule over prompts: files that don't load are none of its business. */
export function promptRule(rule: Omit<Rule, 'check'> & { check(context: PromptContext): void }): Rule {
  return {
    ...rule,
    check: (context) => {
      if (context.prompt) rule.check(context as PromptContext);
    },
  };
}

/** A rule that tells what reading the file found. */
export function readingRule(rule: Omit<Rule, 'check'>): Rule {
  return {
    ...rule,
    check: (context) => {
      for (const problem of context.file.problems) {
        if (problem.rule !== rule.id) continue;
        const { message, help, start, end, pointer, file, fix } = problem;
        context.report({
          message,
          ...(help === undefined ? {} : { help }),
          at: { offsets: [start, end], pointer, ...(file === undefined ? {} : { file }) },
          ...(fix ? { fixes: [fix] } : {}),
        });
      }
    },
  };
}
