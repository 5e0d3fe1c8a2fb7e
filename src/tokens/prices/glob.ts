/** How well a model name matches a glob of the price table: -1 not at all, else the longer the glob's own text the better. */
export type Matcher = (name: string) => number;

/** A glob in lower case: `*` stands for anything, `#` for one digit. A glob without `*` beats every glob with one. */
export function globMatcher(glob: string): Matcher {
  if (!/[*#]/.test(glob)) return (name) => (name === glob ? Infinity : -1);
  const source = glob
    .replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('#', '\\d');
  const pattern = new RegExp(`^${source}$`);
  const strength = glob.replaceAll('*', '').length;
  return (name) => (pattern.test(name) ? strength : -1);
}
