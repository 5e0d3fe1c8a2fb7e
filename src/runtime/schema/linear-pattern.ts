/** Placeholder until the check exists: refuses what can't be compiled. */
export function isLinearPattern(source: string): boolean {
  try {
    return new RegExp(source, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}
