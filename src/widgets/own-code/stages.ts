import type { StageId } from './stage-id.ts';

/** One function that the reader writes. */
export interface Stage {
  readonly id: StageId;
  /** The heading of its section. */
  readonly title: string;
  /** What it takes and returns, in the notation of TypeScript. */
  readonly signature: string;
  /** What the editor contains before the reader has written anything. */
  readonly starter: string;
}

/** Every stage, in its order. */
export const STAGES: readonly Stage[] = [
  {
    id: 'accept',
    title: 'Answer the key',
    signature: 'accept(key: string): string',
    starter: `const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

function accept(key) {
  // You have: new TextEncoder().encode(text), sha1(bytes), base64(bytes)
  return '';
}
`,
  },
  {
    id: 'decodeHeader',
    title: 'Read the header of a frame',
    signature: `decodeHeader(bytes: Uint8Array): undefined | {
  fin: boolean, rsv: number, opcode: number, masked: boolean,
  length: number, key: Uint8Array | undefined, headerLength: number
}`,
    starter: `function decodeHeader(bytes) {
  // Return undefined while the header is not complete.
  return {
    fin: false,
    rsv: 0,
    opcode: 0,
    masked: false,
    length: 0,
    key: undefined,
    headerLength: 2,
  };
}
`,
  },
  {
    id: 'unmask',
    title: 'Take the mask off',
    signature: 'unmask(payload: Uint8Array, key: Uint8Array): Uint8Array',
    starter: `function unmask(payload, key) {
  return payload;
}
`,
  },
  {
    id: 'createReader',
    title: 'Find the frames in the stream',
    signature: `createReader(): { receive(bytes: Uint8Array): Frame[] }
Frame: { fin: boolean, opcode: number, payload: Uint8Array }`,
    starter: `function createReader() {
  // A variable here lives as long as the connection.

  function receive(bytes) {
    const frames = [];
    // You have: decodeHeader(bytes), unmask(payload, key), concat(a, b)
    return frames;
  }

  return { receive };
}
`,
  },
  {
    id: 'createServer',
    title: 'The whole server',
    signature: `createServer(): {
  receive(bytes: Uint8Array): { send: Uint8Array, end: boolean }
}`,
    starter: `function createServer() {
  let buffer = new Uint8Array(0);
  let isOpen = false;

  function receive(bytes) {
    buffer = concat(buffer, bytes);
    // First comes the opening request, up to its empty line. Then come frames.
    return { send: new Uint8Array(0), end: false };
  }

  return { receive };
}
`,
  },
];

/** The stage with this name. */
export function stageOf(id: StageId): Stage {
  return STAGES.find((stage) => stage.id === id) as Stage;
}
