import { createTwoFilesPatch } from 'diff';
import {
  type ChangeExample,
  type ChangeKind,
  diffSides,
  type Side,
  sideOfWorkspace,
  witnessText,
} from '../diff/index.ts';
import { experimentsIn, loadWorkspace, memorySource, parseConfig } from '../workspace/index.ts';

const FILE = 'support/triage.prompt.yml';
/** The whole file, so that an example can be read by itself. */
const CONTEXT = 1000;

/** The page of a kind of change, in Markdown: made from the kind itself, with what is really reported of its examples. */
export function changePage(kind: ChangeKind): string {
  const facts = [
    `Level: ${kind.level}.`,
    `Category: ${kind.category}.`,
    `Severity: ${kind.severity}.`,
    ...(kind.security ? ['Security: yes.'] : []),
  ];
  const sections = [
    `# ${kind.kind}`,
    sentence(kind.summary),
    facts.join(' '),
    '## Why',
    kind.reason,
    kind.examples.length === 1 ? '## Example' : '## Examples',
    ...kind.examples.flatMap((example) => exampleSections(kind, example)),
  ];
  return `${sections.join('\n\n')}\n`;
}

/** The list of all kinds: the table that `bump` goes by. */
export function changesIndex(kinds: readonly ChangeKind[]): string {
  const rows = kinds.map(
    ({ kind, category, level, severity, security, summary }) =>
      `| [${kind}](${kind}.md) | ${level} | ${severity}${security ? ', security' : ''} | ${category} | ${summary} |`,
  );
  return `# Kinds of change\n\nWritten from the code by \`npm run generate\`. Below 1.0.0 major plays as minor, and minor as patch.\n\n| kind | level | severity | category | what changed |\n| --- | --- | --- | --- | --- |\n${rows.join('\n')}\n`;
}

function exampleSections(kind: ChangeKind, example: ChangeExample): string[] {
  const old: Readonly<Record<string, string>> = {
    ...(example.old === undefined ? {} : { [FILE]: example.old }),
    ...example.files?.old,
  };
  const now: Readonly<Record<string, string>> = {
    ...(example.new === undefined ? {} : { [FILE]: example.new }),
    ...example.files?.new,
  };
  const paths = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((path) => old[path] !== now[path]);
  const patches = paths.map((path) => patchOf(path, old[path] ?? '', now[path] ?? ''));
  const { changes } = diffSides(sideOf(old), sideOf(now), { today: '2026-01-01' });
  const told = changes
    .filter((change) => change.kind === kind.kind)
    .map(({ message, witness }) => {
      const shown = witness === undefined ? '' : ` Example: \`${witnessText(witness)}\`.`;
      return `- ${sentence(message)}${shown}`;
    });
  return [`${sentence(example.name).slice(0, -1)}:`, ...patches, `Reported:\n\n${told.join('\n')}`];
}

function patchOf(path: string, old: string, now: string): string {
  const patch = createTwoFilesPatch(path, path, old, now, '', '', { context: CONTEXT });
  const body = patch.split('\n').filter((line) => !/^(?:Index: |===|--- |\+\+\+ |@@|\\ )/.test(line));
  return `\`\`\`diff\n# ${path}\n${body.join('\n').trimEnd()}\n\`\`\``;
}

function sideOf(files: Readonly<Record<string, string>>): Side {
  const source = memorySource(files);
  return sideOfWorkspace(loadWorkspace(source, parseConfig('', undefined)), 'example', experimentsIn(source));
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.:]$/.test(text) ? '' : '.'}`;
}
