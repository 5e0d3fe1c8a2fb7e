/** How well a model name matches a glob of the price table: -1 not at all, else the longer the glob's own text the better. */
export type Matcher = (name: string) => number;

/**
 * What may stand for a `*` at the end: a date, a revision, a release stage or a fine-tune's own name. The package's
 * "starts with" takes anything, and would price tomorrow's claude-sonnet-5-5 as claude-sonnet-5.
 */
const SAME_MODEL = String.raw`(?:\d.*|[:@].*|[-_.](?:\d{3,}|v\d|latest|preview|exp|beta|nightly|instruct|chat|thinking).*)?`;

/** A glob in lower case: `*` stands for more of the name, `#` for one digit. A glob without `*` beats every glob with one. */
export function globMatcher(glob: string): Matcher {
  if (!isPattern(glob)) return (name) => (name === glob ? Infinity : -1);
  const own = glob.split(/[*#]/);
  const strength = glob.replaceAll('*', '').length;
  let pattern: RegExp | undefined;
  return (name) => {
    // Compiling the few hundred patterns of the table would cost more than reading it.
    if (!name.startsWith(own[0]!) || !own.every((text) => name.includes(text))) return -1;
    pattern ??= compile(glob);
    return pattern.test(name) ? strength : -1;
  };
}

/** Whether a glob stands for more than one name. */
export function isPattern(glob: string): boolean {
  return /[*#]/.test(glob);
}

function compile(glob: string): RegExp {
  const source = glob
    .replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replace(/^\*/, '(?:.*[./])?')
    .replace(/(?<=[-@])\*$/, '.*')
    .replace(/(?<![.?])\*$/, () => SAME_MODEL)
    .replaceAll('#', String.raw`\d`);
  return new RegExp(`^${source}$`);
}
