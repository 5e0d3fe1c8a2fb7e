/** The template as written: what the parser makes, before names mean anything. Offsets are UTF-16 units into the template's text. */
export type TemplateNode = TextNode | MustacheNode | MediaNode | BlockNode | PartialNode;

export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface TextNode extends Span {
  readonly type: 'text';
  readonly text: string;
}

export interface MustacheNode extends Span {
  readonly type: 'mustache';
  readonly expr: ExprNode;
}

/** `{{media url=photo contentType=type}}` */
export interface MediaNode extends Span {
  readonly type: 'media';
  readonly url: ExprNode;
  readonly contentType?: ExprNode;
}

export type BlockName = 'if' | 'unless' | 'each' | 'with';

export interface BlockNode extends Span {
  readonly type: 'block';
  readonly name: BlockName;
  readonly arg: ExprNode;
  readonly body: readonly TemplateNode[];
  readonly inverse: readonly TemplateNode[];
}

export interface PartialNode extends Span {
  readonly type: 'partial';
  readonly name: string;
  readonly args: readonly { readonly key: string; readonly value: ExprNode }[];
  /** The blanks before a partial that stands alone on its line: its further lines get them too, as in Handlebars. */
  readonly indent: string;
}

export type ExprNode =
  | (Span & { readonly type: 'path'; readonly parts: readonly string[]; readonly isThis: boolean })
  | (Span & { readonly type: 'meta'; readonly name: 'index' | 'first' | 'last' | 'key' })
  | (Span & { readonly type: 'literal'; readonly value: string | number | boolean | null })
  | (Span & { readonly type: 'call'; readonly name: string; readonly args: readonly ExprNode[] });

export type TemplateErrorCode = 'parse-error' | 'unknown-helper' | 'foreign-placeholder';

/** A problem in a template's text, with the way out. */
export interface TemplateError extends Span {
  readonly code: TemplateErrorCode;
  readonly message: string;
  readonly help?: string;
}

export interface Template {
  readonly nodes: readonly TemplateNode[];
  readonly errors: readonly TemplateError[];
}
