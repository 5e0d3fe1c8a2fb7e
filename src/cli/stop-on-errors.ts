import type { Finding, Prompt } from '../model/index.ts';
import type { LoadedPrompt } from '../workspace/index.ts';
import type { Context } from './command.ts';
import { EXIT } from './exit.ts';
import type { Opened } from './workspace.ts';

/**
 * A prompt file with errors stops render, compile and eval. Gives the prompts when there are none; else prints the findings
 * and gives the exit code.
 */
export async function stopOnErrors(
  context: Context,
  opened: Opened,
): Promise<{ readonly prompts: readonly Prompt[] } | { readonly exit: number }> {
  const [{ lint, rules }, { prettyLint }] = await Promise.all([
    import('../lint/index.ts'),
    import('../report/lint-pretty.ts'),
  ]);
  const blocking = rules.filter((rule) => rule.severity === 'error' && !/^(?:tokens|tests)\//.test(rule.id));
  const workspace = { ...opened.workspace, prompts: opened.selected };
  const result = lint(workspace, { rules: blocking });
  const errors = result.findings.filter((finding: Finding) => finding.severity === 'error');
  if (errors.length > 0) {
    context.terminal.note(
      prettyLint({ ...result, findings: errors }, { color: context.terminal.color, textOf: opened.workspace.textOf }),
    );
    return { exit: result.unreadable ? EXIT.unreadable : EXIT.findings };
  }
  return { prompts: opened.selected.flatMap(({ prompt }: LoadedPrompt) => (prompt ? [prompt] : [])) };
}
