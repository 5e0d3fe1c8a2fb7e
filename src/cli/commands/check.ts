import { diffSides } from '../../diff/index.ts';
import { PromptctlError } from '../../model/index.ts';
import { refuseBare, workspaceName } from '../../release/index.ts';
import { markdownCheck } from '../../report/check-markdown.ts';
import { prettyCheck } from '../../report/check-pretty.ts';
import { type CheckReport, verdictOf } from '../../report/check-view.ts';
import { diffJson } from '../../report/diff-json.ts';
import type { DiffView } from '../../report/diff-view.ts';
import {
  budgetGate,
  bundleGate,
  changeGate,
  failedGate,
  lintGate,
  rowGate,
  versionGate,
  waiverGate,
} from '../check-gates.ts';
import type { Command } from '../command.ts';
import { type Ground, groundOf, sidesOf, tryRepository } from '../comparison.ts';
import { emit, envelope } from '../emit.ts';
import { EXIT } from '../exit.ts';
import { today } from '../today.ts';
import { weightsOf } from '../weights.ts';
import { openWorkspace } from '../workspace.ts';

export const command: Command = {
  formats: ['pretty', 'json', 'markdown'],
  options: [
    {
      flags: '--against <what>',
      description: 'a ref, a folder or a bundle; by default where this branch left the default branch',
    },
    {
      flags: '--fail-on <severity>',
      description: 'a change that bad fails, unless it is waived or its version is raised for it',
      choices: ['breaking', 'dangerous', 'none'],
      default: 'breaking',
    },
    { flags: '--allow-empty', description: 'no prompt is no failure' },
  ],
  examples: [
    {
      command: 'promptctl check',
      description: 'all that CI asks: lint, tests, budgets, changes, versions, bundle, waivers',
    },
    {
      command: 'promptctl check --format pretty --format markdown=check.md',
      description: 'and a comment for the pull request',
    },
  ],
  run: (context) => {
    const ground = groundOf(context);
    refuseBare(ground.folder);
    const opened = openWorkspace(context, []);
    const failOn = context.options.text('failOn') ?? 'breaking';
    const diff = attempt(() => compared(ground, context.options.text('against')));
    const repository = tryRepository(ground.folder);
    const report: CheckReport = {
      workspace: repository ? workspaceName(repository) : '.',
      gates: [
        lintGate(opened),
        rowGate(opened),
        budgetGate(opened),
        'error' in diff ? failedGate('changes', diff.error) : changeGate(diff.value.report, failOn),
        versionGate(ground),
        bundleGate(opened),
        ...('error' in diff ? [] : [waiverGate(diff.value.report)]),
      ],
      ...('error' in diff ? {} : { diff: diff.value }),
    };
    emit(
      context,
      report,
      {
        pretty: (shown) => prettyCheck(shown, context.terminal),
        markdown: markdownCheck,
        json: (shown) =>
          envelope('check', ground.folder, {
            summary: { verdict: verdictOf(shown) },
            gates: shown.gates,
            ...(shown.diff ? { diff: diffJson(shown.diff) } : {}),
          }),
      },
      'pretty',
    );
    return { pass: EXIT.fine, fail: EXIT.findings, unknown: EXIT.unreadable }[verdictOf(report)];
  },
};

function compared(ground: Ground, against: string | undefined): DiffView {
  const sides = sidesOf(ground, against);
  const report = diffSides(sides.old, sides.new, { today: today() });
  return { report, weightById: weightsOf(report, ground), isWhole: false, isTouched: false };
}

/** What git can't answer is one gate's news, not the end of the others. */
function attempt<Value>(work: () => Value): { readonly value: Value } | { readonly error: PromptctlError } {
  try {
    return { value: work() };
  } catch (cause) {
    if (cause instanceof PromptctlError && cause.code === 'unreadable') return { error: cause };
    throw cause;
  }
}
