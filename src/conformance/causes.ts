import type { Outcome } from './verdict.ts';

/** A fault that a server can have, and how to repair it. */
export interface KnownCause {
  /** What the server does, as a heading. */
  readonly title: string;
  /** What to change in the server. */
  readonly fix: string;
}

/** The faults that the suite can tell apart. One fault often fails dozens of cases. */
export const CAUSES = {
  'binary-as-text': {
    title: 'Binary messages come back as text',
    fix: 'Echo each message with the opcode it arrived with: 2 for binary, 1 for text. In many libraries the type of what you send decides: bytes or a string.',
  },
  'text-as-binary': {
    title: 'Text messages come back as binary',
    fix: 'Echo each message with the opcode it arrived with: 1 for text, 2 for binary.',
  },
  'payload-not-unmasked': {
    title: 'Payloads come back with the mask still on',
    fix: 'Before you use a payload, XOR its byte i with byte i mod 4 of the masking key (§5.3).',
  },
  'fragments-not-joined': {
    title: 'Fragments are not joined into one message',
    fix: 'Collect the payloads of a message until a frame has FIN 1, then handle the whole (§5.4). A continuation frame has opcode 0; the first frame gives the type. Control frames may come in between.',
  },
  'pings-not-answered': {
    title: 'Pings are not answered',
    fix: 'Answer every ping (opcode 9) with a pong (opcode A) that carries the same payload (§5.5.2), even between two fragments.',
  },
  'pong-payload-changed': {
    title: 'Pongs do not carry the payload of the ping',
    fix: 'Copy the payload of the ping into the pong, byte for byte (§5.5.2).',
  },
  'pongs-too-late': {
    title: 'Pongs wait for the end of a message',
    fix: 'Answer a ping as soon as it arrives, also between the fragments of a message (§5.4, §5.5.2).',
  },
  'pongs-answered': {
    title: 'Pongs are answered',
    fix: 'Ignore a pong that you did not ask for (§5.5.3). Make sure that only opcodes 1, 2 and 0 reach the code that echoes.',
  },
  'frames-cut-by-tcp': {
    title: 'Frames that arrive in several reads are lost or misread',
    fix: 'Keep the bytes of an unfinished frame, and go on with the next read. TCP may cut the stream anywhere, even inside a header.',
  },
  'frames-joined-by-tcp': {
    title: 'Only the first frame of a read is handled',
    fix: 'Loop over your buffer until it holds no whole frame. One read may deliver many frames.',
  },
  'medium-lengths-misread': {
    title: 'Messages of 126 bytes and more do not come back unchanged',
    fix: 'If the 7-bit length is 126, the length is in the next two bytes, in network byte order (§5.2). Check what you send as well as what you read.',
  },
  'long-lengths-misread': {
    title: 'Messages of 65,536 bytes and more do not come back unchanged',
    fix: 'If the 7-bit length is 127, the length is in the next eight bytes, in network byte order (§5.2). Check what you send as well as what you read.',
  },
  'deflate-misread': {
    title: 'Compressed messages are misread',
    fix: 'At the end of a message with RSV1, put 00 00 ff ff back and inflate all of its fragments as one stream, with the window of the messages before (RFC 7692 §7.2.2). If it is not DEFLATE, close with 1007.',
  },
  'deflate-agreement-broken': {
    title: 'Compression does not keep what was agreed on',
    fix: 'Decline an offer with parameters that you do not know. Answer with what was asked for, and then use no larger window and no context that the answer rules out (RFC 7692 §7.1).',
  },
  'messages-changed': {
    title: 'Messages come back changed',
    fix: 'Echo the payload byte for byte. Do not trim it, do not convert it, and do not stop at a zero byte.',
  },
  'messages-missing': {
    title: 'Messages do not come back',
    fix: 'Echo every message, the empty one too.',
  },
  'extra-messages': {
    title: 'The server sends messages that nothing asked for',
    fix: 'Send each message back once, and nothing else: no greeting, no log lines.',
  },
  'sends-broken-frames': {
    title: 'The server sends frames that break the rules itself',
    fix: 'Read which rule the finding names. A server sends its frames unmasked, with the shortest length form, and never copies an invalid close code or text.',
  },
  'reserved-bits-not-checked': {
    title: 'The reserved bits are not checked',
    fix: 'If RSV1, RSV2 or RSV3 is set and no extension was negotiated, close with 1002 (§5.2).',
  },
  'opcodes-not-checked': {
    title: 'Reserved opcodes are accepted',
    fix: 'Close with 1002 on every opcode other than 0, 1, 2, 8, 9 and A (§5.2).',
  },
  'mask-not-checked': {
    title: 'Unmasked frames from the client are accepted',
    fix: 'Close with 1002 if the MASK bit of a client’s frame is 0 (§5.1).',
  },
  'length-not-checked': {
    title: 'Impossible lengths are accepted',
    fix: 'Close with 1002 if the top bit of a 64-bit length is set (§5.2). Do not wait for the payload.',
  },
  'control-frames-not-checked': {
    title: 'Control frames that are too long or fragmented are accepted',
    fix: 'Close with 1002 if a close, ping or pong frame has FIN 0 or more than 125 bytes (§5.5).',
  },
  'fragment-order-not-checked': {
    title: 'Fragments out of order are accepted',
    fix: 'Remember whether a message is unfinished. A continuation without one, and a new message inside one, are both errors: close with 1002 (§5.4).',
  },
  'utf8-not-checked': {
    title: 'Text is not checked to be UTF-8',
    fix: 'Decode text strictly, and close with 1007 on the first invalid byte (§8.1). Many libraries have an option for it.',
  },
  'close-body-not-checked': {
    title: 'The body of a close frame is not checked',
    fix: 'Close with 1002 if the body is one byte long or holds a code that must not be sent (§7.4), and with 1007 if the reason is not UTF-8.',
  },
  'size-not-checked': {
    title: 'Messages over the limit are accepted',
    fix: 'Compare the announced length with your limit before you read the payload, add up the fragments, and close with 1009 (§10.4).',
  },
  'goes-on-after-close': {
    title: 'Frames after the close frame are still handled',
    fix: 'After you have received a close frame, discard everything else (§1.4). Answer it, and end TCP.',
  },
  'wrong-failure-code': {
    title: 'Broken rules are answered with the wrong close code',
    fix: 'Use 1002 for protocol errors, 1007 for invalid text and 1009 for messages that are too big (§7.4.1).',
  },
  'closes-too-early': {
    title: 'The server closes connections although nothing is wrong',
    fix: 'Look at the reason in the close frame, and in your log: your server rejects something that the RFC permits.',
  },
  'close-not-answered': {
    title: 'Close frames are not answered',
    fix: 'Answer a close frame with one of your own (§5.5.1), usually with the same code, before you end TCP.',
  },
  'wrong-close-code': {
    title: 'Close frames are answered with another code',
    fix: 'Copy the status code of the close frame into your answer (§5.5.1).',
  },
  'tcp-left-open': {
    title: 'TCP stays open after the closing handshake',
    fix: 'A server ends TCP at once when it has sent and received a close frame (§7.1.1).',
  },
  'opening-not-answered': {
    title: 'Correct opening requests get no connection',
    fix: 'Compare header names and the tokens of Upgrade and Connection in any case, read them as lists, skip white space around values, and read on until the empty line (§4.2.1).',
  },
  'request-line-not-checked': {
    title: 'The method or the HTTP version is not checked',
    fix: 'Open a connection only for GET with HTTP/1.1 or higher (§4.2.1).',
  },
  'host-not-checked': {
    title: 'The Host header is not checked',
    fix: 'Answer 400 if Host is missing, repeated or malformed (§4.2.1, RFC 9112 §3.2).',
  },
  'upgrade-not-checked': {
    title: 'The Upgrade or Connection header is not checked',
    fix: 'Open a connection only if Upgrade lists websocket and Connection lists Upgrade (§4.2.1).',
  },
  'key-not-checked': {
    title: 'The Sec-WebSocket-Key is not checked',
    fix: 'Answer 400 if the key is missing or repeated (§4.2.1, §11.3.1).',
  },
  'version-not-checked': {
    title: 'The Sec-WebSocket-Version is not checked',
    fix: 'If the version is not exactly 13, answer 426 with “Sec-WebSocket-Version: 13” (§4.4).',
  },
  'offers-not-checked': {
    title: 'Malformed offers of subprotocols or extensions are accepted',
    fix: 'Parse both headers strictly, and answer 400 if an element is not a token (§4.2.1, §9.1).',
  },
  'head-not-checked': {
    title: 'Malformed requests are accepted',
    fix: 'Answer 400 if the head of the request breaks the rules of HTTP that the case names.',
  },
  'refusal-lacks-header': {
    title: 'A refusal lacks a header that it needs',
    fix: 'Send Allow with 405, Upgrade with 426, and Sec-WebSocket-Version whenever you refuse a version.',
  },
  'wrong-refusal': {
    title: 'Wrong opening requests get the wrong answer, or none',
    fix: 'Refuse them with a 4xx status (§4.2.1). A 5xx status says that your server itself failed.',
  },
  unreachable: {
    title: 'The server accepts no TCP connection',
    fix: 'Look whether it still runs: a case may have ended it.',
  },
} as const satisfies Record<string, KnownCause>;

