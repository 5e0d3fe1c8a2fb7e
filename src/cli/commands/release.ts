import { resolve } from 'node:path';
import { bundleText, compileBundle } from '../../compile/index.ts';
import {
  bundleAt,
  headCommit,
  makeTags,
  planRelease,
  type PlannedTag,
  provenanceStatement,
  refuseBare,
  refuseDirtyTree,
  refuseProblems,
  type Repository,
  sideAt,
} from '../../release/index.ts';
import { PromptctlError } from '../../model/index.ts';
import { writeFileAtomic } from '../../store/index.ts';
import { staticCounter } from '../../tokens/prompt/index.ts';
import { CONFIG_FILE, globMatcher, isExperimentFile } from '../../workspace/index.ts';
import type { Command, Context } from '../command.ts';
import { type Ground, groundOf } from '../comparison.ts';
import { emit, envelope } from '../emit.ts';
import { EXIT } from '../exit.ts';
import { experimentsOf } from '../experiments.ts';
import { stopOnErrors } from '../stop-on-errors.ts';
import { isStale, planVersions } from '../versions.ts';
import { openWorkspace } from '../workspace.ts';

export const command: Command = {
  formats: ['pretty', 'json'],
  options: [
    { flags: '--dry-run', description: 'make nothing; show the tags' },
    { flags: '--sign', description: 'sign the tag, as `release.sign` does' },
    { flags: '--unsigned', description: 'do not sign, whatever `release.sign` says' },
    { flags: '--push', description: 'push the tags to origin; otherwise nothing leaves this machine' },
    { flags: '--provenance <file>', description: 'write an in-toto statement (SLSA v1) of the bundle' },
  ],
  examples: [
    { command: 'promptctl release', description: 'tag HEAD with the declared version and its digests' },
    { command: 'promptctl release --sign --push', description: 'signed, and pushed to origin' },
  ],
  run: async (context) => {
    const ground = groundOf(context);
    refuseBare(ground.folder);
    const opened = openWorkspace(context, []);
    const plan = planVersions(ground, {});
    const { history } = plan;
    const isPrompt = globMatcher(ground.config.prompts);
    const config = ground.config.file ?? CONFIG_FILE;
    refuseDirtyTree(
      history,
      (path) => path === config || isPrompt(path) || isExperimentFile(path) || /\.partial\.(?:md|txt)$/.test(path),
    );
    const checked = await stopOnErrors(context, opened);
    if ('exit' in checked) return checked.exit;
    refuseProblems(plan.problems);
    refuseStale(plan.steps.filter(isStale));
    const { repository } = history;
    const side = sideAt(repository, { commit: headCommit(repository), label: 'HEAD' }, ground.config);
    const bundle = bundleAt(side);
    const tags = planRelease(history, bundle, side.version);
    if (!context.options.flag('dryRun')) {
      makeTags(history, tags, {
        ...signing(context, ground.config.release.sign),
        push: context.options.flag('push'),
      });
      writeProvenance(context, ground, repository, tags, checked.prompts);
    }
    report(context, ground.folder, tags, bundle.digest);
    return EXIT.fine;
  },
};

function refuseStale(
  steps: readonly {
    readonly id?: string;
    readonly from: string | undefined;
    readonly to: string;
    readonly kinds: readonly string[];
  }[],
): void {
  if (steps.length === 0) return;
  const lines = steps.map(
    ({ id, from, to, kinds }) => `${id ?? 'the bundle'} says ${from} and needs ${to} (${kinds.join(', ')})`,
  );
  throw new PromptctlError('refused', lines.join('\n'), {
    hint: 'run `promptctl bump`, commit what it writes, and release again',
  });
}

function signing({ options }: Context, configured: boolean): { readonly sign?: boolean } {
  if (options.flag('unsigned')) return { sign: false };
  return options.flag('sign') || configured ? { sign: true } : {};
}

/** The statement is about the bundle that `promptctl compile` writes from this tree. */
function writeProvenance(
  context: Context,
  ground: Ground,
  repository: Repository,
  tags: readonly PlannedTag[],
  prompts: Parameters<typeof compileBundle>[0],
): void {
  const path = context.options.text('provenance');
  if (path === undefined) return;
  const { version, compile } = ground.config;
  const bundle = compileBundle(prompts, {
    ...(version === undefined ? {} : { version }),
    countStatic: staticCounter,
    experiments: experimentsOf(ground.folder),
  });
  const statement = provenanceStatement(repository, tags, { path: compile.out, text: bundleText(bundle) });
  writeFileAtomic(resolve(context.cwd, path), `${JSON.stringify(statement, undefined, 2)}\n`);
}

function report(context: Context, folder: string, tags: readonly PlannedTag[], digest: string): void {
  emit(
    context,
    tags,
    {
      pretty: (shown) =>
        shown
          .map(
            ({ name, state, trailers }) =>
              `${name}  ${state === 'new' ? (context.options.flag('dryRun') ? 'would be made' : 'released') : 'already released'}  ${trailers.digest.slice(0, 21)}\n`,
          )
          .join(''),
      json: (shown) =>
        envelope('release', folder, {
          summary: { new: shown.filter(({ state }) => state === 'new').length, digest },
          tags: shown,
        }),
    },
    'pretty',
  );
  const fresh = tags.filter(({ state }) => state === 'new');
  if (fresh.length > 0 && !context.options.flag('push') && !context.options.flag('dryRun'))
    context.terminal.note(`Push it with \`git push origin ${fresh.map(({ name }) => name).join(' ')}\`.\n`);
}
