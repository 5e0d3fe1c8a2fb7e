import { type ChangelogSection, HEADINGS } from '../release/index.ts';

const INTRO = `# Changelog

Written from the changes of the prompts by \`promptctl changelog\`, in the form of
[Keep a Changelog](https://keepachangelog.com/en/1.1.0/).
`;

/** One section as Markdown. */
export function sectionText({ version, date, entries }: ChangelogSection): string {
  const title = version === undefined ? '## [Unreleased]' : `## [${version}]${date === undefined ? '' : ` - ${date}`}`;
  const groups = HEADINGS.flatMap((heading) => {
    const mine = entries.filter((entry) => entry.heading === heading);
    if (mine.length === 0) return [];
    return [`### ${heading}\n\n${mine.map(({ promptId, text }) => `- \`${promptId}\`: ${oneLine(text)}\n`).join('')}`];
  });
  return `${title}\n\n${groups.length > 0 ? groups.join('\n') : 'Nothing that callers or readers could notice.\n'}`;
}

export function changelogText(sections: readonly ChangelogSection[]): string {
  return `${INTRO}\n${sections.map(sectionText).join('\n')}`;
}

/** A changelog with one section put in: in the place of the section of that version, or of what is unreleased, else on top. */
export function withSection(changelog: string, section: ChangelogSection): string {
  const eol = changelog.includes('\r\n') ? '\r\n' : '\n';
  const text = sectionText(section).replaceAll('\n', eol);
  if (changelog.trim() === '') return `${INTRO.replaceAll('\n', eol)}${eol}${text}`;
  const names = ['Unreleased', ...(section.version === undefined ? [] : [section.version])].map(escaped).join('|');
  const old = new RegExp(
    `^## \\[?(?:${names})\\]?(?=\\s|$)[\\s\\S]*?(?=^## |^\\[[^\\]]+\\]: |$(?![\\s\\S]))`,
    'm',
  ).exec(changelog);
  if (old) {
    const rest = changelog.slice(old.index + old[0].length);
    return `${changelog.slice(0, old.index)}${text}${rest === '' ? '' : eol}${rest}`;
  }
  const at = /^## /m.exec(changelog)?.index;
  if (at === undefined) return `${changelog.trimEnd()}${eol}${eol}${text}`;
  return `${changelog.slice(0, at)}${text}${eol}${changelog.slice(at)}`;
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').replace(/[<>]/g, (mark) => `\\${mark}`);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