/** The name of a row in {@link CAUSES}. */
export type CauseName = keyof typeof CAUSES;

/** What grouping needs to know of a result. */
export interface Judged {
  readonly id: string;
  readonly outcome: Outcome;
  /** A name in {@link CAUSES}; another text stands for itself, empty if the case did not fail. */
  readonly cause: string;
}

/** The failed cases that most likely have the same cause. */
export interface Cause<Result extends Judged = Judged> extends KnownCause {
  readonly name: string;
  /** In the order of the suite. The first serves as the worked example. */
  readonly cases: readonly Result[];
}

/**
 * Groups failed cases by their most likely cause; the cause with the most cases comes first.
 *
 * @param known the causes that have a title and a fix: those of servers, if left out
 */
export function findCauses<Result extends Judged>(
  results: readonly Result[],
  known: Readonly<Record<string, KnownCause>> = CAUSES,
): Cause<Result>[] {
  const failed = results.filter(({ outcome }) => outcome === 'failed');
  return [...Map.groupBy(failed, ({ cause }) => cause)]
    .map(([name, cases]) => ({ name, cases, ...knownCause(name, known) }))
    .sort((a, b) => b.cases.length - a.cases.length);
}

function knownCause(name: string, known: Readonly<Record<string, KnownCause>>): KnownCause {
  return (Object.hasOwn(known, name) ? known[name] : undefined) ?? { title: name || 'Other failures', fix: '' };
}
