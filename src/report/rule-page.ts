import type { Rule, RuleExample } from '../lint/index.ts';

/** The page of a rule, in Markdown: made from the rule itself, so that it can't say anything else. */
export function rulePage(rule: Rule): string {
  const facts = [
    `Severity: ${rule.severity}${rule.githubSeverity ? `, in github mode ${rule.githubSeverity}` : ''}.`,
    `Preset: ${rule.preset}.`,
    ...(rule.fixable ? [fixOf(rule)] : []),
    ...(rule.owasp ? [`OWASP: ${rule.owasp}.`] : []),
  ];
  const sections = [
    `# ${rule.id}`,
    rule.summary,
    facts.join(' '),
    '## Why',
    rule.why,
    ...(rule.unless === undefined ? [] : ['## When to turn it off', rule.unless]),
    ...(rule.options ? ['## Options', optionLines(rule)] : []),
    '## Wrong',
    ...rule.examples.bad.map(example),
    '## Right',
    ...rule.examples.good.map(example),
  ];
  return `${sections.join('\n\n')}\n`;
}

function fixOf({ fixable, fixChanges }: Rule): string {
  const flag = fixable === 'safe' ? '`--fix`' : '`--fix-unsafe`';
  return `Fix: ${flag}; ${fixChanges ?? 'what the model gets stays as it is'}.`;
}

function optionLines(rule: Rule): string {
  const { schema, defaults } = rule.options!;
  return Object.entries(schema.properties ?? {})
    .map(([name, option]) => {
      const description = typeof option === 'object' && option.description ? `: ${option.description}` : '';
      return `- \`${name}\`${description} Default: \`${JSON.stringify(defaults[name])}\`.`;
    })
    .join('\n');
}

function example({ text, files, file }: RuleExample): string {
  const all = [[file, text] as const, ...Object.entries(files ?? {})];
  return all
    .map(([path, content]) => {
      const name = path === undefined || (all.length === 1 && path === file) ? '' : `\`${path}\`:\n\n`;
      return `${name}${fence(path ?? '', content)}`;
    })
    .join('\n\n');
}

function fence(path: string, content: string): string {
  const marks = content.includes('```') ? '````' : '```';
  const language = path.endsWith('.md')
    ? 'markdown'
    : path.endsWith('.json')
      ? 'json'
      : path.endsWith('.jsonl')
        ? 'json'
        : 'yaml';
  return `${marks}${language}\n${visible(content)}${content.endsWith('\n') ? '' : '\n'}${marks}`;
}

/** Characters that a page would hide are written by their code point. */
function visible(content: string): string {
  return content.replace(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]|[\u{e0000}-\u{e007f}]/gu,
    (unit) => `\\u{${unit.codePointAt(0)!.toString(16)}}`,
  );
}
