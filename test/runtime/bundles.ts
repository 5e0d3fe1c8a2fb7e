import { compileBundle } from '../../src/compile/index.ts';
import { type Bundle, loadBundle } from '../../src/runtime/index.ts';
import { type LoadedPrompt, loadWorkspace, memorySource, parseConfig } from '../../src/workspace/index.ts';

/** The bundle of some prompt files, as an application loads it: through its JSON. */
export function bundleOf(files: Readonly<Record<string, string>>): Bundle {
  const { prompts } = loadWorkspace(
    memorySource(files),
    parseConfig('prompts: ["**/*.prompt.yml"]\n', 'promptctl.yaml'),
  );
  const problems = prompts.flatMap((loaded: LoadedPrompt) => loaded.problems.map(({ message }) => message));
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return loadBundle(
    JSON.stringify(
      compileBundle(
        prompts.map(({ prompt }) => prompt!),
        { version: '1.0.0' },
      ),
    ),
  );
}

/** One prompt of strict mode around its variables and messages, as YAML. */
export function promptOf(variables: string, messages: string, more = ''): ReturnType<Bundle['prompt']> {
  const text = `promptctl: 1\nmodel: openai/gpt-4o-mini\nvariables: ${variables}\nmessages: ${messages}\n${more}`;
  return bundleOf({ 'desk.prompt.yml': text }).prompt('desk');
}
