/** A placeholder of another language, or of another spelling, in the text of a message. */
export interface Placeholder {
  readonly kind: Kind;
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** Inside a fenced block or backticks. */
  readonly inCode: boolean;
}

export type Kind = 'actions' | 'many-braces' | 'block' | 'blanks' | 'dollar' | 'percent' | 'single';

/** One group a kind, so that braces taken by one are not read again as another. */
const PATTERN =
  /(\$\{\{[^{}\n]*\}\})|(\{{3,4}\s*[\w.-]+\s*\}{3,4})|(\{\{(?:[#^]\s*\w+\s+|media\s+url=)[\w.-]+[^{}\n]*\}\})|(\{\{[ \t]*[A-Za-z_][\w.-]*[ \t]*\}\})|(\$\{[A-Za-z_][\w.]*\})|(<%[=-]?\s*[A-Za-z_][\w.]*\s*-?%>)|(\{[A-Za-z_]\w*\})/g;
const KINDS: readonly Kind[] = ['actions', 'many-braces', 'block', 'blanks', 'dollar', 'percent', 'single'];

const NAME = /[A-Za-z_][\w.-]*/;
/** What stands before single braces in code: f"{x}", \frac{a}, #{x}, @{x}, %{x}, /users/{id}. */
const CODE_BEFORE = /[\w\\{$#@%/"']/;

/** Every placeholder-like piece of a text; proper `{{name}}` is not among them. */
export function placeholdersIn(text: string): Placeholder[] {
  if (!text.includes('{') && !text.includes('<%')) return [];
  const found: Placeholder[] = [];
  let code: readonly Span[] | undefined;
  for (const match of text.matchAll(PATTERN)) {
    const at = match.slice(1).findIndex((group) => group !== undefined);
    const kind = KINDS[at]!;
    const [source] = match;
    const start = match.index;
    const end = start + source.length;
    if (kind === 'blanks' && !/^\{\{[ \t]|[ \t]\}\}$/.test(source)) continue;
    if (kind === 'single' && (CODE_BEFORE.test(text[start - 1] ?? '') || text[end] === '}')) continue;
    code ??= codeIn(text);
    const inCode = code.some((span) => start >= span.start && end <= span.end);
    const names = kind === 'block' ? source.replace(/^\{\{(?:[#^]\s*\w+|media\s+url=)/, '') : source;
    found.push({ kind, name: NAME.exec(names)?.[0] ?? '', start, end, inCode });
  }
  return found;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Fenced blocks and text in backticks. A fence around nothing but placeholders holds what is filled in, not code. */
function codeIn(text: string): readonly Span[] {
  if (!text.includes('`')) return [];
  const spans: Span[] = [];
  for (const { 0: source, index } of text.matchAll(/```[^\n]*\n[\s\S]*?```|`[^`\n]+`/g)) {
    const inside = source.startsWith('```') ? source.slice(source.indexOf('\n'), -3) : source;
    if (!/^\s*\$?\{+[\w.-]+\}+\s*$/.test(inside)) spans.push({ start: index, end: index + source.length });
  }
  return spans;
}

/** Text that talks about placeholders, or names a language that has them, means the braces as they stand. */
export function talksOfPlaceholders(text: string): boolean {
  return /placeholder|variable|syntax|interpolat|f-string|jinja|handlebars|mustache|\b(?:vue|angular|liquid|twig|helm|ansible|erb|ejs|latex)\b/i.test(
    text,
  );
}

/** A script pasted into a message: its `${x}` is its own. */
export function looksLikeCode(text: string): boolean {
  return /^\s*#!|\$\(|\becho\b|\bfunction\b|=>|;[ \t]*$|\bconst\b|\bexport\b|\bdef \w+\(/m.test(text);
}

/** Words that announce the shape of an answer: the names in braces are the model's to fill. */
const SHAPE =
  /\b(?:formats?|templates?|structure|layout|schema|examples?|exactly|like this|as follows|such as|in the form)\b/i;

/**
 * Whether single braces are the file's own way to write placeholders: they fill a line, or one of them closes a user message, of a
 * text that does not describe the shape of an answer.
 */
export function writesSingleBraces(role: string, text: string): boolean {
  if (SHAPE.test(text) || talksOfPlaceholders(text)) return false;
  if (/^[ \t]*(?:\{[a-z_]\w*\})+[ \t]*$/m.test(text)) return true;
  return role === 'user' && /(?:^|[:\n])\s*\{[a-z_]\w*\}\s*$/.test(text) && text.indexOf('{') === text.lastIndexOf('{');
}
