import { type LogEntry, promptLog, refuseBare, releaseHistory, repositoryOf } from '../../release/index.ts';
import { changeJson } from '../../report/diff-json.ts';
import { stakes } from '../../report/diff-view.ts';
import { paint, printable } from '../../report/paint.ts';
import type { Command } from '../command.ts';
import { groundOf, workingSide } from '../comparison.ts';
import { emit, envelope } from '../emit.ts';
import { EXIT } from '../exit.ts';
import { promptIds } from '../prompt-ids.ts';
import { today } from '../today.ts';

export const command: Command = {
  arguments: [{ name: '<id>', description: 'the id or the file of one prompt' }],
  formats: ['pretty', 'json'],
  examples: [{ command: 'promptctl log support/triage', description: 'its versions, and what changed in each' }],
  run: (context) => {
    const ground = groundOf(context);
    refuseBare(ground.folder);
    const [id = ''] = promptIds(ground, context.args);
    const aliases = workingSide(ground).prompts.find(({ json }) => json.id === id)?.json.aliases ?? [];
    const history = releaseHistory(repositoryOf(ground.folder), ground.config);
    const entries = promptLog(history, ground.config, [id, ...aliases], today());
    emit(
      context,
      entries,
      {
        pretty: (shown) => pretty(shown, context.terminal.color),
        json: (shown) =>
          envelope('log', ground.folder, {
            summary: { id, releases: shown.length },
            releases: shown.map((entry) => ({ ...entry, changes: entry.changes.map(changeJson) })),
          }),
      },
      'pretty',
    );
    if (entries.length === 0) context.terminal.note(`No release holds \`${id}\` yet.\n`);
    return EXIT.fine;
  },
};

function pretty(entries: readonly LogEntry[], color: boolean): string {
  const colors = paint(color);
  return entries
    .map(({ tag, date, version, level, changes }) => {
      const head = `${colors.bold(version ?? '(no version)')}  ${level}  ${colors.dim(`${tag}, ${date}`)}\n`;
      return head + changes.map((change) => `  ${stakes(change).padEnd(9)} ${printable(change.message)}\n`).join('');
    })
    .join('');
}
