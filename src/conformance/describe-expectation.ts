import type { Expectation } from './case.ts';
import { describeExpected } from './describe.ts';

const NO_CODE = 1005;

/** Says what should come back, in the words that describe what did. */
export function describeExpectation(expectation: Expectation): string {
  if (expectation.type === 'refusal') {
    const headers = expectation.headers.map(({ name, token }) => `${name}: ${token}`);
    return [`status ${expectation.httpStatus}`, ...headers].join(', ');
  }
  const { received, closeCode } = expectation;
  const close = closeCode === NO_CODE ? 'close without a code' : `close ${closeCode}`;
  return ['status 101', ...received.map(describeExpected), close, 'the end of TCP'].join('; ');
}
