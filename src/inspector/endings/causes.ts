import type { Cause } from './cause.ts';
import { brokenRule, reportedError } from './causes/broken-rule.ts';
import { clientNeverMasks } from './causes/client-never-masks.ts';
import { clientVanished } from './causes/client-vanished.ts';
import { closeUnanswered } from './causes/close-unanswered.ts';
import { endedAfterSilence } from './causes/ended-after-silence.ts';
import { forbiddenCloseCode } from './causes/forbidden-close-code.ts';
import { noAnswer, requestCut } from './causes/handshake/no-answer.ts';
import {
  originRefused,
  redirected,
  refusedWithStatus,
  upgradeRemoved,
} from './causes/handshake/refused-with-status.ts';
import {
  connectionListRefused,
  extensionNotOffered,
  noSubprotocolChosen,
  subprotocolNotOffered,
  upgradeHeadersChanged,
} from './causes/handshake/wrong-101.ts';
import { wrongAccept } from './causes/handshake/wrong-accept.ts';
import { http2Spoken, otherProtocol, plainOnTlsPort, tlsOnPlainPort } from './causes/handshake/wrong-protocol.ts';
import { invalidUtf8 } from './causes/invalid-utf8.ts';
import { messageTooBig } from './causes/message-too-big.ts';
import { normalClosure } from './causes/normal-closure.ts';
import {
  applicationCode,
  badGateway,
  internalError,
  libraryCode,
  mandatoryExtension,
  policyViolation,
  tryAgainLater,
  unsupportedData,
} from './causes/other-codes.ts';
import { pageLeft } from './causes/page-left.ts';
import { pingUnanswered } from './causes/ping-unanswered.ts';
import { proxyIdleTimeout } from './causes/proxy-idle-timeout.ts';
import { recordingCut } from './causes/recording-cut.ts';
import { secondCloseFrame } from './causes/second-close-frame.ts';
import { serverKeepsTcp } from './causes/server-keeps-tcp.ts';
import { serverKilled } from './causes/server-killed.ts';
import { serverRestarted } from './causes/server-restarted.ts';
import { slowReader } from './causes/slow-reader.ts';
import { stillOpen } from './causes/still-open.ts';
import { twoUpgradeHandlers } from './causes/two-upgrade-handlers.ts';
import { unknown } from './causes/unknown.ts';

/** Every cause in the order of certainty: the first that finds itself in a story is told. */
export const CAUSES: readonly Cause[] = [
  // The connection never opened: the bytes of the heads decide.
  tlsOnPlainPort,
  plainOnTlsPort,
  http2Spoken,
  otherProtocol,
  upgradeRemoved,
  redirected,
  originRefused,
  refusedWithStatus,
  noAnswer,
  requestCut,
  wrongAccept,
  upgradeHeadersChanged,
  subprotocolNotOffered,
  extensionNotOffered,
  noSubprotocolChosen,
  connectionListRefused,
  // A broken rule, which the bytes prove.
  twoUpgradeHandlers,
  clientNeverMasks,
  messageTooBig,
  invalidUtf8,
  forbiddenCloseCode,
  brokenRule,
  reportedError,
  secondCloseFrame,
  // What a side did, and then what it said.
  pingUnanswered,
  slowReader,
  serverRestarted,
  pageLeft,
  unsupportedData,
  policyViolation,
  mandatoryExtension,
  internalError,
  tryAgainLater,
  badGateway,
  libraryCode,
  applicationCode,
  serverKeepsTcp,
  normalClosure,
  closeUnanswered,
  // No close frame: only TCP and the clock speak.
  proxyIdleTimeout,
  endedAfterSilence,
  serverKilled,
  clientVanished,
  recordingCut,
  stillOpen,
  unknown,
];
