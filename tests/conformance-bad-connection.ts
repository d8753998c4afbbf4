import type { Socket } from 'node:net';
import {
  type AssembledMessage,
  checkCloseBody,
  encodeFrame,
  type Frame,
  type FramePart,
  FrameReader,
  formatResponseHead,
  isControlOpcode,
  OPCODE,
} from '../src/protocol/index.ts';
import { MessageAssembler } from '../src/protocol/messages/assembler.ts';
import { MessageChecker } from '../src/protocol/messages/checker.ts';
import { readOpening } from './conformance-bad-opening.ts';
import type { Fault } from './conformance-fault.ts';

export const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;
const LIMITS = { maxMessageBytes: MAX_MESSAGE_BYTES, maxFragments: 1024 * 1024 };

/** One connection of a bad server. */
export class BadConnection {
  readonly #socket: Socket;
  readonly #fault: Fault;
  readonly #reader = new FrameReader();
  readonly #checker = new MessageChecker('client', LIMITS);
  readonly #assembler = new MessageAssembler();
  #head = new Uint8Array(0);
  #open = false;
  #done = false;
  #dropping = false;
  #held: FramePart[] = [];
  #inMessage = false;
  #heldPings: AssembledMessage[] = [];

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
      if (this.#fault.hangsUp === true) {
        this.#endTcp();
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
    if (this.#fault.pings === true) this.#send({ opcode: OPCODE.ping, payload: new Uint8Array(0) });
    const parts = [...this.#held, ...this.#reader.push(bytes)];
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
    if (!isControlOpcode(part.opcode)) this.#inMessage = !(part.fin && part.ends);
    const held = message?.opcode === OPCODE.ping && fault.holdsPongs === true;
    if (held) this.#heldPings.push(message);
    if (!this.#inMessage) for (const ping of this.#heldPings.splice(0)) this.#answer(ping);
    if (message !== undefined && !held) this.#answer(message);
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
    const violation = checkCloseBody(payload);
    if (violation !== undefined && fault.takesCloseBody?.(violation.rule) !== true) {
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
