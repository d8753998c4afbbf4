import { afterAll, beforeAll } from 'vitest';
import { type Companion, type CompanionOptions, createCompanion } from '../server/server.ts';

/** Starts a companion for the tests of a file; the function gives the ws: address of a path on it. */
export function withCompanion(options: CompanionOptions = {}): (path: string) => string {
  let companion: Companion;
  let base: string;
  beforeAll(async () => {
    companion = createCompanion({ port: 0, ...options });
    base = (await companion.listen()).replace(/^http/, 'ws');
  });
  afterAll(() => companion.close());
  return (path) => new URL(path, base).href;
}
