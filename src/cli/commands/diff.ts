import { type ChangeSeverity, type DiffReport, diffSides, reaches, renderedChanges } from '../../diff/index.ts';
import { diffJson } from '../../report/diff-json.ts';
import { markdownDiff } from '../../report/diff-markdown.ts';
import { prettyDiff } from '../../report/diff-pretty.ts';
import type { DiffView } from '../../report/diff-view.ts';
import { nearest } from '../../runtime/index.ts';
import type { Command, Context } from '../command.ts';
import { groundOf, sidesOf } from '../comparison.ts';
import { emit, envelope } from '../emit.ts';
import { EXIT, usage } from '../exit.ts';
import { today } from '../today.ts';

export const command: Command = {
  arguments: [{ name: '[ids...]', description: 'prompts by id or file; all that changed by default' }],
  formats: ['pretty', 'json', 'markdown'],
  options: [
    {
      flags: '--against <what>',
      description: 'a ref, a folder or a bundle; by default where this branch left the default branch',
    },
    {
      flags: '--fail-on <severity>',
      description: 'exit 1 where a change is that bad',
      choices: ['breaking', 'dangerous'],
    },
    { flags: '--rendered', description: 'what the test rows render to, before and now' },
    { flags: '--text', description: 'whole texts instead of the words around a change' },
    { flags: '--git-driver', description: 'be the diff driver of git; without arguments, set it up in this clone' },
    { flags: '--no-tokens', description: 'count no tokens' },
  ],
  examples: [
    { command: 'promptctl diff', description: 'what this branch changes, and what that asks of the versions' },
    { command: 'promptctl diff --against prompts@1.2.0', description: 'since a release' },
    {
      command: 'promptctl diff --against dist/prompts.json --fail-on breaking',
      description: 'against a bundle, as a gate',
    },
  ],
  run: async (context) => {
    if (context.options.flag('gitDriver')) {
      return context.args.length === 0
        ? (await import('../git-driver-setup.ts')).setUpGitDriver(context)
        : (await import('../git-driver.ts')).runGitDriver(context);
    }
    const ground = groundOf(context);
    const against = context.options.text('against');
    const sides = sidesOf(ground, against);
    const ids = idsOf(context, [...sides.old.prompts, ...sides.new.prompts]);
    const report = diffSides(sides.old, sides.new, { today: today(), ...(ids ? { ids } : {}) });
    const isWeighed = context.options.has('tokens') && report.changes.length > 0;
    const view: DiffView = {
      report,
      weightById: isWeighed ? (await import('../weights.ts')).weightsOf(report, ground) : new Map(),
      ...(context.options.flag('rendered')
        ? { renderedById: new Map(report.prompts.map((prompt) => [prompt.id, renderedChanges(prompt)])) }
        : {}),
      isWhole: context.options.flag('text'),
      isTouched: true,
    };
    emit(
      context,
      view,
      {
        pretty: (shown) => prettyDiff(shown, context.terminal),
        json: (shown) => envelope('diff', ground.folder, diffJson(shown)),
        markdown: markdownDiff,
      },
      'pretty',
    );
    return exitOf(report, context.options.text('failOn'));
  },
};

/** A file that can't be read is a failure whatever the threshold: what it would have said is unknown. */
function exitOf(report: DiffReport, threshold: string | undefined): number {
  if (report.unread.length > 0) return EXIT.findings;
  if (threshold === undefined) return EXIT.fine;
  const isBad = report.changes.some((change) => !change.waived && reaches(change, threshold as ChangeSeverity));
  return isBad ? EXIT.findings : EXIT.fine;
}

/** The ids that the arguments name, by id or by file. Without any, all. */
function idsOf(
  context: Context,
  prompts: readonly { readonly json: { readonly id: string }; readonly source?: { readonly file: string } }[],
): readonly string[] | undefined {
  if (context.args.length === 0) return undefined;
  const known = new Map(
    prompts.flatMap(({ json, source }) => [
      [json.id, json.id] as const,
      ...(source ? [[source.file, json.id] as const] : []),
    ]),
  );
  return context.args.map((arg) => {
    const id = known.get(arg) ?? known.get(arg.replace(/^\.\//, ''));
    if (id !== undefined) return id;
    const near = nearest(arg, [...known.values()]);
    if (near === undefined && known.size === 0) return arg;
    throw usage(
      `No changed prompt is called \`${arg}\``,
      near ? `did you mean \`${near}\`?` : `changed: ${[...new Set(known.values())].slice(0, 12).join(', ')}`,
    );
  });
}
