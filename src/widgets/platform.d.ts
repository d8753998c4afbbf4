/**
 * The part of the platform that the models use besides JavaScript itself: it is in every browser
 * and in Node, but TypeScript declares it only with the whole of either.
 */
declare class URLSearchParams {
  constructor(from?: string | Record<string, string>);
  get(name: string): string | null;
  has(name: string): boolean;
  set(name: string, value: string): void;
  delete(name: string): void;
  toString(): string;
}
