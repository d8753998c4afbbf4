import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CaseResult, runCase } from '../server/conformance/run-case.ts';
import { parseServerUrl, type ServerUrl } from '../server/conformance/target.ts';
import { type Companion, createCompanion } from '../server/server.ts';
import { ECHO_PATH } from '../src/companion/paths.ts';
import { conformanceCases } from '../src/conformance/index.ts';
import { DEFAULT_LIMITS } from '../src/protocol/index.ts';

const { maxMessageBytes } = DEFAULT_LIMITS;
const CASES = conformanceCases({ maxMessageBytes });

let companion: Companion;
let target: ServerUrl;

beforeAll(async () => {
  companion = createCompanion({ port: 0 });
  const address = new URL(ECHO_PATH, await companion.listen());
  address.protocol = 'ws:';
  target = parseServerUrl(address.href);
});

afterAll(() => companion.close());

test.concurrent.for(CASES)('$id: $title', { timeout: 60_000 }, async (conformanceCase) => {
  const result: CaseResult = await runCase(conformanceCase, target);
  // To the letter: what the RFC merely allows is not enough here.
  expect(result.outcome, result.sentence).toBe('passed');
});
