import { formatHexByte } from '../bytes/hex.ts';
import { OPCODE } from '../protocol/framing/opcode.ts';
import type { ClosingExpectation, ExpectedItem, FailureExpectation } from './case.ts';
import { describeExpected, describeReceived } from './describe.ts';
import { payloadByteLength } from './payload.ts';
import type { ReceivedItem, Transcript } from './transcript.ts';
import { allowed, type Finding, failed } from './verdict.ts';

/** Compares the messages and pongs with the expected ones; undefined if they are the same. */
export function judgeReceived(
  expectation: FailureExpectation | ClosingExpectation,
  { received }: Pick<Transcript, 'received'>,
  peer: 'server' | 'client' = 'server',
): Finding | undefined {
  const expected = expectation.received;
  if (expectation.type === 'closing') {
    if (expectation.leeway.latestPongSuffices === true && isLatest(expected, received)) {
      return allowed(`The ${peer} answered only the latest ping, which RFC 6455 §5.5.3 allows.`);
    }
    if (pongsOvertook(expected, received)) {
      return allowed('A pong came before an earlier message. RFC 6455 sets no order between the two.');
    }
  }
  let at = 0;
  for (const item of expected) {
    for (let nth = 0; nth < (item.times ?? 1); nth++) {
      const actual = received[at++];
      if (actual === undefined) return missing(expectation, item, received.length, peer);
      if (!matches(item, actual)) {
        const came = describeReceived(actual.opcode, actual.payload);
        const which = at === 1 ? 'Expected' : `Answer ${at}: expected`;
        const finding = `${which} ${describeExpected(single(item))}, got ${came}${difference(item, actual)}.`;
        return failed(finding, { kind: 'wrong-item', expected: item, came: actual });
      }
    }
  }
  const extra = received[at];
  if (extra === undefined) return undefined;
  const came = describeReceived(extra.opcode, extra.payload);
  if (expectation.type === 'closing') {
    return failed(`The ${peer} sent ${came}, which nothing asked for.`, { kind: 'extra-item', came: extra });
  }
  const finding = `The ${peer} answered with ${came}. It must close the connection with ${expectation.closeCode}.`;
  return failed(finding, { kind: 'accepted' });
}

/** A server that closes may drop what it has not sent yet. */
function missing(
  expectation: FailureExpectation | ClosingExpectation,
  item: ExpectedItem,
  count: number,
  peer: 'server' | 'client',
): Finding {
  const wanted = describeExpected(single(item));
  const finding =
    count === 0 ? `Expected ${wanted}, got nothing.` : `Answer ${count + 1}: expected ${wanted}, got nothing.`;
  const mayDrop = expectation.type === 'failure' || expectation.leeway.mayDrop === true;
  return mayDrop
    ? allowed(`${finding} A ${peer} that closes may drop what it has not sent yet.`)
    : failed(finding, { kind: 'missing-item', expected: item });
}

/**
 * Whether everything came, messages in order and pongs in order, and some pongs before earlier messages but none after
 * later ones.
 */
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

/** How two payloads of one type and length differ: their descriptions may be equal. */
function difference({ opcode, payload: right }: ExpectedItem, { opcode: came, payload }: ReceivedItem): string {
  if (came !== opcode || payload.byteLength !== payloadByteLength(right)) return '';
  const key = payload.leftoverKey(right);
  if (key !== undefined) return `: the right bytes, but with the mask still on (key ${key})`;
  const found = payload.differenceFrom(right);
  if (found === undefined) return '';
  return `: byte ${found.at + 1} is ${formatHexByte(found.is)}, expected ${formatHexByte(found.expected)}`;
}

function single({ opcode, payload }: ExpectedItem): ExpectedItem {
  return { opcode, payload };
}
