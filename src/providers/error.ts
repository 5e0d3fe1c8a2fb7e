/**
 * How an attempt failed.
 *
 * `rate-limit` 429; `busy` 408, 409 and 5xx; `rejected` any other 4xx; `reset` a connection that broke; `unreachable` one that never
 * stood (refused, no such host, bad certificate); `timeout` the attempt's own clock; `malformed` an answer that cannot be read;
 * `missing` no recorded answer; `cancelled` by the caller.
 */
export type Fault =
  | 'rate-limit'
  | 'busy'
  | 'rejected'
  | 'reset'
  | 'unreachable'
  | 'timeout'
  | 'malformed'
  | 'missing'
  | 'cancelled';

const RETRYABLE: ReadonlySet<Fault> = new Set<Fault>(['rate-limit', 'busy', 'reset', 'timeout']);

/** What every provider rejects with. The message is for people and never holds a key. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  readonly fault: Fault;
  readonly status: number | undefined;
  /** What Retry-After asked for. */
  readonly retryAfterMs: number | undefined;

  constructor(
    fault: Fault,
    message: string,
    options: { readonly status?: number; readonly retryAfterMs?: number | undefined } = {},
  ) {
    super(message);
    this.fault = fault;
    this.status = options.status;
    this.retryAfterMs = options.retryAfterMs;
  }

  get isRetryable(): boolean {
    return RETRYABLE.has(this.fault);
  }
}

export function faultOfStatus(status: number): Fault {
  if (status === 429) return 'rate-limit';
  return status === 408 || status === 409 || status >= 500 ? 'busy' : 'rejected';
}

const NEVER_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'EPROTO',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** The fault of a socket's error. Node names certificate and handshake failures `ERR_TLS_*`, `ERR_SSL_*` or by OpenSSL's word. */
export function faultOfSocket(error: unknown): Fault {
  const code = codeOf(error);
  if (NEVER_CONNECTED.has(code) || /CERT|^ERR_(TLS|SSL)|SELF_SIGNED|UNABLE_TO/.test(code)) return 'unreachable';
  return code === 'HPE_INVALID_CONSTANT' || code.startsWith('HPE_') ? 'malformed' : 'reset';
}

/** The error's code, looking through the aggregate that Node throws when a name has several addresses. */
export function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  if ('code' in error && typeof error.code === 'string' && error.code !== '') return error.code;
  if ('errors' in error && Array.isArray(error.errors)) return codeOf(error.errors[0]);
  return 'cause' in error ? codeOf(error.cause) : '';
}
