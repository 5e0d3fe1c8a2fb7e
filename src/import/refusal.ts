/** Why a file is not converted: what its own tool does not accept, or what promptctl's template language has no words for. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  /** UTF-16 offset into the file that is refused. */
  readonly offset: number;

  constructor(reason: string, offset: number) {
    super(reason);
    this.offset = offset;
  }
}
