/** How to describe one header of an opening handshake. */
export interface HeaderDescription {
  readonly name: string;
  /** Of RFC 6455, such as `4.2.1`, or of another RFC, written out; undefined if no RFC defines the header. */
  readonly section: string | undefined;
  /** One sentence about this very value, which has no white space around it. */
  describe(value: string): string;
}

/** Splits a value that is a list, to name its elements in a sentence. */
export function listOf(value: string): string[] {
  return value
    .split(',')
    .map((element) => element.trim())
    .filter((element) => element !== '');
}
