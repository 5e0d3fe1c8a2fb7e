import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareVersions, increased, parseVersion, versionText } from '../../src/diff/index.ts';
import { tagNames } from '../../src/release/tags.ts';
import { parseTrailers, trailersText } from '../../src/release/trailers.ts';

describe('the names of tags', () => {
  it('read what they write', () => {
    const id = fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,5}(?:\/[a-z0-9][a-z0-9._-]{0,5})?$/);
    const version = fc.constantFrom('1.2.3', '0.0.1', '2.0.0-rc.0', '10.20.30');
    fc.assert(
      fc.property(
        fc.constantFrom('prompts@{version}', 'v{version}', '{id}@{version}', 'desk/{id}/v{version}'),
        id,
        version,
        (template, name, text) => {
          const names = tagNames(template);
          expect(names.read(names.nameOf(text, name))).toEqual({
            version: parseVersion(text),
            text,
            ...(names.isIndependent ? { id: name } : {}),
          });
        },
      ),
      { seed: 1 },
    );
  });

  it('take nothing else for a release', () => {
    const names = tagNames('prompts@{version}');
    for (const name of [
      'prompts@latest',
      'prompts@1.2',
      'prompts@01.2.3',
      'other/prompts@1.2.3',
      'prompts@1.2.3/x',
      'prompts.1.2.3',
    ])
      expect(names.read(name), name).toBeUndefined();
    for (const template of ['prompts', '{version}{version}', '{id}{id}{version}'])
      expect(() => tagNames(template)).toThrow('release.tag');
  });
});

it('reads the trailers that it writes', () => {
  const trailers = {
    digest: `sha256/1:${'a'.repeat(64)}`,
    contract: `sha256/1:${'b'.repeat(64)}`,
    prompts: [
      { id: 'a', version: '1.0.0', digest: 'sha256/1:c' },
      { id: 'b/c', version: undefined, digest: 'sha256/1:d' },
    ],
    workspace: 'apps/desk',
  };
  expect(parseTrailers(`prompts@1.0.0\n\ntext\n\n${trailersText(trailers)}\n`)).toEqual(trailers);
  expect(parseTrailers('a tag of somebody else')).toBeUndefined();
});

describe('versions', () => {
  it('are in the order of semver.org', () => {
    const order = [
      '1.0.0-alpha',
      '1.0.0-alpha.1',
      '1.0.0-alpha.beta',
      '1.0.0-beta',
      '1.0.0-beta.2',
      '1.0.0-beta.11',
      '1.0.0-rc.1',
      '1.0.0',
      '1.0.1',
      '1.1.0',
      '2.0.0',
      '10.0.0',
    ];
    const parsed = order.map((text) => parseVersion(text)!);
    expect([...parsed].reverse().sort(compareVersions).map(versionText)).toEqual(order);
    expect(compareVersions(parseVersion('1.0.0+a')!, parseVersion('1.0.0+b')!)).toBe(0);
  });

  it.each(['1.2', '1.2.3.4', '01.2.3', 'v1.2.3', '1.2.3-', '1.2.3-01', '1.2.3+', ''])('%s is none', (text) => {
    expect(parseVersion(text)).toBeUndefined();
  });

  it('grow with the level', () => {
    const from = parseVersion('1.2.3')!;
    expect((['none', 'patch', 'minor', 'major'] as const).map((level) => versionText(increased(from, level)))).toEqual([
      '1.2.3',
      '1.2.4',
      '1.3.0',
      '2.0.0',
    ]);
  });
});
