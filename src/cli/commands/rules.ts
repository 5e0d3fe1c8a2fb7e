import { rules } from '../../lint/index.ts';
import type { Command } from '../command.ts';
import { emit, envelope } from '../emit.ts';
import { EXIT } from '../exit.ts';

export const command: Command = {
  formats: ['pretty', 'json'],
  examples: [{ command: 'promptctl rules', description: 'every rule with its severity, its preset and what it finds' }],
  run: (context) => {
    const list = rules.map(({ id, severity, preset, fixable, summary, owasp }) => ({
      id,
      severity,
      preset,
      fixable,
      summary,
      owasp,
    }));
    const width = Math.max(...list.map(({ id }) => id.length));
    emit(
      context,
      list,
      {
        pretty: (report) =>
          report
            .map(
              ({ id, severity, preset, summary }) =>
                `${id.padEnd(width)}  ${severity.padEnd(7)}  ${preset.padEnd(11)}  ${summary}\n`,
            )
            .join(''),
        json: (report) => envelope('rules', context.cwd, { summary: { rules: report.length }, rules: report }),
      },
      'pretty',
    );
    return EXIT.fine;
  },
};
