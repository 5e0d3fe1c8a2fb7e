/**
 * Globs as git, editors and CI files write them: `*` and `?` within a folder, `**` over folders, `{a,b}` alternatives, `[a-z]` classes;
 * a leading `!` takes paths out again. A library for the same (picomatch, the oracle of the tests) is a twelfth of a lint's start.
 */
export function globMatcher(globs: readonly string[]): (path: string) => boolean {
  const wanted = globs.filter((glob) => !glob.startsWith('!')).map(globPattern);
  const refused = globs.filter((glob) => glob.startsWith('!')).map((glob) => globPattern(glob.slice(1)));
  return (path) => wanted.some((pattern) => pattern.test(path)) && !refused.some((pattern) => pattern.test(path));
}

/** The folder before a glob's first wildcard; all of its folders where it has none. */
export function globBase(glob: string): string {
  const fixed = /^[^*?[{]*/.exec(clean(glob))![0];
  return fixed.slice(0, Math.max(0, fixed.lastIndexOf('/')));
}

const TOKEN = /\*\*\/|\/\*\*$|\*\*|\*|\?|\[(!?)([^\]/]+)\]|[{},]|[^*?[{},/]+|./gs;

function globPattern(glob: string): RegExp {
  let depth = 0;
  const body = clean(glob).replace(TOKEN, (token, negated: string | undefined, members: string | undefined) => {
    if (members !== undefined) return `[${negated ? '^' : ''}${members.replace(/[\\^]/g, '\\$&')}]`;
    switch (token) {
      case '**/':
        return '(?:[^/]+/)*';
      case '/**':
        return '(?:/.*)?';
      case '**':
        return '.*';
      case '*':
        return '[^/]*';
      case '?':
        return '[^/]';
      case '{':
        depth++;
        return '(?:';
      case '}':
        if (depth === 0) return '\\}';
        depth--;
        return ')';
      case ',':
        return depth > 0 ? '|' : ',';
      default:
        return token.replace(/[.+^$()|[\]\\{}]/g, '\\$&');
    }
  });
  // A brace that nothing closes and a class that is none (`[z-a]`) are text.
  try {
    if (depth === 0) return new RegExp(`^${body}$`, 's');
  } catch {
    // Not a class after all.
  }
  return new RegExp(`^${clean(glob).replace(/[.+^$()|[\]\\{}*?]/g, '\\$&')}$`);
}

function clean(glob: string): string {
  return glob.replace(/^\.\//, '');
}
