/** How a scalar is written, or whether a collection stands in brackets. */
export type NodeStyle = 'plain' | 'double' | 'single' | 'literal' | 'folded' | 'block' | 'flow';

/**
 * A node of a YAML file: what the rules ask of it, in a tenth of the memory of the parser's own. Offsets are UTF-16 units; `end` is
 * behind the value. An alias stands as the node that it names.
 */
export type YamlNode = YamlScalar | YamlMap | YamlSeq;

interface Placed {
  readonly start: number;
  readonly end: number;
  readonly style: NodeStyle;
}

export interface YamlScalar extends Placed {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  /** As written, where YAML reads something else than text. */
  readonly source: string | undefined;
}

export interface YamlMap extends Placed {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, { readonly key: YamlNode; readonly value: YamlNode | undefined }>;
}

export interface YamlSeq extends Placed {
  readonly kind: 'seq';
  readonly items: readonly (YamlNode | undefined)[];
}
