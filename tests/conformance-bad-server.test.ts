import { describe, expect, test } from 'vitest';
import { runSuite } from '../server/check/run-suite.ts';
import { parseTarget } from '../server/check/target.ts';
import { conformanceCases } from '../src/conformance/suite.ts';
import { BadServer, MAX_MESSAGE_BYTES } from './conformance-bad-server.ts';
import type { Fault } from './conformance-fault.ts';
import { FRAME_FAULTS } from './conformance-frame-faults.ts';
import { CLOSING_FAULTS, MESSAGE_FAULTS } from './conformance-message-faults.ts';
import { OPENING_FAULTS } from './conformance-opening-faults.ts';

const FAULTS = [...OPENING_FAULTS, ...FRAME_FAULTS, ...CLOSING_FAULTS, ...MESSAGE_FAULTS];
const CASES = conformanceCases({ maxMessageBytes: MAX_MESSAGE_BYTES });
/** What does not come within this time, on this machine, does not come. */
const SHORT_PATIENCE_MS = 300;
const CONCURRENCY = 24;

async function runAgainst(fault: Fault, cases: typeof CASES, patienceMs?: number) {
  const server = new BadServer(fault);
  const target = parseTarget(await server.listen());
  try {
    return await runSuite(target, { cases, patienceMs, concurrency: CONCURRENCY });
  } finally {
    await server.stop();
  }
}

test('without a fault, the bad server passes every case', { timeout: 120_000 }, async () => {
  const { results } = await runAgainst({ name: 'none', breaks: () => false }, CASES);
  expect(results.filter(({ outcome }) => outcome !== 'passed').map(({ sentence }) => sentence)).toEqual([]);
});

test.each(FAULTS)('$name: each case that is about it notices', { timeout: 120_000 }, async (fault) => {
  const cases = CASES.filter(fault.breaks);
  expect(cases.length).toBeGreaterThan(0);
  const { results } = await runAgainst(fault, cases, SHORT_PATIENCE_MS);
  expect(results.filter(({ outcome }) => outcome === 'passed').map(({ id }) => id)).toEqual([]);
});

describe('the faults together', () => {
  test('make every case fail at least once', () => {
    const unbroken = CASES.filter((given) => !FAULTS.some((fault) => fault.breaks(given)));
    expect(unbroken.map(({ id }) => id)).toEqual([]);
  });

  test('have names of their own', () => {
    expect(new Set(FAULTS.map(({ name }) => name)).size).toBe(FAULTS.length);
  });
});
