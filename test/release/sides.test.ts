import { describe, expect, it } from 'vitest';
import { diffSides } from '../../src/diff/index.ts';
import { mergeBase, repositoryOf, sidesSince } from '../../src/release/index.ts';
import { diskSource, findConfig, type Source } from '../../src/workspace/index.ts';
import { desk, repositoryWith, type TestRepository, triage } from './repository.ts';

const ALONE = triage().replace('{{> tone}}', '');
const PROMPTS = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`prompts/p${at}.prompt.yml`, ALONE]));

/** Compares with main, and tells which prompts each side parsed and which prompt files were read from disk at all. */
function compared(repository: TestRepository): { old: string[]; new: string[]; read: string[]; changed: string[] } {
  const { config } = findConfig(repository.folder);
  const disk = diskSource(repository.folder);
  const read = new Set<string>();
  const counting: Source = {
    ...disk,
    read: (paths) => {
      for (const path of paths) if (path.endsWith('.prompt.yml')) read.add(path);
      return disk.read(paths);
    },
  };
  const git = repositoryOf(repository.folder);
  const sides = sidesSince(git, mergeBase(git, undefined), config, counting);
  const ids = (side: typeof sides.old): string[] => side.prompts.map(({ json }) => json.id);
  const { changes } = diffSides(sides.old, sides.new, { today: '2026-01-15' });
  return {
    old: ids(sides.old),
    new: ids(sides.new),
    read: [...read].sort(),
    changed: changes.map(({ promptId }) => promptId),
  };
}

describe('what a comparison reads', () => {
  it('parses the prompts that changed, and reads no other', () => {
    const repository = repositoryWith({ ...desk(), ...PROMPTS });
    repository.write({ 'prompts/p7.prompt.yml': ALONE.replace('our team', 'you'), 'prompts/new.prompt.yml': ALONE });
    expect(compared(repository)).toEqual({
      old: ['p7'],
      new: ['new', 'p7'],
      read: ['prompts/new.prompt.yml', 'prompts/p7.prompt.yml'],
      changed: ['new', 'p7'],
    });
  });

  it('scans for what includes a changed partial, through others too, and parses only that', () => {
    const repository = repositoryWith({
      ...desk(),
      ...PROMPTS,
      'prompts/brand.partial.md': 'We are Acme.\n',
      'prompts/tone.partial.md': '{{> brand}} Be kind.\n',
      'prompts/p3.prompt.yml': ALONE.replace('our team', '{{> brand}}'),
    });
    repository.write({ 'prompts/brand.partial.md': 'We are Acme Ltd.\n' });
    expect(compared(repository)).toMatchObject({
      old: ['p3', 'support/triage'],
      new: ['p3', 'support/triage'],
      changed: ['p3', 'support/triage'],
    });
  });

  it('reads nothing where nothing changed', () => {
    const repository = repositoryWith({ ...desk(), ...PROMPTS });
    repository.write({ 'README.md': 'Other files are no prompts.\n' });
    expect(compared(repository)).toEqual({ old: [], new: [], read: [], changed: [] });
  });
});
