import { resolve } from 'node:path';
import type { Level } from '../../diff/index.ts';
import { refuseProblems, type SinceRelease, spliceVersion, type VersionStep } from '../../release/index.ts';
import { type PlacedStep, prettySteps } from '../../report/bump-pretty.ts';
import { writeFileAtomic } from '../../store/index.ts';
import { CONFIG_FILE, decode, diskSource } from '../../workspace/index.ts';
import { PromptctlError } from '../../model/index.ts';
import type { Command, Context } from '../command.ts';
import { type Ground, groundOf } from '../comparison.ts';
import { emit, envelope } from '../emit.ts';
import { EXIT, usage } from '../exit.ts';
import { promptIds } from '../prompt-ids.ts';
import { isStale, planVersions } from '../versions.ts';

export const command: Command = {
  arguments: [{ name: '[ids...]', description: 'prompts by id or file; all by default' }],
  formats: ['pretty', 'json'],
  options: [
    { flags: '--against <ref>', description: 'a ref; by default the last release before HEAD' },
    { flags: '--check', description: 'write nothing; exit 1 where a version is lower than the changes ask' },
    { flags: '--dry-run', description: 'write nothing; show what would be written' },
    {
      flags: '--level <level>',
      description: 'at least this level, for the prompts named; without names, for the bundle',
      choices: ['patch', 'minor', 'major'],
    },
    { flags: '--pre <name>', description: 'a pre-release on the way, as rc: 2.0.0-rc.0' },
  ],
  examples: [
    { command: 'promptctl bump', description: 'write the versions that the changes ask for' },
    { command: 'promptctl bump --check', description: 'in CI: are the versions high enough?' },
    { command: 'promptctl bump --pre rc', description: 'a release candidate' },
  ],
  run: (context) => {
    const { options } = context;
    const ground = groundOf(context);
    const pre = options.text('pre');
    if (pre !== undefined && !/^[a-zA-Z][\da-zA-Z-]*$/.test(pre))
      throw usage(`--pre takes a name as rc or beta, not \`${pre}\``);
    const level = options.text('level') as Level | undefined;
    const ids = context.args.length > 0 ? promptIds(ground, context.args) : undefined;
    const wish = { ...(level ? { level } : {}), ...(ids ? { ids } : {}), ...(pre === undefined ? {} : { pre }) };
    const plan = planVersions(ground, wish, options.text('against'));
    refuseProblems(plan.problems);
    const isCheck = options.flag('check');
    const steps = isCheck ? plan.steps.filter(isStale) : plan.steps;
    const spliced = splices(ground, plan.since, steps);
    if (!isCheck && !options.flag('dryRun'))
      for (const { file, text } of spliced) writeFileAtomic(resolve(ground.folder, file), text);
    report(
      context,
      ground,
      spliced.map(({ step }) => step),
      plan.since,
      isCheck || options.flag('dryRun'),
    );
    return isCheck && steps.length > 0 ? EXIT.findings : EXIT.fine;
  },
};

/** Every new text, before any is written: where one version can't be replaced, no file is touched. */
function splices(
  ground: Ground,
  since: readonly SinceRelease[],
  steps: readonly VersionStep[],
): readonly { readonly file: string; readonly text: string; readonly step: PlacedStep }[] {
  const fileById = new Map(
    since.flatMap(({ new: side }) => side.prompts.map(({ json, source }) => [json.id, source?.file ?? ''] as const)),
  );
  const disk = diskSource(ground.folder);
  return steps.map((step) => {
    const file = step.id === undefined ? (ground.config.file ?? CONFIG_FILE) : fileById.get(step.id)!;
    const content = disk.read([file]).get(file);
    if (!content || !('bytes' in content))
      throw new PromptctlError('unreadable', `${file} ${content ? content.message : 'is gone'}`);
    const decoded = decode(content.bytes);
    const { text, line } = spliceVersion(file, decoded.text, step.to);
    // Through a link the file that it leads to is written, and the link stays.
    return { file: content.realPath ?? file, text, step: { ...step, file, line } };
  });
}

function report(
  context: Context,
  ground: Ground,
  steps: readonly PlacedStep[],
  since: readonly SinceRelease[],
  isDry: boolean,
): void {
  emit(
    context,
    steps,
    {
      pretty: prettySteps,
      json: (shown) =>
        envelope('bump', ground.folder, {
          summary: { steps: shown.length, written: !isDry, against: since.map(({ label }) => label) },
          steps: shown,
        }),
    },
    'pretty',
  );
  if (since.length === 0) context.terminal.note('There is no release yet: the versions stand as declared.\n');
  else if (steps.length === 0)
    context.terminal.note(
      `The versions are high enough for the changes since ${since.map(({ label }) => label).join(', ')}.\n`,
    );
  else if (isDry) context.terminal.note('Nothing was written; `promptctl bump` writes it.\n');
}
