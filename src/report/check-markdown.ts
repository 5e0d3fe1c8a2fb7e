import { type CheckReport, checkMarker, type Gate, verdictOf } from './check-view.ts';
import { cell, markdownDiff } from './diff-markdown.ts';

const MARKS: Record<Gate['state'], string> = { pass: '✅', warn: '⚠️', fail: '❌', unknown: '❔', skip: '➖' };
const MOST_DETAILS = 20;
/** GitHub refuses a comment over 65 536 characters. */
const MOST_CHARACTERS = 60_000;

/** The report as a comment on a pull request. Its first line is a marker, so that the next run replaces it. */
export function markdownCheck(report: CheckReport): string {
  const title = {
    pass: 'Prompts: all checks pass',
    fail: 'Prompts: some checks fail',
    unknown: 'Prompts: some checks could not run',
  };
  const lines = [
    checkMarker(report.workspace),
    `### ${title[verdictOf(report)]}${report.workspace === '.' ? '' : ` (\`${report.workspace}\`)`}`,
    '',
    '| | check | |',
    '| --- | --- | --- |',
    ...report.gates.map(({ state, name, summary }) => `| ${MARKS[state]} | ${name} | ${cell(summary)} |`),
    '',
    ...report.gates.filter(({ details }) => details.length > 0).flatMap(gateDetails),
  ];
  const head = lines.join('\n');
  const changes = report.diff ? `\n#### Changes\n\n${markdownDiff(report.diff)}` : '';
  const isShort = head.length + changes.length <= MOST_CHARACTERS;
  const shown = isShort ? changes : '\nThe changes are too many for a comment: `promptctl diff` shows them.';
  return `${`${head}${shown}`.trimEnd()}\n`;
}

function gateDetails({ name, details, hint }: Gate): string[] {
  const more = details.length - MOST_DETAILS;
  return [
    `**${name}**`,
    '',
    ...details.slice(0, MOST_DETAILS).map((detail) => `- ${cell(detail)}`),
    ...(more > 0 ? [`- and ${more} more`] : []),
    ...(hint === undefined ? [] : ['', cell(hint)]),
    '',
  ];
}
