/**
 * The part of the platform that the pure code outside `src/protocol` uses besides JavaScript itself. It is in every
 * browser and in Node, but TypeScript declares it only with the whole of either.
 */
declare class URLSearchParams {
  constructor(from?: string | Record<string, string>);
  get(name: string): string | null;
  has(name: string): boolean;
  set(name: string, value: string): void;
  delete(name: string): void;
  toString(): string;
}
declare class URL {
  constructor(url: string);
  static canParse(url: string): boolean;
  /** Name or address, and the port unless it is the scheme's own. */
  readonly host: string;
  /** Empty for the scheme's own port. */
  readonly port: string;
  /** The scheme with its colon. */
  readonly protocol: string;
}
