import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { formatPrompts, type FormattedPrompt } from '../../fmt/index.ts';
import { counted, printable } from '../../report/paint.ts';
import { writeFileAtomic } from '../../store/index.ts';
import type { Command } from '../command.ts';
import { emit, envelope } from '../emit.ts';
import { EXIT } from '../exit.ts';
import { openWorkspace } from '../workspace.ts';

export const command: Command = {
  arguments: [{ name: '[paths...]', description: 'prompt files, folders or ids; all prompts by default' }],
  formats: ['pretty', 'json'],
  options: [
    { flags: '--check', description: 'write nothing, and fail where a file is not in its canonical layout' },
    { flags: '--allow-empty', description: 'no prompt is no failure' },
  ],
  examples: [
    { command: 'promptctl fmt', description: 'put keys in order and indent by two; comments and texts stay' },
    { command: 'promptctl fmt --check', description: 'in CI' },
  ],
  run: (context) => {
    const { folder, workspace, selected } = openWorkspace(context);
    const isCheck = context.options.flag('check');
    const readable = selected.filter(({ unreadable }) => !unreadable);
    const formatted = formatPrompts(
      workspace,
      readable.map(({ file }) => file),
    );
    const changed = formatted.filter(({ isChanged }) => isChanged);
    // A link stays one: the file that it leads to is written.
    if (!isCheck) for (const { file, text } of changed) writeFileAtomic(realpathSync(resolve(folder, file)), text);
    emit(
      context,
      formatted,
      {
        pretty: () => changed.map(({ file }) => `${printable(file)}\n`).join(''),
        json: () => jsonOf(folder, formatted),
      },
      'pretty',
    );
    for (const { file, refusal } of formatted)
      if (refusal !== undefined) context.terminal.note(`${printable(file)} is left as it is: ${printable(refusal)}\n`);
    for (const { file, unreadable, problems } of selected)
      if (unreadable) context.terminal.note(`${problems[0]?.message ?? `${file} can't be read`}\n`);
    const verb = isCheck ? 'would change' : 'changed';
    context.terminal.note(`${counted(changed.length, 'file')} of ${counted(selected.length, 'prompt')} ${verb}.\n`);
    if (readable.length < selected.length) return EXIT.unreadable;
    const isBroken = selected.some(({ prompt }) => prompt === undefined);
    return isBroken || (isCheck && changed.length > 0) ? EXIT.findings : EXIT.fine;
  },
};

function jsonOf(folder: string, formatted: readonly FormattedPrompt[]): string {
  const changed = formatted.filter(({ isChanged }) => isChanged).map(({ file }) => file);
  const refused = formatted.flatMap(({ file, refusal }) => (refusal === undefined ? [] : [{ file, reason: refusal }]));
  const summary = { files: formatted.length, changed: changed.length, refused: refused.length };
  return envelope('fmt', folder, { summary, changed, refused });
}
