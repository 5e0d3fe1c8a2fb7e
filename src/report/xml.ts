const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text for XML 1.0 or HTML. What XML has no way to write, not even escaped, is written by its code point. */
export function xmlText(text: string): string {
  return text
    .replace(
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
      (unit) => `\\u{${unit.charCodeAt(0).toString(16)}}`,
    )
    .replace(/[&<>"]/g, (unit) => ENTITIES[unit]!);
}

/** A line break in an attribute would be read as a blank. */
export function attributeText(text: string): string {
  return xmlText(text).replaceAll('\n', '&#10;').replaceAll('\r', '&#13;').replaceAll('\t', '&#9;');
}
