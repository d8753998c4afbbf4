import { describe, expect, test } from 'vitest';
import { Patience } from '../server/conformance/patience.ts';
import { runCases } from '../server/conformance/run-cases.ts';
import { parseServerUrl } from '../server/conformance/target.ts';
import { conformanceCases } from '../src/conformance/index.ts';
import { MAX_MESSAGE_BYTES } from './conformance-bad-connection.ts';
import { BadServer } from './conformance-bad-server.ts';
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
  const target = parseServerUrl(await server.listen());
  const patience = new Patience(patienceMs);
  try {
    return await runCases(cases, target, { patience, concurrency: CONCURRENCY });
  } finally {
    await server.stop();
  }
}

test('without a fault, the bad server passes every case', { timeout: 120_000 }, async () => {
  const { results } = await runAgainst({ name: 'none', breaks: () => false }, CASES);
  expect(results.filter(({ outcome }) => outcome !== 'passed').map(({ sentence }) => sentence)).toEqual([]);
});

test.each(FAULTS)('$name: each case that is about it notices', { timeout: 120_000 }, async (fault) => {
  const broken = CASES.filter(fault.breaks);
  const bent = CASES.filter((given) => fault.bends?.(given) === true && !fault.breaks(given));
  expect(broken.length + bent.length).toBeGreaterThan(0);
  const { results } = await runAgainst(fault, [...broken, ...bent], SHORT_PATIENCE_MS);
  const outcomes = (cases: typeof CASES) =>
    cases.map(({ id }) => `${id} ${results.find((result) => result.id === id)?.outcome}`);
  expect(outcomes(broken)).toEqual(broken.map(({ id }) => `${id} failed`));
  expect(outcomes(bent)).toEqual(bent.map(({ id }) => `${id} allowed`));
});

describe('the faults together', () => {
  const notices = ({ breaks, bends }: Fault) => CASES.filter((given) => breaks(given) || bends?.(given) === true);

  test('make every case fail', () => {
    const unbroken = CASES.filter((given) => !FAULTS.some((fault) => fault.breaks(given)));
    expect(unbroken.map(({ id }) => id)).toEqual([]);
  });

  test('break each rule by itself', () => {
    const own = FAULTS.map((fault) => new Set(notices(fault).map(({ rule = '' }) => rule)));
    const named = new Set(CASES.flatMap(({ rule }) => rule ?? []));
    const unbroken = [...named].filter((rule) => !own.some((rules) => rules.size === 1 && rules.has(rule)));
    expect(unbroken).toEqual([]);
  });

  test('have names of their own', () => {
    expect(new Set(FAULTS.map(({ name }) => name)).size).toBe(FAULTS.length);
  });
});

test('a server that pings at every turn gets its pongs between frames, never inside one', async () => {
  const cases = CASES.filter(({ id }) => /^5\.4-(?:two-fragments|message-behind)|^5\.2-cut-[12]-binary-5$/.test(id));
  expect(cases.length).toBeGreaterThan(5);
  const { results } = await runAgainst({ name: 'pings', breaks: () => false, pings: true }, cases);
  expect(results.filter(({ outcome }) => outcome !== 'passed').map(({ sentence }) => sentence)).toEqual([]);
});
