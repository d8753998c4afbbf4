import type { ClosingExpectation, FailureExpectation, Step, Taken } from './case.ts';
import { isCloseFrame } from './close-step.ts';
import { judgeReceived } from './judge-received.ts';
import type { ReceivedClose, Transcript } from './transcript.ts';
import { allowed, type Finding, failed, passed } from './verdict.ts';

/** Whether the server failed the connection as it has to. RFC 6455 §7.1.7. */
export function judgeFailure(expectation: FailureExpectation, transcript: Transcript): Finding {
  const { closeCode, allowedCodes, byStep, ifTaken } = expectation;
  const { close, end } = transcript;
  if (ifTaken !== undefined && isTaken(ifTaken, transcript)) {
    return allowed('The server took it for right: the RFC binds who sends it, and no receiver has to look.');
  }
  const received = judgeReceived(expectation, transcript);
  if (received?.outcome === 'failed') return received;
  if (end === undefined) {
    return failed(
      close === undefined
        ? `The server left the connection open; it has to fail it with ${closeCode}.`
        : `The server sent ${nameOf(close)} and did not end TCP in time.`,
    );
  }
  if (close === undefined) return allowed(`The server ended TCP without a close frame; it should say ${closeCode}.`);
  if (close.closeCode !== closeCode && !allowedCodes.includes(close.closeCode)) {
    return failed(`The server closed with ${nameOf(close)}; the code for this is ${closeCode}.`);
  }
  if (received !== undefined) return received;
  if (close.closeCode !== closeCode) {
    return allowed(`The server failed the connection with ${nameOf(close)}; ${closeCode} says better what is wrong.`);
  }
  if (byStep !== undefined && close.step > byStep) {
    return allowed(`The server failed the connection with ${closeCode}, but later than it could have known.`);
  }
  return passed(`The server failed the connection with ${closeCode} and ended TCP.`);
}

/** Whether all that came is what answers the same thing in its right form. */
function isTaken({ received, closeCode }: Taken, transcript: Transcript): boolean {
  const { close, end } = transcript;
  const asExpected = { type: 'closing', received, closeCode: 1000, allowedCodes: [], leeway: {} } as const;
  if (judgeReceived(asExpected, transcript) !== undefined) return false;
  return closeCode === undefined ? close === undefined && end === undefined : close?.closeCode === closeCode;
}

/** Whether the server sent back what it has to, answered the client's close frame and ended TCP. RFC 6455 §5.5.1. */
export function judgeClosing(expectation: ClosingExpectation, steps: readonly Step[], transcript: Transcript): Finding {
  const { closeCode, allowedCodes, leeway } = expectation;
  const { close, end } = transcript;
  if (close !== undefined && end !== undefined && leeway.declinedWith?.includes(close.closeCode)) {
    return allowed(`The server declined what was sent, as too much for it, with ${nameOf(close)}.`);
  }
  const received = judgeReceived(expectation, transcript);
  if (close !== undefined && close.step < steps.findIndex(isCloseFrame)) {
    return failed(`The server closed with ${nameOf(close)}, where nothing was wrong.`);
  }
  if (received?.outcome === 'failed') return received;
  if (close === undefined) {
    return failed(
      `The server ${end === undefined ? 'did not answer' : 'ended TCP without answering'} the close frame.`,
    );
  }
  if (close.closeCode !== closeCode && !allowedCodes.includes(close.closeCode)) {
    return failed(`The server answered the close frame with ${nameOf(close)} instead of ${nameCode(closeCode)}.`);
  }
  if (end === undefined) return failed(`The server answered ${nameOf(close)}, but did not end TCP in time.`);
  if (received !== undefined) return received;
  if (close.closeCode !== closeCode) {
    return allowed(`The server answered the close frame with ${nameOf(close)}; ${nameCode(closeCode)} is usual.`);
  }
  return passed(`The server sent back what it has to, answered ${nameCode(closeCode)} and ended TCP.`);
}

function nameOf({ closeCode }: ReceivedClose): string {
  return nameCode(closeCode);
}

function nameCode(closeCode: number): string {
  return closeCode === 1005 ? 'a close frame without a code' : String(closeCode);
}
