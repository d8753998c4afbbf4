/** One step in building a server, chapter by chapter. Stage n belongs to chapter n. */
export interface Stage {
  /** From 1. Also the order of the chapter that teaches it. */
  readonly number: number;
  /** As in the names of its files: `examples/your-server/04-frame.py`. */
  readonly name: string;
  readonly title: string;
  /** What the server can do now and could not do before, in one sentence. */
  readonly can: string;
  /** How far the connection of a correct case goes at this stage. */
  readonly reach: Reach;
  /** The groups of cases that pass from this stage on. */
  readonly groups: readonly CaseGroup[];
}

/**
 * How much of a correct case counts: any answer to the request; a 101; a 101 with the right accept; the messages that
 * come back; or all of it, with the closing handshake. Cases with a mistake are always whole.
 */
export type Reach = 'answer' | 'upgrade' | 'accept' | 'messages' | 'all';

/** Cases that one part of a server makes pass. */
export interface CaseGroup {
  readonly title: string;
  /** Their ids. */
  readonly ids: RegExp;
  /** True for cases that the server must refuse or fail, false for correct ones, undefined for both. */
  readonly wrong?: boolean;
}

/** How to build a server: the stages in order. Each case of the suite without compression is in exactly one group. */
export const STAGES: readonly Stage[] = [
  {
    number: 1,
    name: 'listen',
    title: 'Listen, and read a request',
    can: 'It listens on TCP and reads the head of a request, however TCP has cut it.',
    reach: 'answer',
    groups: [
      { title: 'A request in pieces', ids: /^4\.2\.1-opens-cut-/ },
      { title: 'A head that is too long, or no request at all', ids: /^4\.2\.1-refuses-(?:nonsense|head-too-large)$/ },
    ],
  },
  {
    number: 2,
    name: 'handshake',
    title: 'Check the request',
    can: 'It refuses wrong requests with the right HTTP status, and answers correct ones with 101.',
    reach: 'upgrade',
    groups: [
      { title: 'Correct requests in unusual forms', ids: /^4\.2\.1-opens-(?!cut-)/ },
      { title: 'Requests to refuse', ids: /^4\.2\.1-refuses-(?!nonsense$|head-too-large$)/ },
    ],
  },
  {
    number: 3,
    name: 'accept',
    title: 'Compute the accept',
    can: 'It proves that it has read the request, so a client opens the connection.',
    reach: 'accept',
    groups: [
      { title: 'The accept', ids: /^4\.2\.2-(?:accept-|opens-plain$)/ },
      { title: 'Extensions and subprotocols', ids: /^(?:4\.2\.2|9\.1)-opens-(?:extension|subprotocol)/ },
    ],
  },
  {
    number: 4,
    name: 'frame',
    title: 'Read the header of a frame',
    can: 'It reads frame after frame, and closes with 1002 if a header breaks a rule.',
    reach: 'accept',
    groups: [
      { title: 'Reserved bits and opcodes', ids: /^5\.2-(?:rsv|opcode|example)-/ },
      { title: 'Frames without a mask', ids: /^5\.(?:1|7)-(?:example-)?unmasked-/ },
      { title: 'Lengths in a wrong form', ids: /^5\.2-(?:not-minimal|top-bit)-/ },
      { title: 'Control frames that are cut or too long', ids: /^5\.5-/ },
    ],
  },
  {
    number: 5,
    name: 'masking',
    title: 'Undo the masking, and echo',
    can: 'It undoes the masking, and echoes each message that comes in a single frame.',
    reach: 'messages',
    groups: [
      { title: 'Masking keys', ids: /^5\.(?:3|6|7)-(?:mask-|binary-|masked-text$)/ },
      { title: 'Lengths from 0 to 65,537 bytes', ids: /^5\.2-length-/ },
      { title: 'Frames cut and joined by TCP', ids: /^5\.2-(?:cut-|\d+-frames-)/ },
      { title: 'A frame sent with the request', ids: /^4\.2\.2-opens-frames-behind/ },
    ],
  },
  {
    number: 6,
    name: 'messages',
    title: 'Join fragments into messages',
    can: 'It joins the fragments of a message and echoes the whole, up to a limit.',
    reach: 'messages',
    groups: [
      { title: 'Messages in fragments', ids: /^5\.4-(?!ping-|pongs-)/, wrong: false },
      { title: 'Texts in UTF-8', ids: /^8\.1-/, wrong: false },
      { title: 'Long messages, and many of them', ids: /^6\.2-/ },
    ],
  },
  {
    number: 7,
    name: 'ping-close',
    title: 'Answer pings, and close',
    can: 'It answers each ping with a pong, answers a close frame with a close frame, and then ends TCP.',
    reach: 'all',
    groups: [
      {
        title: 'Pings and pongs',
        ids: /^(?:5\.5\.[23]-|5\.4-pings?-|5\.4-pongs-|5\.7-masked-pong$|4\.2\.2-opens-ping-)/,
      },
      // Its client pings to see whether the server still listens.
      { title: 'Your own limit', ids: /^10\.4-/ },
      { title: 'The closing handshake', ids: /^(?:5\.5\.1-|7\.1-|4\.2\.2-opens-close-)/, wrong: false },
      { title: 'Status codes to answer', ids: /^7\.4-/, wrong: false },
    ],
  },
  {
    number: 8,
    name: 'breaking-rules',
    title: 'Say no to the rest',
    can: 'It closes with 1002 or 1007 if fragments are out of order, a text is not UTF-8, or a close frame is wrong.',
    reach: 'all',
    groups: [
      { title: 'Fragments out of order', ids: /^5\.4-/, wrong: true },
      { title: 'Texts that are not UTF-8', ids: /^8\.1-/, wrong: true },
      { title: 'Wrong close frames', ids: /^(?:5\.5\.1|7\.4|7\.4\.[12])-/, wrong: true },
    ],
  },
];

/** The stage with this number, or undefined. */
export function stageNumbered(number: number): Stage | undefined {
  return STAGES.find((stage) => stage.number === number);
}
