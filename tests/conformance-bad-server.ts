import { createServer, type Server, type Socket } from 'node:net';
import { checkCloseBody } from '../src/protocol/closing/close-body.ts';
import { FrameDecoder, type FramePart } from '../src/protocol/framing/decoder.ts';
import { encodeFrame, type Frame } from '../src/protocol/framing/frame.ts';
import { OPCODE } from '../src/protocol/framing/opcode.ts';
import { formatResponseHead } from '../src/protocol/handshake/format-head.ts';
import type { AssembledMessage } from '../src/protocol/messages/assembler.ts';
import { MessageAssembler } from '../src/protocol/messages/assembler.ts';
import { MessageChecker } from '../src/protocol/messages/checker.ts';
import { readOpening } from './conformance-bad-opening.ts';
import type { Fault } from './conformance-fault.ts';

export const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;
const LIMITS = { maxMessageBytes: MAX_MESSAGE_BYTES, maxFragments: 1024 * 1024 };

/** A server that echoes at /echo and keeps every rule but those that its fault breaks. */
export class BadServer {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  constructor(fault: Fault) {
    this.#server = createServer({ noDelay: true }, (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      socket.on('error', () => socket.destroy());
      new BadConnection(socket, fault);
    });
  }

  /** @returns the address of its echo */
  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const address = this.#server.address();
    return `ws://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/echo`;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

class BadConnection {
  readonly #socket: Socket;
  readonly #fault: Fault;
  readonly #decoder = new FrameDecoder();
  readonly #checker = new MessageChecker('client', LIMITS);
  readonly #assembler = new MessageAssembler();
  #head = new Uint8Array(0);
  #open = false;
  #done = false;
  #dropping = false;
  #held: FramePart[] = [];

  constructor(socket: Socket, fault: Fault) {
    this.#socket = socket;
    this.#fault = fault;
    socket.on('data', (chunk: Buffer) => this.#receive(new Uint8Array(chunk)));
  }

  #receive(chunk: Uint8Array<ArrayBuffer>): void {
    if (this.#done) return;
    if (!this.#open) {
      const opening = readOpening(
        new Uint8Array(Buffer.concat([this.#head, chunk])),
        this.#head.length > 0,
        this.#fault,
      );
      if (opening.kind === 'incomplete') {
        this.#head = opening.bytes;
        return;
      }
      this.#socket.write(formatResponseHead(opening.response));
      this.#open = opening.open;
      if (!this.#open) this.#endTcp();
      this.#readFrames(this.#fault.losesBytesBehindHead === true ? new Uint8Array(0) : opening.rest);
    } else this.#readFrames(chunk);
  }

  #readFrames(bytes: Uint8Array<ArrayBuffer>): void {
    if (!this.#open) return;
    const parts = [...this.#held, ...this.#decoder.push(bytes)];
    this.#held = [];
    for (const [i, part] of parts.entries()) {
      if (this.#done) return;
      this.#take(part);
      if (this.#fault.oneFrameARead === true && part.ends) {
        this.#held = parts.slice(i + 1);
        return;
      }
    }
  }

  #take(part: FramePart): void {
    const fault = this.#fault;
    if (fault.wholeFramesOnly === true && !(part.begins && part.ends)) return;
    const checked = fault.checks === undefined ? part : fault.checks(part);
    const violation = checked && this.#checker.check(checked);
    if (part.begins) this.#dropping = violation !== undefined && fault.ignores?.includes(violation.rule) === true;
    if (this.#dropping) return;
    if (violation !== undefined) {
      this.#fail(violation.statusCode);
      return;
    }
    const taken = fault.takes === undefined ? part : fault.takes(part);
    const message = taken && this.#assembler.push(taken);
    if (message !== undefined) this.#answer(message);
  }

  #answer({ opcode, payload }: AssembledMessage): void {
    const fault = this.#fault;
    if (opcode === OPCODE.close) this.#answerClose(payload);
    else if (opcode === OPCODE.ping) {
      const answer = fault.pong === undefined ? payload : fault.pong(payload);
      if (answer !== undefined) this.#send({ opcode: OPCODE.pong, payload: answer });
    } else if (opcode === OPCODE.pong) {
      if (fault.answersPongs === true) this.#send({ opcode: OPCODE.pong, payload });
    } else {
      const code = fault.failsMessage?.(opcode, payload);
      if (code !== undefined) this.#fail(code);
      else for (const frame of fault.echo?.(opcode, payload) ?? [{ opcode, payload }]) this.#send(frame);
    }
  }

  #answerClose(payload: Uint8Array): void {
    const fault = this.#fault;
    const violation = fault.takesAnyCloseBody === true ? undefined : checkCloseBody(payload, 0);
    if (violation !== undefined) {
      this.#fail(violation.statusCode);
      return;
    }
    const answer = fault.closeAnswer === undefined ? payload.subarray(0, 2) : fault.closeAnswer(payload);
    if (answer !== undefined) this.#send({ opcode: OPCODE.close, payload: answer });
    if (fault.goesOnAfterClose === true) setTimeout(() => this.#endTcp(), 50);
    else this.#endTcp();
  }

  #fail(statusCode: number): void {
    const code = this.#fault.failureCode === undefined ? statusCode : this.#fault.failureCode(statusCode);
    if (code !== undefined) this.#send({ opcode: OPCODE.close, payload: Uint8Array.of(code >> 8, code) });
    this.#endTcp();
  }

  #send(frame: Frame): void {
    if (this.#done) return;
    const maskingKey = this.#fault.masks === true ? 0x01020304 : undefined;
    this.#socket.write(encodeFrame({ maskingKey, ...frame }));
  }

  #endTcp(): void {
    this.#done = true;
    if (this.#fault.keepsTcp !== true) this.#socket.end();
  }
}
