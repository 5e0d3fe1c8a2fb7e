import { requireInteger } from './check.ts';

/**
 * pass@k (Chen et al. 2021): the chance that at least one of k attempts, drawn without return from n with c right, is right:
 * 1 - C(n-c, k) / C(n, k), without forming the binomials.
 *
 * @throws RangeError unless 0 <= c <= n and 1 <= k <= n.
 * @example passAtK(5, 1, 2); // 0.4
 */
export function passAtK(n: number, c: number, k: number): number {
  requireCounts(n, c, k);
  if (n - c < k) return 1;
  let missed = 1;
  for (let i = n - c + 1; i <= n; i++) missed *= 1 - k / i;
  return 1 - missed;
}

/**
 * pass^k (Yao et al. 2024, tau-bench): the chance that all of k attempts, drawn without return, are right: C(c, k) / C(n, k).
 *
 * @throws RangeError unless 0 <= c <= n and 1 <= k <= n.
 * @example passHatK(5, 3, 2); // 0.3
 */
export function passHatK(n: number, c: number, k: number): number {
  requireCounts(n, c, k);
  let all = 1;
  for (let i = 0; i < k; i++) all *= Math.max(0, c - i) / (n - i);
  return all;
}

function requireCounts(n: number, c: number, k: number): void {
  requireInteger(n, 'n', 1);
  requireInteger(c, 'c', 0, n);
  requireInteger(k, 'k', 1, n);
}
