// The public surface of the conformance suite, in reading order: a case, the bytes that it sends, what came back, and the
// verdict. A program that runs it needs only a socket and a clock.
//
// For programs that use it as a library. The pages must not import this file, nor anything under src/: each figure would
// then load every case. tests/boundaries holds that.

// The cases, each with the section of RFC 6455 that it is about.
export type {
  AwaitEndStep,
  AwaitStep,
  ClosingExpectation,
  ConformanceCase,
  Cut,
  ExchangeStep,
  Expectation,
  ExpectedItem,
  FailureExpectation,
  Leeway,
  QuietStep,
  RefusalExpectation,
  RefusalHeader,
  SendStep,
  Step,
  Taken,
} from './case.ts';
// The verdict, and what failed cases have in common.
export { type Cause, findCauses, groupByCause, type Judged } from './causes.ts';
// §5 What a case sends then: frames, right or wrong, as the bytes of each write.
export { isCloseFrame } from './close-step.ts';
export { encodeItems, type Write, writesOf } from './encode-step.ts';
export type { SentBytes, SentFragments, SentFrame, SentItem } from './frames.ts';
export { judge } from './judge.ts';
// §4.1 What a case sends first: its request.
export { encodeOpeningRequest, type OpeningRequest, type RequestTarget } from './opening-request.ts';
export type { HexPayload, Payload, RepeatedPayload, TextPayload } from './payload.ts';
export { reasonOf } from './reasons.ts';
// What came back.
export { type Difference, ReceivedPayload } from './received-payload.ts';
export { casesStartingWith, conformanceCases, type SuiteOptions } from './suite.ts';
export type { FrameFault, ReceivedClose, ReceivedEnd, ReceivedItem, Transcript } from './transcript.ts';
export { keptBytesOf, TranscriptWriter } from './transcript-writer.ts';
export type { Outcome, Verdict } from './verdict.ts';
