import { describe, test } from 'vitest';
import { casesStartingWith, conformanceCases } from '../../src/conformance/index.ts';
import { findServer } from '../conformance/find-server.ts';
import { formatCase } from '../conformance/format-case.ts';
import { Patience } from '../conformance/patience.ts';
import { type RunOptions, runCase } from '../conformance/run-case.ts';
import { parseServerUrl } from '../conformance/target.ts';

/** Options of {@link conformance}. */
export interface ConformanceOptions extends Pick<RunOptions, 'demands' | 'habits'> {
  /** Only the cases whose id starts with this, such as `5.5`. */
  readonly only?: string;
  /** The longest message that the server accepts, in bytes. It adds the cases about that limit. */
  readonly maxMessageBytes?: number;
  /** Whether to add the cases about permessage-deflate. RFC 7692. */
  readonly deflate?: boolean;
  /** Accepts any certificate of a wss: server. */
  readonly insecure?: boolean;
  /** The ids of cases that the server is known to fail. Such a test fails if its case passes. */
  readonly knownToFail?: readonly string[];
}

/** In milliseconds. The longest case moves megabytes, and waits for a server that does not answer. */
const TEST_TIMEOUT_MS = 120_000;

/**
 * Makes a test of each case of the conformance suite, for a server that echoes every message. Call it where tests are
 * declared. An allowed answer passes.
 *
 * @param address of the server on this machine, such as `ws://localhost:9001/echo`; or a function that returns it when the
 * first test runs, for a server that `beforeAll` starts
 * @throws RangeError if no case starts with `only`
 */
export function conformance(address: string | (() => string), options: ConformanceOptions = {}): void {
  const { only = '', maxMessageBytes, deflate, insecure = false, knownToFail = [], demands, habits } = options;
  const cases = casesStartingWith(conformanceCases({ maxMessageBytes, deflate }), only);
  if (cases.length === 0)
    throw new RangeError(`No case starts with ${JSON.stringify(only)}. Give a section, such as 5.5.`);
  const patience = new Patience();
  let found: ReturnType<typeof findServer> | undefined;
  const target = () => {
    const url = typeof address === 'string' ? address : address();
    found ??= findServer(parseServerUrl(url, { tls: insecure ? 'any' : 'trusted' }));
    return found;
  };
  describe('conformance to RFC 6455', () => {
    for (const each of cases) {
      const declare = knownToFail.includes(each.id) ? test.fails : test;
      declare(`${each.id}: ${each.title}`, { timeout: TEST_TIMEOUT_MS }, async () => {
        const result = await runCase(each, await target(), { patience, demands, habits });
        if (result.outcome === 'failed') throw new Error(formatCase(result).trimEnd());
      });
    }
  });
}
