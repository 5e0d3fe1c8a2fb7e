import { type DiffReport, diffSides, type Side, sideOfWorkspace } from '../../src/diff/index.ts';
import { experimentsIn, loadWorkspace, memorySource, parseConfig } from '../../src/workspace/index.ts';

export const FILE = 'support/triage.prompt.yml';

/** A side made of files in memory. */
export function sideOf(files: Readonly<Record<string, string>>, label = 'memory', config = ''): Side {
  const source = memorySource(files, label);
  return sideOfWorkspace(loadWorkspace(source, parseConfig(config, undefined)), label, experimentsIn(source));
}

export function diffFiles(
  old: Readonly<Record<string, string>>,
  now: Readonly<Record<string, string>>,
  config = '',
  today = '2026-01-15',
): DiffReport {
  return diffSides(sideOf(old, 'old', config), sideOf(now, 'new', config), { today });
}
