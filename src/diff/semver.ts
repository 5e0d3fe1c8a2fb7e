import type { Level } from './change.ts';

/** A semantic version (semver.org 2.0.0) in its parts; `pre` is what follows the hyphen, build metadata is dropped. */
export interface Version {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  readonly pre: readonly (string | number)[];
}

const VERSION =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-((?:0|[1-9]\d*|\d*[a-zA-Z-][\da-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][\da-zA-Z-]*))*))?(?:\+[\da-zA-Z-]+(?:\.[\da-zA-Z-]+)*)?$/;

export function parseVersion(text: string): Version | undefined {
  const match = VERSION.exec(text);
  if (!match) return undefined;
  const pre = match[4]?.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part)) ?? [];
  return { major: Number(match[1]), minor: Number(match[2]), patch: Number(match[3]), pre };
}

export function versionText({ major, minor, patch, pre }: Version): string {
  return `${major}.${minor}.${patch}${pre.length > 0 ? `-${pre.join('.')}` : ''}`;
}

/** Precedence as semver.org clause 11 has it. */
export function compareVersions(a: Version, b: Version): number {
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch || comparePre(a.pre, b.pre);
}

function comparePre(a: Version['pre'], b: Version['pre']): number {
  if (a.length === 0 || b.length === 0) return b.length - a.length;
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const left = a[at];
    const right = b[at];
    if (left === undefined) return -1;
    if (right === undefined) return 1;
    if (left === right) continue;
    if (typeof left !== typeof right) return typeof left === 'number' ? -1 : 1;
    return left < right ? -1 : 1;
  }
  return 0;
}

/** The version after one, for changes of a level. A pre-release of it counts as on the way there. */
export function increased(from: Version, level: Level): Version {
  const { major, minor, patch } = from;
  switch (level) {
    case 'none':
      return from;
    case 'patch':
      return { major, minor, patch: patch + 1, pre: [] };
    case 'minor':
      return { major, minor: minor + 1, patch: 0, pre: [] };
    case 'major':
      return { major: major + 1, minor: 0, patch: 0, pre: [] };
  }
}

/** A version without its pre-release. */
export function released({ major, minor, patch }: Version): Version {
  return { major, minor, patch, pre: [] };
}
