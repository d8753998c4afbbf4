// The public surface of the conformance suite, in reading order: a case, the bytes that it sends, what came back, the
// verdict, and the causes. A program that runs the suite needs only a socket and a clock.
//
// For programs that use the suite as a library: our own server, scripts and tests among them. Nothing under src/ may
// import this file, because each figure would then load every case. tests/boundaries checks both.

// The cases, each with its section of RFC 6455.

export { adaptCase, type Demands, type EchoHabits } from './adapt-case.ts';
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
  OpeningExpectation,
  QuietStep,
  RefusalExpectation,
  RefusalHeader,
  SendStep,
  Step,
  Taken,
} from './case.ts';
export { PLAIN_OPENING } from './cases/opening-accepted.ts';
export { casesStartingWith, conformanceCases, type SuiteOptions } from './suite.ts';
export { caseOfFrame, readCases, type WrittenCase, writeCase } from './written-cases.ts';

// The stages of building a server, and what it should pass at each.

export { casesAtStage, cutCase, isInGroup, stageOfCase } from './stage-cases.ts';
export { type CaseGroup, type Reach, STAGES, type Stage, stageNumbered } from './stages.ts';

// §4.1 The first thing that a case sends: its request.

export {
  encodeOpeningRequest,
  formatOpeningRequest,
  type OpeningRequest,
  type RequestTarget,
} from './opening-request.ts';

// §5 Then it sends frames, right or wrong, as the bytes of each write.

export { isCloseFrame } from './close-step.ts';
export { encodeItems, type Write, writesOf } from './encode-step.ts';
export type { SentBytes, SentFragments, SentFrame, SentItem } from './frames.ts';
export { type HexPayload, type Payload, payloadBytes, type RepeatedPayload, type TextPayload } from './payload.ts';

// The answer of the server.

export { whyNotApplicable } from './applies.ts';
export { type Difference, ReceivedPayload } from './received-payload.ts';
export type { FrameFault, ReceivedClose, ReceivedEnd, ReceivedItem, Transcript } from './transcript.ts';
export { keptBytesOf, TranscriptWriter } from './transcript-writer.ts';

// The verdict, and the causes that failed cases have in common.

export { CAUSES, type Cause, type CauseName, findCauses, type Judged, type KnownCause } from './causes.ts';
export { judge } from './judge.ts';
export { reasonOf } from './reasons.ts';
export type { Outcome, Verdict } from './verdict.ts';

// The suite for clients: a server that keeps or breaks the rules, and what a client makes of it.

export { type ClientCase, needsEcho, type OpeningAnswer } from './clients/client-case.ts';
export { CLIENT_CAUSES, type ClientCauseName } from './clients/client-causes.ts';
export { CLIENT_CASES } from './clients/client-suite.ts';
export type { ClientTranscript, EarlierConnections } from './clients/client-transcript.ts';
export { ClientTranscriptWriter } from './clients/client-transcript-writer.ts';
export { describeAnswered, judgeClient } from './clients/judge-client.ts';
export { type CaseTerms, negotiateCase } from './clients/negotiate-case.ts';
export { encodeAnswer, formatAnswer } from './clients/opening-answer.ts';
