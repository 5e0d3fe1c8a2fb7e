import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { lint, rules } from '../../src/lint/index.ts';
import type { Finding } from '../../src/model/index.ts';
import type { Workspace } from '../../src/workspace/index.ts';
import { exampleWorkspace, pathOf, TODAY } from './example-workspace.ts';

/** A defect planted in a prompt that looks like a real one; planted/README.md says what must hold. */
export interface Case {
  readonly name: string;
  readonly mode: 'strict' | 'github';
  readonly preset: string;
  readonly expect?: Spot & { readonly or?: Spot; readonly severity?: string; readonly alsoAllowed?: readonly string[] };
  readonly path?: string;
  readonly config?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly bad?: string;
  readonly good?: string;
}

interface Spot {
  readonly line: number;
  readonly file?: string;
}

const FOLDER = fileURLToPath(new URL('./planted/', import.meta.url));
const CONFIG = 'prompts: ["prompts/**/*.prompt.{yml,yaml}"]\n';

/** The cases of each file of the planted set, by its name: `security/obey-data.yml`. */
export function plantedCases(): ReadonlyMap<string, readonly Case[]> {
  const names = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yml'));
  return new Map(names.sort().map((name) => [name, parse(readFileSync(FOLDER + name, 'utf8')) as readonly Case[]]));
}

export function pathOfCase({ path }: Case): string {
  return pathOf(path === undefined ? {} : { file: path });
}

/** The repository that a case describes, with `text` as its prompt. */
export function plantedWorkspace(planted: Case, text: string, preset = 'all'): Workspace {
  const files = { ...planted.files, 'promptctl.yaml': planted.config ?? CONFIG };
  return exampleWorkspace({ text, file: pathOfCase(planted), files }, preset);
}

export function lintPlanted(planted: Case, text: string, preset = 'all'): readonly Finding[] {
  return lint(plantedWorkspace(planted, text, preset), { now: TODAY }).findings;
}

/** What is found in every planted defect and in every bad example of a rule, run by run. */
export function plantedRuns(): readonly (readonly Finding[])[] {
  const planted = [...plantedCases().values()]
    .flat()
    .flatMap((each) => (each.bad === undefined ? [] : [lintPlanted(each, each.bad)]));
  const examples = rules
    .flatMap((rule) => rule.examples.bad)
    .map((example) => lint(exampleWorkspace(example), { now: TODAY }).findings);
  return [...planted, ...examples];
}
