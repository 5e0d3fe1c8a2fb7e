const EXTENSION = /\.prompt\.ya?ml$/;
const ID = /^[a-z0-9][a-z0-9._-]*(?:\/[a-z0-9][a-z0-9._-]*)*$/;

/** Why an id can't stand, or undefined where it can. An id must also be the name of a git tag. */
export function idProblem(id: string): string | undefined {
  if (!ID.test(id))
    return 'ids are lower-case letters, digits, `.`, `_` and `-`, in parts that begin with a letter or digit and are joined by `/`';
  if (id.includes('..')) return 'git allows no `..` in a tag';
  return id.split('/').some((part) => part.endsWith('.') || part.endsWith('.lock'))
    ? 'git allows no part that ends in `.` or `.lock`'
    : undefined;
}

/** The path under the root, without the extension; a github-mode file's is made valid in silence. */
export function defaultId(file: string, root: string, strict: boolean): string {
  const path = (root && file.startsWith(`${root}/`) ? file.slice(root.length + 1) : file).replace(EXTENSION, '');
  return strict || idProblem(path) === undefined ? path : madeValid(path);
}

function madeValid(path: string): string {
  const parts = path
    .toLowerCase()
    .split('/')
    .map((part) =>
      part
        .replace(/[^a-z0-9._-]+/g, '-')
        .replace(/\.{2,}/g, '.')
        .replace(/^[._-]+/, '')
        .replace(/(?:\.lock|\.|-)+$/, ''),
    );
  return parts.filter(Boolean).join('/') || 'prompt';
}
