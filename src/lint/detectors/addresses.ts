export interface FoundAddress {
  readonly address: string;
  readonly start: number;
  readonly end: number;
}

const IPV4 = /\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}/g;
/** Where every router and every tutorial begins. */
const COMMON = new Set([
  '10.0.0.0',
  '10.0.0.1',
  '10.0.0.2',
  '192.168.0.0',
  '192.168.0.1',
  '192.168.1.1',
  '192.168.1.0',
  '172.16.0.0',
  '172.16.0.1',
  '172.17.0.1',
]);

function* privateAddresses(text: string): Iterable<FoundAddress> {
  for (const found of text.matchAll(IPV4)) {
    const [address] = found;
    const parts = address.split('.').map(Number);
    const end = found.index + address.length;
    if (parts.some((part) => part > 255) || !isPrivate(parts) || COMMON.has(address)) continue;
    const before = text.slice(Math.max(0, found.index - 20), found.index);
    // A version, a longer number, or a range that a network's documentation names.
    if (
      /[\w.]$|(?:version|release|build)s? $|\bv$/i.test(before) ||
      /^(?:\.?\d|\/(?:8|12|16)\b)/.test(text.slice(end, end + 4))
    )
      continue;
    if (/(?:e\.g\.|for example|such as|like|example:)[,:]? ["'`(]?$/i.test(before)) continue;
    yield { address, start: found.index, end };
  }
}

/** RFC 1918, and the address where clouds serve credentials to a machine. */
function isPrivate([a, b, c, d]: readonly number[]): boolean {
  if (a === 10 || (a === 192 && b === 168) || (a === 172 && b! >= 16 && b! <= 31)) return true;
  return a === 169 && b === 254 && c === 169 && d === 254;
}

/** Unique local and link-local addresses of IPv6: RFC 4193, RFC 4291. */
const IPV6 = /(?<![\w:.])(?:f[cd][\da-f]{2}|fe80)(?::[\da-f]{0,4}){2,7}(?![\w:])/gi;

function* privateAddresses6(text: string): Iterable<FoundAddress> {
  for (const found of text.matchAll(IPV6)) {
    const [address] = found;
    const end = found.index + address.length;
    // The range itself, as documentation names it, is nobody's address.
    if (address.endsWith(':') || text[end] === '/') continue;
    yield { address, start: found.index, end };
  }
}

/** Top-level names that are used inside and never delegated (ICANN SSAC 113, RFC 6762 appendix G, RFC 8375). */
const INTERNAL =
  /\.(?:internal|corp|intranet|intra|lan|private|home\.arpa|svc\.cluster\.local|cluster\.local|local)(?![\w-])(?!\.\w)(?!\()/gi;

function* internalHosts(text: string): Iterable<FoundAddress> {
  for (const found of text.matchAll(INTERNAL)) {
    const before = text.slice(Math.max(0, found.index - 120), found.index);
    const name = /[a-z\d][a-z\d.-]*$/i.exec(before)?.[0];
    if (name === undefined) continue;
    const start = found.index - name.length;
    const end = found.index + found[0].length;
    const isAddress = /(?:\/\/|@)$/.test(text.slice(0, start)) || /^(?::\d{2,5}\b|\/)/.test(text.slice(end, end + 6));
    // `settings.local` is a file and `jdk.internal` a package: a host has an address around it, or a name of several parts.
    if (!isAddress && (!name.includes('.') || /[\\/_$]$/.test(text.slice(0, start)))) continue;
    yield { address: text.slice(start, end), start, end };
  }
}

/** `wiki.internal.acme.io`: a part of the name says that the rest is not for outsiders. */
const INSIDE = /\b(?:internal|intranet|intra)\.[a-z\d][a-z\d.-]+/gi;

function* insideHosts(text: string): Iterable<FoundAddress> {
  for (const found of text.matchAll(INSIDE)) {
    const before = text.slice(Math.max(0, found.index - 120), found.index);
    const name = /(?<=\/\/)(?:[a-z\d][a-z\d.-]*\.)?$/i.exec(before)?.[0];
    const own = found[0].replace(/[.-]+$/, '');
    if (name === undefined || !/\.[a-z]{2,24}$/i.test(own) || /(?:^|\.)example\.[a-z]+$/.test(own)) continue;
    const start = found.index - name.length;
    yield { address: text.slice(start, found.index + own.length), start, end: found.index + own.length };
  }
}

/** Hosts and addresses of a network that outsiders don't see. */
export function findInternal(text: string): readonly FoundAddress[] {
  const hosts = [...internalHosts(text)];
  // A name that ends and begins inside is told once.
  const inside = [...insideHosts(text)].filter(
    (host) => !hosts.some(({ start, end }) => host.start < end && start < host.end),
  );
  return [...privateAddresses(text), ...privateAddresses6(text), ...hosts, ...inside].sort((a, b) => a.start - b.start);
}
