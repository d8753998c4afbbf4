import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { createCodec } from '../server/deflate/codec.ts';
import { joinBytes } from '../src/bytes/join-bytes.ts';
import {
  checkResponse,
  createRequest,
  DeflateClient,
  encodeCloseBody,
  encodeFrame,
  encodeKey,
  FreshMemory,
  formatRequestHead,
  isControlOpcode,
  OPCODE,
  parseResponseHead,
  Receiver,
  type RequestHead,
  type ResponseHead,
} from '../src/protocol/index.ts';

/** One thing that a client does wrong; what is not there it does right. */
export interface ClientFault {
  readonly request?: (right: RequestHead) => RequestHead;
  readonly key?: () => string;
  /** Opens the connection although the answer is wrong. */
  readonly opensDespite?: boolean;
  /** Refuses a right answer. */
  readonly refusesHead?: (head: ResponseHead, text: string) => boolean;
  readonly losesBytesBehindHead?: boolean;
  /** Keeps TCP open where it should give up. */
  readonly keepsTcp?: boolean;
  /** The rules whose breach it does not notice. */
  readonly ignores?: (rule: string) => boolean;
  readonly failureCode?: number;
  readonly maskingKey?: (nth: number) => number | undefined;
  readonly echo?: (
    opcode: number,
    payload: Uint8Array,
    isCompressed: boolean,
  ) => readonly [opcode: number, payload: Uint8Array][];
  /** Echoes each frame of a message. */
  readonly echoesFragments?: boolean;
  readonly pong?: (payload: Uint8Array) => Uint8Array | undefined;
  readonly answersPongs?: boolean;
  readonly closeAnswer?: (payload: Uint8Array) => Uint8Array | undefined;
  readonly goesOnAfterClose?: boolean;
  /** Closes as soon as the connection is open. */
  readonly closesAtOnce?: boolean;
}

const LIMITS = { maxMessageBytes: 64 * 1024 * 1024, maxFragments: 100_000 };
const OFFER = {
  serverNoContextTakeover: false,
  clientNoContextTakeover: false,
  serverMaxWindowBits: undefined,
  clientMaxWindowBits: true,
} as const;
/** Longer than the suite takes to see whether a client waits. */
const MAX_WAIT_FOR_END_MS = 1_500;
/** A client gives up on a server that keeps the connection open. */
const MAX_LIFE_MS = 20_000;

let drawn = 0;

/** Bytes that look random, and are the same in every run. */
function nextBytes(length: number): Buffer {
  return createHash('sha256').update(String(drawn++)).digest().subarray(0, length);
}

/** Connects, echoes every message and keeps every rule but those that its fault breaks. Resolves when TCP has ended. */
export async function runBadClient(port: number, target: string, fault: ClientFault = {}): Promise<void> {
  const extensions = new DeflateClient({ codec: createCodec(new FreshMemory()), offers: [OFFER] });
  const key = fault.key?.() ?? encodeKey(nextBytes(16));
  const right = createRequest({ host: `127.0.0.1:${port}`, target, key, extensions: extensions.offer });
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  const timer = setTimeout(() => socket.destroy(), MAX_LIFE_MS);
  socket.on('error', () => socket.destroy());
  socket.on('end', () => socket.end());
  let head: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  let receiver: Receiver | undefined;
  let isCompressed = false;
  let isOver = false;
  let nth = 0;

  const send = (opcode: number, payload: Uint8Array): void => {
    const maskingKey = fault.maskingKey === undefined ? nextBytes(4).readUInt32BE() : fault.maskingKey(nth++);
    if (socket.writable) socket.write(encodeFrame({ opcode, payload, maskingKey }));
  };
  const giveUp = (statusCode?: number): void => {
    isOver = true;
    if (statusCode !== undefined) send(OPCODE.close, encodeCloseBody(fault.failureCode ?? statusCode));
    if (fault.keepsTcp !== true) socket.end();
  };
  const echo = (opcode: number, payload: Uint8Array): void => {
    for (const [sent, bytes] of fault.echo?.(opcode, payload, isCompressed) ?? [[opcode, payload]]) send(sent, bytes);
  };
  const take = (opcode: number, payload: Uint8Array): void => {
    if (opcode === OPCODE.ping) {
      const pong = fault.pong === undefined ? payload : fault.pong(payload);
      if (pong !== undefined) send(OPCODE.pong, pong);
    } else if (opcode === OPCODE.close) {
      const answer = fault.closeAnswer === undefined ? payload.slice(0, 2) : fault.closeAnswer(payload);
      if (answer !== undefined) send(OPCODE.close, answer);
      isOver = fault.goesOnAfterClose !== true;
      // The server ends TCP; a client need not wait for ever. RFC 6455 §7.1.1.
      setTimeout(() => socket.end(), MAX_WAIT_FOR_END_MS).unref();
    } else if (opcode === OPCODE.pong) {
      if (fault.answersPongs === true) send(OPCODE.pong, payload);
    } else if (fault.echoesFragments !== true) echo(opcode, payload);
  };
  const open = (response: ResponseHead): void => {
    const checked = checkResponse(response, { key, subprotocols: [], extensions });
    if ('refusal' in checked && fault.opensDespite !== true) {
      giveUp();
      return;
    }
    const negotiated = 'refusal' in checked ? undefined : checked.negotiated;
    isCompressed = negotiated !== undefined;
    receiver = new Receiver('server', LIMITS, {
      extensionStep: negotiated?.createStep(LIMITS.maxMessageBytes),
      onPart: ({ opcode, ends, payload }) => {
        if (fault.echoesFragments === true && ends && !isControlOpcode(opcode)) echo(opcode, payload.slice());
      },
    });
    if (fault.closesAtOnce === true) giveUp(1001);
  };
  const read = (bytes: Uint8Array<ArrayBuffer>): void => {
    if (receiver === undefined || isOver) return;
    receiver.feed(bytes);
    for (let item = receiver.next(); item !== undefined && !isOver; item = receiver.next()) {
      if ('opcode' in item) take(item.opcode, item.payload);
      else {
        isOver = true;
        if (fault.ignores?.(item.rule) !== true) giveUp(item.statusCode);
      }
    }
  };
  const readHead = (bytes: Uint8Array<ArrayBuffer>): void => {
    head = joinBytes([head, bytes]);
    const parsed = parseResponseHead(head);
    if (parsed.kind === 'incomplete') return;
    const text = Buffer.from(head).toString('latin1');
    const opens = fault.opensDespite === true;
    if (parsed.kind === 'refused' && !opens) {
      giveUp();
      return;
    }
    const response =
      parsed.kind === 'complete' ? parsed.head : { httpVersion: '1.1', httpStatus: 101, reasonPhrase: '', headers: [] };
    const end = parsed.kind === 'complete' ? parsed.byteLength : text.indexOf('\r\n\r\n') + 4;
    if (fault.refusesHead?.(response, text.slice(0, end)) === true) {
      giveUp();
      return;
    }
    open(response);
    if (fault.losesBytesBehindHead !== true) read(head.slice(end));
  };
  socket.on('data', (chunk: Buffer) => {
    const bytes = new Uint8Array(chunk);
    if (isOver) return;
    if (receiver === undefined) readHead(bytes);
    else read(bytes);
  });
  socket.on('connect', () => socket.write(formatRequestHead(fault.request?.(right) ?? right)));
  await once(socket, 'close');
  clearTimeout(timer);
}
