import { existsSync } from 'node:fs';
import type { EvalReport } from '../../eval/index.ts';
import { listRuns, runPaths } from '../../store/index.ts';
import { findConfig } from '../../workspace/index.ts';
import type { Command } from '../command.ts';
import { emitPieces } from '../eval/emit-pieces.ts';
import { evalFormatNames, evalFormats } from '../eval/formats.ts';
import { readStored } from '../eval/stored.ts';
import { EXIT, usage } from '../exit.ts';

export const command: Command = {
  arguments: [{ name: '[run]', description: 'a run by name, by folder or by its results.json; the newest by default' }],
  formats: evalFormatNames,
  examples: [
    { command: 'promptctl view', description: 'the newest run, on the terminal' },
    { command: 'promptctl view --format html=report.html', description: 'as one file to open in a browser' },
  ],
  run: (context) => {
    const { folder } = findConfig(context.cwd, context.config);
    const named = context.args[0] ?? listRuns(folder).find((run) => existsSync(runPaths(folder, run).results));
    if (named === undefined) throw usage('There is no run to show', 'make one with `promptctl eval`');
    const stored = readStored(folder, context.cwd, named);
    const report: EvalReport = { ...stored, outcomes: () => stored.outcomes };
    emitPieces(context, report, evalFormats(context, folder), 'pretty');
    return EXIT.fine;
  },
};
