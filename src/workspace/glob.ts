import picomatch from 'picomatch';

/** Whether a path matches one of some globs; a leading `!` takes paths out again. */
export function globMatcher(globs: readonly string[]): (path: string) => boolean {
  const wanted = globs.filter((glob) => !glob.startsWith('!'));
  const ignore = globs.filter((glob) => glob.startsWith('!')).map((glob) => clean(glob.slice(1)));
  return picomatch(wanted.map(clean), { dot: true, ...(ignore.length > 0 ? { ignore } : {}) });
}

/** The folder before a glob's first wildcard. */
export function globBase(glob: string): string {
  const { base } = picomatch.scan(clean(glob));
  return base === '.'
    ? ''
    : /\.\w+$/.test(base) && base === clean(glob)
      ? base.split('/').slice(0, -1).join('/')
      : base;
}

function clean(glob: string): string {
  return glob.replace(/^\.\//, '');
}
