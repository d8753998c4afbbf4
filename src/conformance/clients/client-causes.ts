import { CAUSES, type CauseName, type KnownCause } from '../causes.ts';

/** What a client does wrong, where a server cannot, or where the repair is another one. */
const OF_CLIENTS = {
  'answer-not-checked': {
    title: 'Wrong answers to the opening request are accepted',
    fix: 'Open the connection only if the status is 101, Upgrade is websocket, Connection lists Upgrade, the accept is the value computed from your key, and you offered the subprotocol and every extension (§4.1).',
  },
  'frames-not-masked': {
    title: 'Frames are not masked',
    fix: 'Set the MASK bit on every frame, control frames and empty ones too, send four random bytes after the length, and XOR byte i of the payload with byte i mod 4 of them (§5.3).',
  },
  'masking-keys-weak': {
    title: 'Masking keys can be predicted',
    fix: 'Draw four bytes from a cryptographic random source for each frame (§5.3). Do not count up, do not reuse a key, and do not use 0.',
  },
  'request-wrong': {
    title: 'The opening request breaks a rule',
    fix: 'Send GET, HTTP/1.1, Host, Upgrade: websocket, Connection: Upgrade, Sec-WebSocket-Version: 13, and a Sec-WebSocket-Key of 16 random bytes in base64, each once (§4.1).',
  },
  'key-not-fresh': {
    title: 'The same Sec-WebSocket-Key is sent again',
    fix: 'Draw 16 random bytes for each connection (§4.1).',
  },
  'opening-not-answered': {
    title: 'Correct answers to the opening request are refused',
    fix: 'Compare header names and the tokens of Upgrade and Connection in any case, read Connection as a list, skip white space around values, and read on until the empty line (§4.1). Frames may come right behind it.',
  },
  'mask-not-checked': {
    title: 'Masked frames from the server are accepted',
    fix: 'Close with 1002 if the MASK bit of a server’s frame is 1 (§5.1).',
  },
  'messages-missing': {
    title: 'Messages do not come back',
    fix: 'Your program must send every message back, with the same type. If it does, look at what your library drops.',
  },
  'extra-messages': {
    title: 'The client sends messages that nothing asked for',
    fix: 'Let your program only echo: no greeting, and nothing twice.',
  },
  'closes-too-early': {
    title: 'The client closes connections although nothing is wrong',
    fix: 'Look at the reason in the close frame: your client rejects something that the RFC permits. Or your program closes by itself: let the server close.',
  },
  'sends-broken-frames': {
    title: 'The client sends frames that break the rules itself',
    fix: 'Read which rule the finding names. A client masks every frame, uses the shortest length form, and never copies an invalid close code or text.',
  },
  'tcp-left-open': {
    title: 'TCP stays open after the client has given up',
    fix: 'End TCP when you fail the connection (§7.1.7).',
  },
  'deflate-agreement-broken': {
    title: 'Compression does not keep what was agreed on',
    fix: 'Refuse an answer with parameters that you do not know. Use no larger window and no context that the answer rules out (RFC 7692 §7.1).',
  },
} as const satisfies Record<string, KnownCause>;

/** The causes of what a client does wrong: those of servers, in the words that fit a client. */
export const CLIENT_CAUSES: Readonly<Record<string, KnownCause>> = { ...CAUSES, ...OF_CLIENTS };

/** The name of a row in {@link CLIENT_CAUSES}. */
export type ClientCauseName = CauseName | keyof typeof OF_CLIENTS;
