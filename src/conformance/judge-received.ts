import { formatHexByte } from '../bytes/hex.ts';
import { OPCODE } from '../protocol/framing/opcode.ts';
import type { ClosingExpectation, ExpectedItem, FailureExpectation } from './case.ts';
import { describeExpected, describeReceived } from './describe.ts';
import { payloadByteLength } from './payload.ts';
import type { ReceivedItem, Transcript } from './transcript.ts';
import { allowed, type Finding, failed } from './verdict.ts';

/** Compares the messages and pongs with those expected; undefined where they are exactly these. */
export function judgeReceived(
  expectation: FailureExpectation | ClosingExpectation,
  { received }: Transcript,
): Finding | undefined {
  const expected = expectation.received;
  if (expectation.type === 'closing') {
    if (expectation.leeway.latestPongSuffices === true && isLatest(expected, received)) {
      return allowed('The server answered only the latest of the pings, which is allowed.');
    }
    if (pongsOvertook(expected, received)) {
      return allowed('A pong overtook a message: the RFC says nothing about which of them comes first.');
    }
  }
  let at = 0;
  for (const item of expected) {
    for (let nth = 0; nth < (item.times ?? 1); nth++) {
      const actual = received[at++];
      if (actual === undefined) return missing(expectation, item, received.length);
      if (!matches(item, actual)) {
        const came = describeReceived(actual.opcode, actual.payload);
        const wanted = describeExpected(single(item));
        return failed(`Item ${at} that came back is ${came} instead of ${wanted}${difference(item, actual)}.`);
      }
    }
  }
  const extra = received[at];
  if (extra === undefined) return undefined;
  const came = describeReceived(extra.opcode, extra.payload);
  if (expectation.type === 'closing') return failed(`The server sent ${came}, which nothing had asked for.`);
  return failed(`The server answered ${came}; it has to fail the connection with ${expectation.closeCode}.`);
}

/** Before it closes, a server may drop what it has not sent yet. */
function missing(expectation: FailureExpectation | ClosingExpectation, item: ExpectedItem, count: number): Finding {
  const finding = `${describeExpected(single(item))} did not come back${count === 0 ? '' : ` after the first ${count}`}.`;
  const mayDrop = expectation.type === 'failure' || expectation.leeway.mayDrop === true;
  return mayDrop ? allowed(finding) : failed(finding);
}

/** Whether all came, messages in order and pongs in order, and pongs earlier than they were asked for, never later. */
function pongsOvertook(expected: readonly ExpectedItem[], received: readonly ReceivedItem[]): boolean {
  const all = expected.flatMap((item) => Array.from({ length: item.times ?? 1 }, () => item));
  const isPong = ({ opcode }: { readonly opcode: number }) => opcode === OPCODE.pong;
  const pongsAt = all.flatMap((item, index) => (isPong(item) ? [index] : []));
  if (all.length !== received.length || pongsAt.length === 0 || pongsAt.length === all.length) return false;
  const cameAt = received.flatMap((item, index) => (isPong(item) ? [index] : []));
  const sorted = [...all.filter(isPong), ...all.filter((item) => !isPong(item))];
  const sortedReceived = [...received.filter(isPong), ...received.filter((item) => !isPong(item))];
  return (
    cameAt.length === pongsAt.length &&
    cameAt.every((index, nth) => index <= (pongsAt[nth] as number)) &&
    cameAt.some((index, nth) => index < (pongsAt[nth] as number)) &&
    sorted.every((item, nth) => matches(item, sortedReceived[nth] as ReceivedItem))
  );
}

function isLatest(expected: readonly ExpectedItem[], received: readonly ReceivedItem[]): boolean {
  const latest = expected.at(-1);
  const last = received.at(-1);
  if (latest === undefined || last === undefined || received.length >= expected.length) return false;
  return received.every(({ opcode }) => opcode === OPCODE.pong) && matches(latest, last);
}

function matches({ opcode, payload }: ExpectedItem, actual: ReceivedItem): boolean {
  return actual.opcode === opcode && actual.payload.equals(payload);
}

/** How two payloads of one type and length differ: their descriptions may be the same. */
function difference({ opcode, payload: right }: ExpectedItem, { opcode: came, payload }: ReceivedItem): string {
  if (came !== opcode || payload.byteLength !== payloadByteLength(right)) return '';
  const key = payload.leftoverKey(right);
  if (key !== undefined) return `: these are the right bytes with the mask still on, whose key is ${key}`;
  const found = payload.differenceFrom(right);
  if (found === undefined) return '';
  return `: they differ from byte ${found.at + 1} on, which is ${formatHexByte(found.is)} and has to be ${formatHexByte(found.hasToBe)}`;
}

function single({ opcode, payload }: ExpectedItem): ExpectedItem {
  return { opcode, payload };
}
