/** The name in `names` at the smallest edit distance from `name`; of equals, the first. */
export function nearestName(name: string, names: readonly string[]): string {
  const wanted = name.slice(0, 64).toLowerCase();
  let nearest = '';
  let least = Infinity;
  for (const candidate of names) {
    const distance = editDistance(wanted, candidate);
    if (distance < least) {
      least = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
