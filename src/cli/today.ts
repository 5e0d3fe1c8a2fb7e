/** The day that waivers are held against, as `2026-01-31`; PROMPTCTL_TODAY stands in for the clock where a run must repeat. */
export function today(): string {
  return process.env['PROMPTCTL_TODAY'] ?? new Date().toISOString().slice(0, 10);
}
