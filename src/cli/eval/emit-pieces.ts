import { resolve } from 'node:path';
import { writeFileAtomic } from '../../store/index.ts';
import type { Context } from '../command.ts';

/** How a report becomes text, piece by piece: it may be larger than memory should hold. */
export type PieceFormats<Report> = Readonly<Record<string, (report: Report) => Iterable<string>>>;

const BLOCK = 64 * 1024;

/** As `emit`, for reports that are written in pieces. */
export function emitPieces<Report>(
  context: Context,
  report: Report,
  formats: PieceFormats<Report>,
  fallback: string,
): void {
  const targets = context.formats.length > 0 ? context.formats : [{ name: fallback, path: undefined }];
  for (const { name, path } of targets) {
    const pieces = formats[name]!(report);
    if (path !== undefined) {
      writeFileAtomic(resolve(context.cwd, path), pieces);
      continue;
    }
    let block = '';
    for (const piece of pieces) {
      block += piece;
      if (block.length < BLOCK) continue;
      context.terminal.out(block);
      block = '';
    }
    context.terminal.out(block);
  }
}
