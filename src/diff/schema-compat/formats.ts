/** Strings of each format, the shortest first; `length` asks for one at least that long where the format allows it. */
export function formatSamples(format: string, length: number): readonly string[] {
  const filler = 'a'.repeat(Math.min(Math.max(length, 1), 5000));
  switch (format) {
    case 'date':
      return ['2024-02-29', '1999-12-31'];
    case 'time':
    case 'iso-time':
      return ['08:30:00Z', '23:59:59.123+02:00'];
    case 'date-time':
    case 'iso-date-time':
      return ['2024-02-29T08:30:00Z', '1999-12-31T23:59:59.123+02:00'];
    case 'duration':
      return ['P1D', 'P3Y6M4DT12H30M5S', 'PT36H'];
    case 'email':
      return ['a@b.c', 'ada.lovelace@example.com', `${filler}@example.com`];
    case 'hostname':
      return ['a', 'example.com', `${filler.slice(0, 60)}.example.com`];
    case 'ipv4':
      return ['1.1.1.1', '192.168.100.200'];
    case 'ipv6':
      return ['::1', '2001:db8::ff00:42:8329', '2001:0db8:0000:0000:0000:ff00:0042:8329'];
    case 'uri':
      return ['a:b', 'https://example.com/a?b=c#d', 'mailto:ada@example.com', `https://example.com/${filler}`];
    case 'url':
      return ['http://a.io', 'https://example.com/a?b=c#d', `https://example.com/${filler}`];
    case 'uri-reference':
      return ['', '/a', '../a#b', 'https://example.com/a', `/${filler}`];
    case 'uri-template':
      return ['', '/a/{id}', `/${filler}/{id}`];
    case 'uuid':
      return ['3f2504e0-4f89-41d3-9a0c-0305e82c3301', 'urn:uuid:3f2504e0-4f89-41d3-9a0c-0305e82c3301'];
    case 'regex':
      return ['', 'a', '^[a-z]+$', filler];
    case 'json-pointer':
      return ['', '/a', '/a/0/~0~1', `/${filler}`];
    case 'json-pointer-uri-fragment':
      return ['#', '#/a', `#/${filler}`];
    case 'relative-json-pointer':
      return ['0', '1/a', `0/${filler}`];
    case 'byte':
      return ['aGk=', 'aaaa'.repeat(Math.min(Math.ceil(Math.max(length, 4) / 4), 2000))];
    default:
      return [];
  }
}

const DATE = '\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])';
const CLOCK = '\\d{2}:\\d{2}:\\d{2}(?:\\.\\d+)?';
const ZONE = '(?:[zZ]|[+-]\\d{2}(?::?\\d{2})?)';

const shapes: ReadonlyMap<string, string> = new Map([
  ['date', `^${DATE}$`],
  ['time', `^${CLOCK}${ZONE}$`],
  ['iso-time', `^${CLOCK}${ZONE}?$`],
  ['date-time', `^${DATE}[tT\\s]${CLOCK}${ZONE}$`],
  ['iso-date-time', `^${DATE}[tT\\s]${CLOCK}${ZONE}?$`],
  ['duration', '^P[\\dYMDTHSW.]+$'],
  ['email', '^[!-?A-~]+@[\\da-zA-Z.-]+$'],
  ['hostname', '^[\\da-zA-Z.-]{1,254}$'],
  ['ipv4', '^\\d{1,3}(?:\\.\\d{1,3}){3}$'],
  ['uri', '^[a-zA-Z][\\da-zA-Z+.-]*:'],
  ['uuid', '^(?:[uU][rR][nN]:[uU][uU][iI][dD]:)?[\\da-fA-F]{8}-(?:[\\da-fA-F]{4}-){3}[\\da-fA-F]{12}$'],
]);

/** A pattern that every string of the format matches, and others too: what does not match it is no such string. */
export function formatShape(format: string): string | undefined {
  return shapes.get(format);
}
