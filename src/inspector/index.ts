// The public surface of the inspector, in reading order: bytes that people paste, then one frame, a run of frames, and a
// whole connection.
//
// For programs that use the inspector as a library: our own server, scripts and tests among them. Nothing under src/ may
// import this file, because each figure would then load the whole inspector and not only the files that it uses.
// tests/boundaries checks both.

// Hex: read as people paste it, and written.

export { formatHex } from '../bytes/hex.ts';
export { formatHexDump, type HexDumpOptions, type HexDumpRow, hexDumpRows } from './hex/hex-dump.ts';
export type { HexProblem, HexResult } from './hex/hex-problem.ts';
export { HexReader, type HexReaderLimits, type PlacedProblem, placeIn } from './hex/hex-reader.ts';
export { parseHex } from './hex/parse-hex.ts';

// §4 The handshake: what a header field says, and why an accept is not the one that the key gives.

export { diagnose } from './accept-doctor/diagnose.ts';
export { describeHeader } from './headers/describe-header.ts';

// §5.2 One frame: its fields, and every rule that it breaks.

export { describeFrame, describeViolation } from './frame/describe.ts';
export { type Field, fieldNamed, fieldsOf } from './frame/field.ts';
export {
  dumpFrame,
  type FrameContext,
  type FrameDump,
  type FramePayload,
  MAX_SHOWN_BYTES,
} from './frame/frame-dump.ts';
export type { DumpedHeader } from './frame/header-of-fields.ts';
export { formatTextDump, TEXT_DUMP_COLUMNS, type TextDumpOptions } from './frame/text-dump.ts';

// §5 A run of bytes: every frame in it, and the rest.

export {
  type DecodedStream,
  decodeFrames,
  type FramesOptions,
  framesIn,
  type HttpFinding,
  type IncompleteFrame,
  surveyFrames,
} from './frame/decode-stream.ts';
export { explainLater } from './frame/explain-later.ts';
export { FrameJudge } from './frame/frame-judge.ts';
export {
  dumpFound,
  type ExplainFrame,
  type FoundFrame,
  FrameRecorder,
  type RecordedFrame,
  UNEXPLAINED,
} from './frame/frame-recorder.ts';

// §7 Why a connection ended: give its messages to a finder, and ask.

export type { Cause, CauseGroup } from './endings/cause.ts';
export { CAUSES } from './endings/causes.ts';
export { createEndingFinder } from './endings/create-ending-finder.ts';
export type { Ending, EndingFinder, Observed, TcpEnd } from './endings/ending.ts';
export type { ToldCloseEvent } from './wire/wire.ts';

// §4 to §7 A connection, both directions with their times: what a tap sees.

export { beginsWithFrames, type FindFrames } from './wire/begins-with-frames.ts';
export { ConnectionObserver, type ObservedClose, type ObserverOptions } from './wire/observer.ts';
export { formatRecording, parseRecording, type Recording } from './wire/recording.ts';
export {
  type Direction,
  SCHEMA_VERSION,
  type WireChunk,
  type WireClose,
  type WireDropped,
  type WireField,
  type WireFrame,
  type WireHandshake,
  type WireMessage,
  type WireOpen,
  type WireStream,
} from './wire/wire.ts';
export { checkWireMessage } from './wire/wire-shape.ts';

// RFC 7692 Compressed messages, inflated.

export type { InflatedDump } from './deflate/inflated-dump.ts';
export { readDeflateAgreement, watchAnswer } from './formats/read-agreement.ts';
export { NO_LIMITS } from './frame/frame-judge.ts';
export { withInflated } from './frame/with-inflated.ts';
export type { ReadAgreement, WireExtension } from './wire/wire-extension.ts';
