/** How well a model name matches a glob of the price table: -1 not at all, else the longer the glob's own text the better. */
export type Matcher = (name: string) => number;

/**
 * What may stand for a `*` at the end: a date, a revision, a release stage or a fine-tune's own name. The package's
 * "starts with" takes anything, and would price tomorrow's claude-sonnet-5-5 as claude-sonnet-5.
 */
const SAME_MODEL = String.raw`(?:\d.*|[:@].*|[-_.](?:\d{3,}|v\d|latest|preview|exp|beta|nightly|instruct|chat|thinking).*)?`;

/** A glob in lower case: `*` stands for more of the name, `#` for one digit. A glob without `*` beats every glob with one. */
export function globMatcher(glob: string): Matcher {
  if (!/[*#]/.test(glob)) return (name) => (name === glob ? Infinity : -1);
  const source = glob
    .replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replace(/^\*/, '(?:.*[./])?')
    .replace(/(?<=[-@])\*$/, '.*')
    .replace(/(?<![.?])\*$/, () => SAME_MODEL)
    .replaceAll('#', String.raw`\d`);
  const pattern = new RegExp(`^${source}$`);
  const strength = glob.replaceAll('*', '').length;
  return (name) => (pattern.test(name) ? strength : -1);
}
