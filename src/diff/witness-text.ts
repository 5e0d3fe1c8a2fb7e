const LONGEST = 60;

/** A witness for people: JSON, with a long text cut and its length said. */
export function witnessText(witness: unknown): string {
  return JSON.stringify(witness, (_, value: unknown) =>
    typeof value === 'string' && value.length > LONGEST
      ? `${value.slice(0, 20)}... (${value.length} characters)`
      : value,
  );
}
