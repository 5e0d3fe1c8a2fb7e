import { PromptctlError } from '../model/index.ts';
import { diskSource, type Experiment, experimentsIn } from '../workspace/index.ts';

/** The experiments that go into a bundle. @throws PromptctlError `refused` where one can't be read. */
export function experimentsOf(folder: string): readonly Experiment[] {
  const { found, problems } = experimentsIn(diskSource(folder, ['experiments']));
  if (problems.length === 0) return found;
  throw new PromptctlError('refused', problems.map(({ message }) => message).join('\n'), {
    hint: 'mend the files under experiments/',
  });
}
