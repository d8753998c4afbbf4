import type { FrameDump } from '../../../inspector/frame/frame-dump.ts';
import type { WireFrame } from '../../../inspector/wire/wire.ts';
import type { CloseEventData } from '../../base/source/source.ts';

/*
 * Everything here imports types alone: it runs when the page opens, and what explains bytes is six times its size.
 */

/** The companion's addresses, given by the page, which was built with them. */
export interface CompanionPaths {
  readonly health: string;
  readonly echo: string;
  readonly tap: string;
  /** The parameter that names who watches. */
  readonly watch: string;
}

/** Something that happened on the first connection, kept until somebody can explain it. */
export type FirstMoment =
  | { readonly type: 'wire'; readonly text: string }
  | { readonly type: 'connecting'; readonly address: string }
  | { readonly type: 'open' }
  | { readonly type: 'sent'; readonly text: string }
  | { readonly type: 'message'; readonly data: string | ArrayBuffer }
  | ({ readonly type: 'close' } & CloseEventData)
  | { readonly type: 'lost' };

/** The message that the page sends by itself. */
export const FIRST_MESSAGE = 'Hello';

/** So many moments are kept; a connection on which more happens needs the whole inspector at once. */
const MAX_MOMENTS = 4096;
const TOKEN_BYTES = 16;
/** A companion on this machine answers at once; a host that takes longer has none. */
const PATIENCE_MS = 2000;
const COMPANION = 'framelight';

/**
 * The page's first WebSocket and the tap that watches it. It greets the server by itself, so that the reader's own frame
 * is there before the reader has done anything.
 */
export class FirstConnection {
  readonly moments: FirstMoment[] = [];
  /** How many more there were than are kept. */
  missed = 0;
  /** Called with each moment from now on. */
  onMoment: ((moment: FirstMoment) => void) | undefined;
  socket: WebSocket | undefined;
  readonly #paths: CompanionPaths;
  readonly #query: string;
  readonly #tap: WebSocket;
  #greeted = false;

  constructor(paths: CompanionPaths) {
    const token = Array.from(crypto.getRandomValues(new Uint8Array(TOKEN_BYTES)), (byte) =>
      byte.toString(16).padStart(2, '0'),
    ).join('');
    this.#paths = paths;
    this.#query = `?${paths.watch}=${token}`;
    this.#tap = new WebSocket(paths.tap + this.#query);
    this.#tap.onopen = () => this.connect();
    this.#tap.onmessage = ({ data }) => this.#tell({ type: 'wire', text: String(data) });
    this.#tap.onclose = () => {
      this.#tell({ type: 'lost' });
      this.stop();
    };
  }

  get isOver(): boolean {
    return this.#tap.readyState >= WebSocket.CLOSING;
  }

  /** Opens a WebSocket, unless one is open or the tap is not. */
  connect(): void {
    if (this.#tap.readyState !== WebSocket.OPEN) return;
    if (this.socket !== undefined && this.socket.readyState < WebSocket.CLOSING) return;
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    this.#tell({ type: 'connecting', address: `${scheme}://${location.host}${this.#paths.echo}` });
    const socket = new WebSocket(this.#paths.echo + this.#query);
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => {
      this.#tell({ type: 'open' });
      this.#greet(socket);
    };
    socket.onmessage = ({ data }) => this.#tell({ type: 'message', data: data as string | ArrayBuffer });
    socket.onclose = ({ code, reason, wasClean }) => this.#tell({ type: 'close', code, reason, wasClean });
    this.socket = socket;
  }

  /** Nothing is told after this. */
  stop(): void {
    this.#tap.onopen = null;
    this.#tap.onmessage = null;
    this.#tap.onclose = null;
    this.#tap.close();
    this.socket?.close();
    this.onMoment = undefined;
  }

  #greet(socket: WebSocket): void {
    if (this.#greeted) return;
    this.#greeted = true;
    this.#tell({ type: 'sent', text: FIRST_MESSAGE });
    socket.send(FIRST_MESSAGE);
  }

  #tell(moment: FirstMoment): void {
    if (this.moments.length < MAX_MOMENTS) this.moments.push(moment);
    else this.missed++;
    this.onMoment?.(moment);
  }
}

/** Whether the server that this page came from is the companion; else why not. */
export async function findCompanion(path: string): Promise<{ readonly found: boolean; readonly why: string }> {
  try {
    const response = await fetch(path, { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS) });
    if (!response.ok) return { found: false, why: 'This page came from a web host without our server.' };
    const { name }: { name?: unknown } = await response.json();
    return { found: name === COMPANION, why: 'This page came from another server than ours.' };
  } catch {
    return { found: false, why: 'The server that this page came from does not answer.' };
  }
}

/** The dump of a message that the client sent, if the tap's text is of one. */
export function ownFrameOf(text: string): FrameDump | undefined {
  try {
    const frame = JSON.parse(text) as Partial<WireFrame> | null;
    const isOwn = frame?.type === 'frame' && frame.direction === 'in' && Number(frame.opcode) < 8;
    return isOwn && Array.isArray(frame.fields) && frame.payload !== undefined ? (frame as WireFrame) : undefined;
  } catch {
    return undefined;
  }
}
