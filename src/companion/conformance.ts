export {
  type CaseOutcome,
  type ConformanceAnswer,
  type ConformanceDone,
  type ConformanceEnd,
  type ConformanceProblem,
  type ConformanceProgress,
  MAX_CASE_CHARACTERS,
  MAX_CASE_HEX,
  parseConformanceAnswer,
  type ReportedCase,
  readReportedCase,
} from './conformance/answer.ts';
export {
  type ConformanceOrder,
  type ConformanceRequest,
  MAX_MESSAGE_LIMIT,
  MAX_STAGE,
  MIN_MESSAGE_LIMIT,
  parseConformanceOrder,
} from './conformance/order.ts';

export { CONFORMANCE_PATH } from './paths.ts';

/** A longer order is refused. */
export const MAX_ORDER_BYTES = 8 * 1024;
