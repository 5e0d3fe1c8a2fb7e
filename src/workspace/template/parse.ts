import { nearest } from '../../runtime/index.ts';
import type {
  BlockName,
  BlockNode,
  ExprNode,
  MediaNode,
  PartialNode,
  Template,
  TemplateError,
  TemplateNode,
} from './ast.ts';
import { ExpressionReader } from './expression.ts';
import { cut, type TagPiece } from './tags.ts';

const BLOCKS: readonly BlockName[] = ['if', 'unless', 'each', 'with'];
const MAX_DEPTH = 64;
/** Each `else if` nests in the one before it, here and in the bundle. */
const MAX_CHAIN = 256;
const WORD = /[^\s(){}=|"']+/y;
const KEY = /([^\s(){}=|"'~]+)=/y;

interface OpenBlock {
  readonly tag: TagPiece;
  readonly name: BlockName;
  readonly arg: ExprNode;
  readonly body: TemplateNode[];
  inverse: TemplateNode[] | undefined;
  /** Blocks that `else if` opened inside this one's inverse, closed together with it. */
  readonly chained: boolean;
}

/** Parses a template of the strict mode. Any text parses: what is wrong comes back as errors with a place and a way out. */
export function parseTemplate(text: string): Template {
  const { pieces, errors } = cut(text);
  if (pieces.every((piece) => piece.type === 'text')) return { nodes: pieces, errors };
  const root: TemplateNode[] = [];
  const open: OpenBlock[] = [];
  const into = (): TemplateNode[] => {
    const block = open.at(-1);
    return block ? (block.inverse ?? block.body) : root;
  };
  for (const piece of pieces) {
    if (piece.type === 'text') into().push(piece);
    else if (isTooDeep(piece, open)) {
      // One error, not one a tag: what follows can't be told from what belongs to the blocks too deep.
      errors.push(failure(piece, `Blocks nest at most ${MAX_DEPTH} deep, with at most ${MAX_CHAIN} cases`));
      return { nodes: root, errors };
    } else readTag(piece, open, into, errors);
  }
  for (const block of open.splice(0).reverse()) {
    if (block.chained) continue;
    const { tag } = block;
    errors.push(failure(tag, `{{#${block.name}}} is never closed`, `close it with {{/${block.name}}}`));
  }
  return { nodes: root, errors };
}

function readTag(tag: TagPiece, open: OpenBlock[], into: () => TemplateNode[], errors: TemplateError[]): void {
  const source = tag.source.trimStart();
  if (source.startsWith('!')) return;
  if (source.startsWith('#')) openBlock(tag, open, errors);
  else if (source.startsWith('/')) closeBlock(tag, source.slice(1).trim(), open, into, errors);
  else if (source.startsWith('>')) {
    const partial = readPartial(tag, errors);
    if (partial) into().push(partial);
  } else if (/^else(?:\s|$)/.test(source)) readElse(tag, source, open, errors);
  else if (source.startsWith('^'))
    errors.push(failure(tag, '`{{^` is not part of the template language', 'write {{else}}, or {{#unless name}}'));
  else if (source.startsWith('&'))
    errors.push(failure(tag, '`{{&` is not part of the template language', 'write {{name}}: nothing is escaped here'));
  else if (/^media\s/.test(source)) {
    const media = readMedia(tag, errors);
    if (media) into().push(media);
  } else {
    const expr = readWhole(tag, 0, errors);
    if (expr) into().push({ type: 'mustache', expr, start: tag.start, end: tag.end });
  }
}

function isTooDeep(tag: TagPiece, open: readonly OpenBlock[]): boolean {
  if (open.length < MAX_DEPTH) return false;
  const source = tag.source.trimStart();
  if (source.startsWith('#'))
    return open.filter((block) => !block.chained).length >= MAX_DEPTH || open.length >= MAX_CHAIN;
  return /^else\s+if\b/.test(source) && open.length >= MAX_CHAIN;
}

function readWhole(tag: TagPiece, skip: number, errors: TemplateError[]): ExprNode | undefined {
  const reader = new ExpressionReader(tag.source, tag.at, errors);
  reader.skip(skip);
  reader.blank();
  return reader.head();
}

function openBlock(tag: TagPiece, open: OpenBlock[], errors: TemplateError[]): void {
  const found = /^(\s*#\s*)([^\s(){}~]*)/.exec(tag.source)!;
  const name = BLOCKS.find((block) => block === found[2]);
  if (!name) {
    const word = found[2]!;
    const near = nearest(word, BLOCKS);
    errors.push({
      ...failure(
        tag,
        `\`#${word}\` is no block`,
        near ? `did you mean \`#${near}\`?` : `the blocks are ${BLOCKS.map((block) => `#${block}`).join(', ')}`,
      ),
      code: 'unknown-helper',
    });
    // Its own end would be an error too: keep the pair together, its body in place.
    open.push({ tag, name: word as BlockName, arg: NOTHING, body: [], inverse: undefined, chained: false });
    return;
  }
  const arg = readWhole(tag, found[0].length, errors) ?? NOTHING;
  open.push({ tag, name, arg, body: [], inverse: undefined, chained: false });
}

const NOTHING: ExprNode = { type: 'literal', value: null, start: 0, end: 0 };

function readElse(tag: TagPiece, source: string, open: OpenBlock[], errors: TemplateError[]): void {
  const block = open.at(-1);
  if (!block) {
    errors.push(failure(tag, '{{else}} stands outside a block', 'put it between {{#if ...}} and {{/if}}'));
    return;
  }
  if (block.inverse) {
    errors.push(failure(tag, 'This block has an {{else}} already', 'write {{else if ...}} for a further case'));
    return;
  }
  block.inverse = [];
  const chain = /^else\s+(\S+)/.exec(source);
  if (!chain) return;
  if (chain[1] !== 'if') {
    errors.push(
      failure(tag, `\`else ${chain[1]}\` is not part of the template language`, 'write {{else if ...}} or {{else}}'),
    );
    return;
  }
  const skip = tag.source.length - source.length + chain[0].length;
  const arg = readWhole(tag, skip, errors) ?? NOTHING;
  open.push({ tag, name: 'if', arg, body: [], inverse: undefined, chained: true });
}

function closeBlock(
  tag: TagPiece,
  name: string,
  open: OpenBlock[],
  into: () => TemplateNode[],
  errors: TemplateError[],
): void {
  const at = open.findLastIndex((block) => !block.chained);
  const block = open[at];
  if (!block) {
    errors.push(
      failure(
        tag,
        `{{/${name}}} closes nothing`,
        `open the block with {{#${name} ...}}, or write \\{{ for literal braces`,
      ),
    );
    return;
  }
  if (block.name !== name) {
    errors.push(
      failure(tag, `{{/${name}}} stands where {{#${block.name}}} is to be closed`, `write {{/${block.name}}}`),
    );
    if (!open.some((other) => other.name === name)) return;
  }
  while (open.length > at) {
    const closed = open.pop()!;
    const node: BlockNode = {
      type: 'block',
      name: closed.name,
      arg: closed.arg,
      body: closed.body,
      inverse: closed.inverse ?? [],
      start: closed.tag.start,
      end: closed.tag.end,
    };
    if ((BLOCKS as readonly string[]).includes(closed.name)) into().push(node);
    else into().push(...closed.body);
  }
}

function readPartial(tag: TagPiece, errors: TemplateError[]): PartialNode | undefined {
  const reader = new ExpressionReader(tag.source, tag.at, errors);
  reader.skip(tag.source.indexOf('>') + 1);
  reader.blank();
  const name = reader.take(WORD)?.[0];
  if (!name) {
    errors.push(failure(tag, "A partial's name is expected after `>`", 'write {{> folder/name}}: the name is literal'));
    return undefined;
  }
  const args = readArguments(reader, 'A partial takes arguments as key=value', 'write {{> folder/name key=variable}}');
  return args && { type: 'partial', name, args, indent: tag.indent ?? '', start: tag.start, end: tag.end };
}

const MEDIA_HELP = 'write {{media url=photo}} or {{media url=photo contentType="image/png"}}';

function readMedia(tag: TagPiece, errors: TemplateError[]): MediaNode | undefined {
  const reader = new ExpressionReader(tag.source, tag.at, errors);
  reader.skip(tag.source.indexOf('media') + 'media'.length);
  const args = readArguments(
    reader,
    '`media` takes its arguments as key=value, without blanks around the =',
    MEDIA_HELP,
  );
  if (!args) return undefined;
  const strange = args.find(
    ({ key }, at) => (key !== 'url' && key !== 'contentType') || args.findIndex((one) => one.key === key) < at,
  );
  const url = args.find(({ key }) => key === 'url')?.value;
  const contentType = args.find(({ key }) => key === 'contentType')?.value;
  if (strange || !url) {
    errors.push(
      failure(
        tag,
        strange
          ? `\`media\` takes one \`url\` and one \`contentType\`, and no other \`${strange.key}\``
          : '`media` needs a `url`',
        MEDIA_HELP,
      ),
    );
    return undefined;
  }
  return { type: 'media', url, ...(contentType ? { contentType } : {}), start: tag.start, end: tag.end };
}

function readArguments(
  reader: ExpressionReader,
  message: string,
  help: string,
): readonly { readonly key: string; readonly value: ExprNode }[] | undefined {
  const args: { key: string; value: ExprNode }[] = [];
  while (!reader.done) {
    const key = reader.take(KEY)?.[1];
    if (key === undefined) {
      reader.fail(reader.at, reader.length, message, help);
      return undefined;
    }
    const value = reader.operand(0);
    if (!value) return undefined;
    args.push({ key, value });
  }
  return args;
}

function failure(tag: TagPiece, message: string, help?: string): TemplateError {
  return { code: 'parse-error', start: tag.start, end: tag.end, message, ...(help ? { help } : {}) };
}
