/** The opcodes that RFC 6455 defines. §5.2 and §11.8. */
export const OPCODE = {
  continuation: 0x0,
  text: 0x1,
  binary: 0x2,
  close: 0x8,
  ping: 0x9,
  pong: 0xa,
} as const;

/** The opcode of a whole message: text or binary. RFC 6455 §5.6. */
export type MessageOpcode = typeof OPCODE.text | typeof OPCODE.binary;

/** An opcode that RFC 6455 gives a meaning. */
export type DefinedOpcode = (typeof OPCODE)[keyof typeof OPCODE];

/** One value of the opcode, and what it means. RFC 6455 §5.2, §11.8. */
export interface OpcodeInfo {
  /** 0 to 15, as in the frame. */
  readonly opcode: number;
  readonly name: string;
  readonly kind: 'data' | 'control';
  readonly reserved: boolean;
  /** One sentence for people. */
  readonly meaning: string;
  /** Section of RFC 6455. */
  readonly section: string;
}

const reserved = (opcode: number, kind: OpcodeInfo['kind']): OpcodeInfo => ({
  opcode,
  name: `reserved ${opcode.toString(16).toUpperCase()}`,
  kind,
  reserved: true,
  meaning: `Reserved for a further ${kind} frame: nobody may send it before an extension gives it a meaning.`,
  section: '5.2',
});

const defined = (opcode: DefinedOpcode, name: string, section: string, meaning: string): OpcodeInfo => ({
  opcode,
  name,
  kind: isControlOpcode(opcode) ? 'control' : 'data',
  reserved: false,
  meaning,
  section,
});

/** All sixteen values of the four opcode bits, in order: `OPCODES[opcode]`. RFC 6455 §5.2. */
export const OPCODES: readonly OpcodeInfo[] = [
  defined(OPCODE.continuation, 'continuation', '5.4', 'Continues the message that an earlier frame began.'),
  defined(OPCODE.text, 'text', '5.6', 'Begins a text message: its payload is UTF-8.'),
  defined(OPCODE.binary, 'binary', '5.6', 'Begins a binary message: its payload is any bytes.'),
  ...[0x3, 0x4, 0x5, 0x6, 0x7].map((opcode) => reserved(opcode, 'data')),
  defined(OPCODE.close, 'close', '5.5.1', 'Begins or answers the closing handshake.'),
  defined(OPCODE.ping, 'ping', '5.5.2', 'Asks the peer for a pong that carries the same payload.'),
  defined(OPCODE.pong, 'pong', '5.5.3', 'Answers a ping, or shows without being asked that the sender is alive.'),
  ...[0xb, 0xc, 0xd, 0xe, 0xf].map((opcode) => reserved(opcode, 'control')),
];

/** Whether the opcode names a control frame: its highest bit says so. RFC 6455 §5.5. */
export function isControlOpcode(opcode: number): boolean {
  return opcode >= 0x8;
}

/** Whether the opcode is one that only a future extension may use. RFC 6455 §5.2. */
export function isReservedOpcode(opcode: number): boolean {
  return (opcode & 0x7) >= 0x3;
}
