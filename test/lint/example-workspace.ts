import type { RuleExample } from '../../src/lint/index.ts';
import { loadWorkspace, memorySource, parseConfig, type Workspace } from '../../src/workspace/index.ts';

/** The day the tests are held on: models retire, and no test may fail because they did. */
export const TODAY: Date = new Date('2026-10-01T00:00:00Z');

const PATH = 'prompts/support/triage.prompt.yml';

export function pathOf({ file }: Pick<RuleExample, 'file'>): string {
  return file ?? PATH;
}

/** Loads a rule's example as the files of a repository, under the preset that turns every rule on. */
export function exampleWorkspace(example: RuleExample, preset = 'all'): Workspace {
  const files = { ...example.files, [pathOf(example)]: example.text };
  const config = `${files['promptctl.yaml'] ?? ''}\nextends: ${preset}\n`;
  return loadWorkspace(memorySource(files), parseConfig(config, 'promptctl.yaml'));
}
