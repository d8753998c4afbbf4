export {
  type CheckAnswer,
  type CheckDone,
  type CheckEnd,
  type CheckedCase,
  type CheckOutcome,
  type CheckProblem,
  type CheckProgress,
  MOST_CASE_CHARACTERS,
  MOST_CASE_HEX,
  parseCheckAnswer,
  readCheckedCase,
} from './conformance/answer.ts';
export {
  type CheckOrder,
  type CheckRequest,
  LEAST_MAX_MESSAGE,
  MOST_MAX_MESSAGE,
  parseCheckOrder,
} from './conformance/order.ts';

/** Puts the conformance suite to a server on this machine, and says how each case went. */
export const CHECK_PATH = '/lab/check';

/** The longest order, in bytes. */
export const MOST_ORDER_BYTES = 8 * 1024;
