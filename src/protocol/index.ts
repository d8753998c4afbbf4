// The public surface of the protocol core, in reading order: the sections of RFC 6455, then the pieces together.
//
// For programs that use the core as a library, and for our own benchmarks, fuzzing and examples. The pages must not
// import this file, nor anything under src/: each figure would then load the whole core, and not only the files that it
// uses. tests/boundaries holds that.

// The ground floor: the memory that holds the bytes, and who owns it at which time.

export { FreshMemory } from '../bytes/memory/fresh-memory.ts';
export type { BorrowedBytes, Memory } from '../bytes/memory/memory.ts';
export { MessageMemory } from '../bytes/memory/message-memory.ts';
export { SendMemory } from '../bytes/memory/send-memory.ts';

// §8.1 Text is UTF-8.

export { decodeText, encodeText, type IsUtf8, Utf8Checker } from '../text/utf8.ts';

// §4.1, §4.2 The head of a request or a response, in plain HTTP.

export { EXAMPLE_KEY, EXAMPLE_REQUEST, EXAMPLE_RESPONSE } from './handshake/head/example-heads.ts';
export { formatRequestHead, formatResponseHead } from './handshake/head/format-head.ts';
export {
  DEFAULT_HEAD_LIMITS,
  type Header,
  type HeadLimits,
  headerTokens,
  headerValues,
  type RequestHead,
  type ResponseHead,
} from './handshake/head/head.ts';
export { type HeadResult, parseRequestHead, parseResponseHead } from './handshake/head/parse-head.ts';
export type { Refusal } from './handshake/head/refusal.ts';

// §1.3, §4.2.2 The key and the accept.

export {
  type AcceptSteps,
  acceptSteps,
  computeAccept,
  encodeKey,
  NONCE_LENGTH,
  WEBSOCKET_GUID,
} from './handshake/accept/accept-key.ts';
export { checkKey, type KeyProblem } from './handshake/accept/check-key.ts';

// §4.1 The client’s request, and §4.2 how a server checks it.

export { type AcceptedRequest, type CheckedRequest, checkRequest } from './handshake/request/check-request.ts';
export { type ClientRequest, createRequest } from './handshake/request/request.ts';
export type { RequestAddress } from './handshake/request/request-address.ts';

// §4.2.2 The server’s response, and §4.1 how a client checks it.

export { checkResponse, type SentRequest } from './handshake/response/check-response.ts';
export { acceptRequest, chooseSubprotocol, refuseRequest } from './handshake/response/respond.ts';

// §5.2 One frame: where its fields are, its opcode, its header, its mask; and the reader that finds frames in a stream.

export { FIELD_NAMES, type FieldName } from './field-name.ts';
export { encodeFrame, type Frame } from './framing/frame.ts';
export { type FramePart, FrameReader } from './framing/frame-reader.ts';
export { decodeHeader, encodeHeader, endOfLength, type FrameHeader, type HeaderFields } from './framing/header.ts';
export {
  type ByteRange,
  type FrameLayout,
  layoutOf,
  MASK_BIT,
  MAX_CONTROL_PAYLOAD_LENGTH,
  MAX_HEADER_LENGTH,
  MIN_HEADER_LENGTH,
  minimalLengthField,
  RSV1_BIT,
  RSV2_BIT,
  RSV3_BIT,
} from './framing/layout.ts';
export { mask, maskInPlace } from './framing/masking.ts';
export {
  type DefinedOpcode,
  isControlOpcode,
  isReservedOpcode,
  type MessageOpcode,
  OPCODE,
  OPCODES,
  type OpcodeInfo,
} from './framing/opcode.ts';

// §5.4, §6 Messages: fragments joined and checked, within limits.

export { completeLimits, DEFAULT_LIMITS, type Limits } from './limits.ts';
export type { AssembledMessage } from './messages/assembler.ts';
export { Receiver, type ReceiverOptions } from './messages/receiver.ts';

// §7 Closing: the body of a close frame, and its status codes.

export {
  type CloseBody,
  checkCloseBody,
  decodeCloseBody,
  encodeCloseBody,
  MAX_REASON_BYTES,
} from './closing/close-body.ts';
export {
  ABNORMAL_CLOSURE,
  maySend,
  NO_STATUS_RECEIVED,
  STATUS_CODES,
  type StatusCodeInfo,
  type StatusCodeSender,
  statusCodeInfo,
  TRY_AGAIN_LATER,
} from './closing/status-codes.ts';
export { meaningOfStatusCode } from './closing/status-meanings.ts';

// §9 The seam for extensions, and permessage-deflate, which RFC 7692 defines.

export type { Extension, MessageEncoder, PayloadDecoder } from './extensions/extension.ts';
export type { ClientExtensions, NegotiatedExtensions, ServerExtensions } from './extensions/negotiation.ts';
export type { DeflateCodec, Deflater, Inflater } from './extensions/permessage-deflate/codec.ts';
export type { DeflateThresholds } from './extensions/permessage-deflate/message-deflater.ts';
export type { DeflatePolicy } from './extensions/permessage-deflate/negotiate.ts';
export type { DeflateAgreement, DeflateOffer } from './extensions/permessage-deflate/parameters.ts';
export {
  DeflateClient,
  type DeflateClientOptions,
  DeflateServer,
  type DeflateServerOptions,
  EVERY_MESSAGE,
} from './extensions/permessage-deflate/permessage-deflate.ts';
export { DEFLATE_RULES } from './extensions/permessage-deflate/rules.ts';
export { ExtensionStep } from './messages/extension-step.ts';

// Every rule, and what breaks one.

export { CLOSING_RULES } from './closing/rules.ts';
export { checkHeader, FRAMING_RULES, type HeaderContext } from './framing/rules.ts';
export { HANDSHAKE_RULES } from './handshake/rules.ts';
export { MESSAGE_RULES } from './messages/rules.ts';
export { citeSection, type FailureCode, type FrameRule, type HandshakeRule, type Rule } from './rule.ts';
export { FRAME_RULES, ruleNamed } from './rules.ts';
export { moveViolation, type Violation, violationOf } from './violation.ts';

// The pieces together: one end of a connection without its socket. Bytes go in, effects come out.

export type {
  CloseEvent,
  CloseTcpEffect,
  Effect,
  EndpointEvent,
  EventEffect,
  MessageEvent,
  OpenEvent,
  PingEvent,
  PongEvent,
  WriteEffect,
} from './endpoint/effects.ts';
export { Endpoint } from './endpoint/endpoint.ts';
export type { ClientOptions, ServerOptions } from './endpoint/options.ts';
export { READY_STATES, type ReadyState, type Transition } from './endpoint/ready-state.ts';
export { Sender } from './endpoint/sender.ts';
