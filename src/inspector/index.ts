// The public surface of the inspector, in reading order: bytes that people paste, then one frame, a run of frames, and a
// whole connection.
//
// For programs that use it as a library, and for our own examples. The pages must not import this file, nor anything
// under src/: each figure would then load the whole inspector, and not only the files that it uses. tests/boundaries
// holds that.

// Hex: read as people paste it, and written.

export { formatHex } from '../bytes/hex.ts';
export { formatHexDump, type HexDumpOptions, type HexDumpRow, hexDumpRows } from './hex/hex-dump.ts';
export type { HexProblem, HexResult } from './hex/hex-problem.ts';
export { HexReader, type HexReaderLimits, type PlacedProblem } from './hex/hex-reader.ts';
export { parseHex } from './hex/parse-hex.ts';

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
export type { ExplainFrame, FoundFrame, RecordedFrame } from './frame/frame-recorder.ts';

// §7 Why a connection ended: give its messages to a finder, and ask.

export type { Cause, CauseGroup } from './endings/cause.ts';
export { CAUSES } from './endings/causes.ts';
export { createEndingFinder } from './endings/create-ending-finder.ts';
export type { Ending, EndingFinder, Observed, TcpEnd, ToldCloseEvent } from './endings/ending.ts';

// §4 to §7 A connection, both directions with their times: what a tap sees.

export { ConnectionObserver, type ObservedClose, type ObserverOptions } from './wire/observer.ts';
export { formatRecording, parseRecording, type Recording } from './wire/recording.ts';
export {
  type Direction,
  SCHEMA_VERSION,
  type WireChunk,
  type WireClose,
  type WireDropped,
  type WireFrame,
  type WireHandshake,
  type WireMessage,
  type WireOpen,
} from './wire/wire.ts';
export { checkWireMessage } from './wire/wire-shape.ts';
