import { posix } from 'node:path';
import { nearest } from '../runtime/index.ts';
import { decode } from './decode.ts';
import type { Source } from './sources/source.ts';
import { type FoundPartial, parseTemplate, type TemplateError, type TemplateNode } from './template/index.ts';

const EXTENSIONS = ['.partial.md', '.partial.txt'];

interface ParsedPartial {
  readonly found: FoundPartial;
  readonly text: string;
  readonly errors: readonly TemplateError[];
}

/** The partials under the root, each read and parsed once, when a template first names it. */
export class Partials {
  readonly #source: Source;
  readonly #root: string;
  readonly #byName = new Map<string, ParsedPartial>();

  constructor(source: Source, root: string) {
    this.#source = source;
    this.#root = root;
  }

  find(name: string): FoundPartial {
    return this.#load(name).found;
  }

  /** Files read so far, with their texts and what is wrong in them. */
  *files(): Iterable<{ readonly file: string; readonly text: string; readonly errors: readonly TemplateError[] }> {
    for (const { found, text, errors } of this.#byName.values())
      if ('file' in found) yield { file: found.file, text, errors };
  }

  #load(name: string): ParsedPartial {
    let partial = this.#byName.get(name);
    if (!partial) this.#byName.set(name, (partial = this.#read(name)));
    return partial;
  }

  #read(name: string): ParsedPartial {
    const stem = posix.normalize(posix.join(this.#root || '.', name));
    const root = this.#root || '.';
    if (posix.isAbsolute(name) || stem.startsWith('../') || (root !== '.' && !stem.startsWith(`${root}/`))) {
      return failed(
        'partial-outside-root',
        `The partial \`${name}\` lies outside ${this.#root || 'the workspace'}`,
        'partials are named from the root, without `..`',
      );
    }
    const paths = EXTENSIONS.map((extension) => stem + extension);
    for (const [file, content] of this.#source.read(paths)) {
      if (!('bytes' in content)) {
        const outside = content.trouble === 'outside-root';
        return failed(
          outside ? 'partial-outside-root' : 'partial-missing',
          `The partial \`${name}\` ${content.message}`,
        );
      }
      if (content.realPath !== undefined && root !== '.' && !content.realPath.startsWith(`${root}/`))
        return failed('partial-outside-root', `The partial \`${name}\` is a link that leaves ${root}`);
      const decoded = decode(content.bytes);
      if ('message' in decoded) return failed('partial-missing', `The partial ${file} ${decoded.message}`);
      const text = decoded.text.replace(/^\uFEFF/, '');
      const { nodes, errors } = parseTemplate(text.replace(/\r?\n$/, ''));
      return { found: { file, nodes: withLineFeeds(nodes) }, text, errors };
    }
    return failed('partial-missing', `There is no partial \`${name}\``, this.#hint(name, stem));
  }

  #hint(name: string, stem: string): string {
    const known = this.#source
      .list()
      .flatMap((path) =>
        EXTENSIONS.flatMap((extension) => (path.endsWith(extension) ? [path.slice(0, -extension.length)] : [])),
      )
      .map((path) => (this.#root ? path.slice(this.#root.length + 1) : path));
    const near = nearest(name, known);
    return near ? `did you mean \`${near}\`?` : `write ${stem}.partial.md`;
  }
}

/** Line ends are the checkout's: git may write CRLF here and LF there, and the bundle must be the same. YAML does so by itself. */
function withLineFeeds(nodes: readonly TemplateNode[]): readonly TemplateNode[] {
  return nodes.map((node) => {
    if (node.type === 'text') return { ...node, text: node.text.replaceAll('\r\n', '\n') };
    if (node.type === 'block') return { ...node, body: withLineFeeds(node.body), inverse: withLineFeeds(node.inverse) };
    return node;
  });
}

function failed(problem: 'partial-missing' | 'partial-outside-root', message: string, help?: string): ParsedPartial {
  return { found: { problem, message, ...(help ? { help } : {}) }, text: '', errors: [] };
}
