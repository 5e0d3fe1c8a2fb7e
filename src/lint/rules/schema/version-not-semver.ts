import { promptRule, type Rule } from '../../rule.ts';

/** Semantic Versioning 2.0.0, its own expression. */
const SEMVER =
  /^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-(?:0|[1-9]\d*|\d*[a-zA-Z-][\da-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][\da-zA-Z-]*))*)?(?:\+[\da-zA-Z-]+(?:\.[\da-zA-Z-]+)*)?$/;

export const versionNotSemver: Rule = promptRule({
  id: 'schema/version-not-semver',
  severity: 'error',
  preset: 'minimal',
  summary: 'A version that is no semantic version.',
  why: '`promptctl bump` counts in major, minor and patch, and applications ask for ranges of them. `1.10` without quotes is a number to YAML, and the same as 1.1.',
  fixable: 'unsafe',
  examples: {
    bad: [
      { text: 'promptctl: 1\nversion: 1.10\nmessages:\n  - role: user\n    content: Hello\n', line: 2 },
      { text: 'promptctl: 1\nversion: v2.2.0\nmessages:\n  - role: user\n    content: Hello\n', line: 2 },
    ],
    good: [{ text: 'promptctl: 1\nversion: 2.2.0-rc.1+build.5\nmessages:\n  - role: user\n    content: Hello\n' }],
  },
  check: ({ prompt, yaml, report }) => {
    if (prompt.version === undefined || SEMVER.test(prompt.version)) return;
    const node = yaml.node('/version');
    const written =
      node?.kind === 'scalar' && typeof node.value === 'number' ? (node.source ?? prompt.version) : prompt.version;
    const parts = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?$/.exec(written.trim());
    const meant = parts && [parts[1], parts[2] ?? 0, parts[3] ?? 0].map(Number).join('.');
    const { start, end } = yaml.rangeOf('/version');
    report({
      message: `\`${written}\` is no semantic version${node?.kind === 'scalar' && typeof node.value === 'number' ? ': YAML reads a number' : ''}`,
      help: meant ? `write ${meant}` : 'write major.minor.patch, as in 1.4.0',
      at: { pointer: '/version' },
      // In github mode the key may be another tool's own.
      ...(prompt.mode === 'github' ? { severity: 'warning' } : {}),
      ...(meant ? { fixes: [{ safe: false, edits: [{ start: start.offset, end: end.offset, text: meant }] }] } : {}),
    });
  },
});
