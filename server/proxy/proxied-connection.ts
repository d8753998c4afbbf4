import type { Socket } from 'node:net';
import { refusal } from '../../src/companion/policy/refusal.ts';
import { asksForWebSocket, framingOfRequest, framingOfResponse } from '../../src/inspector/http/body-framing.ts';
import { MessageFollower } from '../../src/inspector/http/message-follower.ts';
import type { Direction } from '../../src/inspector/index.ts';
import {
  headerTokens,
  parseRequestHead,
  parseResponseHead,
  type RequestHead,
  type ResponseHead,
  readAddress,
} from '../../src/protocol/index.ts';
import { encodeText } from '../../src/text/utf8.ts';
import { formatRefusal } from '../request/refusal-bytes.ts';
import { plainBytes } from '../socket/plain-bytes.ts';
import { remoteOf } from '../socket/remote.ts';
import type { HeadPolicy } from './head-policy.ts';
import type { OpenedConnection, Recording } from './recording.ts';
import { type Decide, RuledDirection } from './ruled-direction.ts';
import { Side, type SideOwner } from './side.ts';
import { hostAndPort } from './target.ts';

/** How TCP ended, or `HTTP` if a handshake was refused and the connection goes on with HTTP. */
export type EndedHow = 'FIN' | 'RST' | 'HTTP';

/** A WebSocket connection that passes through the proxy, or that was refused. */
export interface ProxiedWebSocket {
  readonly connection: number;
  readonly path: string;
  readonly remote: string;
  /** The status of the response; undefined until it is there. */
  httpStatus: number | undefined;
  bytesIn: number;
  bytesOut: number;
  readonly openedAtMs: number;
}

/** Shared by all connections of a proxy. */
export interface ProxyServices {
  readonly recording: Recording;
  readonly policy: HeadPolicy;
  /** Changes what passes; undefined passes everything on as it is. */
  readonly decide: Decide | undefined;
  /** Something was done to a frame, because of a rule. */
  acted(webSocket: ProxiedWebSocket, sentence: string): void;
  /** The number of the next WebSocket connection. */
  nextNumber(): number;
  /** The response to the handshake is there. */
  answered(webSocket: ProxiedWebSocket): void;
  /** @param by who ended it first: `in` is the client, `out` the target, undefined the proxy */
  ended(webSocket: ProxiedWebSocket, by: Direction | undefined, how: EndedHow): void;
  /** The target could not be reached. @returns the sentence for the client */
  explain(error: NodeJS.ErrnoException): string;
  /** TCP is gone on both sides. */
  closed(connection: ProxiedConnection): void;
}

interface PendingRequest {
  readonly method: string;
  /** Whether it asks for another protocol: what follows it is no request until the response says so. */
  readonly asksForUpgrade: boolean;
  readonly webSocket: ProxiedWebSocket | undefined;
}

/** How long a client that sends no request may keep a connection whose target cannot be reached. */
const NO_TARGET_TIMEOUT_MS = 5_000;

/**
 * One TCP connection of a client, and the one to the target that belongs to it. Every byte is passed on as it came, HTTP
 * too; from the head of a request for a WebSocket on, every byte is also recorded.
 */
export class ProxiedConnection implements SideOwner {
  readonly #services: ProxyServices;
  readonly #client: Side;
  readonly #target: Side;
  readonly #requests: MessageFollower<RequestHead>;
  readonly #responses: MessageFollower<ResponseHead>;
  /** The requests that wait for their response. */
  readonly #pending: PendingRequest[] = [];
  /** The connection that is recorded now. */
  #webSocket: ProxiedWebSocket | undefined;
  #isTunnel = false;
  #isConnected = false;
  /** Where rules are, what passes after the 101. */
  #ruled: Readonly<Record<Direction, RuledDirection>> | undefined;
  /** Why this connection leads nowhere: what the client sends is dropped. */
  #refused: { readonly answer: Uint8Array; isSent: boolean } | undefined;
  #isClosing = false;
  #openSides = 2;
  #endedBy: { readonly by: Direction | undefined; readonly how: EndedHow } | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(client: Socket, target: Socket, services: ProxyServices) {
    this.#services = services;
    this.#client = new Side(client, this);
    this.#target = new Side(target, this);
    this.#client.join(this.#target);
    this.#target.join(this.#client);
    this.#requests = new MessageFollower(parseRequestHead, framingOfRequest);
    this.#responses = new MessageFollower(parseResponseHead, (head) =>
      framingOfResponse(head, this.#pending[0]?.method),
    );
    target.once('encrypted' in target ? 'secureConnect' : 'connect', () => {
      this.#isConnected = true;
    });
  }

  /** The WebSocket connection that is open now, if there is one. */
  get webSocket(): ProxiedWebSocket | undefined {
    return this.#webSocket;
  }

  /** Whether frames pass: the target has answered 101. */
  get isTunnel(): boolean {
    return this.#isTunnel;
  }

  /** How many bytes wait to be sent: `in` to the target, `out` to the client. */
  get unsentBytes(): Readonly<Record<Direction, number>> {
    return { in: this.#target.unsentBytes, out: this.#client.unsentBytes };
  }

  /** Passes on what rules hold. */
  release(): void {
    this.#ruled?.in.release();
    this.#ruled?.out.release();
  }

  /** Ends TCP on both sides. */
  cut(how: 'FIN' | 'RST'): void {
    this.#recordEnd('in', how, undefined);
    this.#recordEnd('out', how, undefined);
    for (const side of [this.#client, this.#target]) {
      if (how === 'RST') side.reset();
      else side.end();
    }
    this.#isClosing = true;
  }

  /** Reads nothing more in a direction. @returns a function that goes on */
  hold(direction: Direction): () => void {
    const side = direction === 'in' ? this.#client : this.#target;
    side.stop();
    return () => side.resume();
  }

  /** Sends what was read, then a FIN, to both sides. What arrives later is dropped. */
  close(): void {
    if (this.#isClosing) return;
    this.#ruled?.in.flush();
    this.#ruled?.out.flush();
    this.cut('FIN');
  }

  destroy(): void {
    this.#client.destroy();
    this.#target.destroy();
  }

  read(from: Side, chunk: Uint8Array): void {
    if (this.#isClosing) return;
    if (from === this.#client) this.#readFromClient(chunk);
    else this.#readFromTarget(chunk);
  }

  ended(from: Side): void {
    if (this.#isClosing) return;
    const direction = from === this.#client ? 'in' : 'out';
    this.#recordEnd(direction, 'FIN', direction);
    if (this.#refused !== undefined) this.#client.end();
    else if (this.#ruled !== undefined) {
      const other = from === this.#client ? this.#target : this.#client;
      this.#ruled[direction].end(() => other.end());
    } else if (from === this.#client) {
      this.#passUnfinished();
      this.#target.end();
    } else this.#client.end();
  }

  closed(from: Side, error: NodeJS.ErrnoException | undefined): void {
    this.#openSides--;
    const direction = from === this.#client ? 'in' : 'out';
    const other = from === this.#client ? this.#target : this.#client;
    // A target that accepts and resets at once can be seen as an error of connecting.
    const isRefused = !this.#isConnected && (error?.code !== 'ECONNRESET' || 'encrypted' in from.socket);
    if (from === this.#target && isRefused && this.#openSides > 0 && !this.#isClosing) {
      if (this.#refused === undefined) this.#refuse(502, this.#services.explain(error ?? new Error('it has ended')));
    } else if (error !== undefined && !this.#isClosing) {
      // Our peer has sent a RST, or has ended TCP without reading everything, which is the same.
      this.#recordEnd(direction, 'RST', direction);
      if (from === this.#client && !this.#isConnected) other.destroy();
      else other.reset();
    } else if (this.#refused === undefined && this.#ruled === undefined) other.end();
    if (this.#openSides > 0) return;
    this.#ruled?.in.stop();
    this.#ruled?.out.stop();
    clearTimeout(this.#timer);
    this.#recordEnd('in', 'FIN', undefined);
    this.#recordEnd('out', 'FIN', undefined);
    this.#services.closed(this);
  }

  #readFromClient(chunk: Uint8Array): void {
    if (this.#isTunnel) {
      const bytes = this.#record('in', chunk);
      if (this.#ruled === undefined) this.#target.write(bytes);
      else this.#ruled.in.push(bytes);
      return;
    }
    if (this.#refused?.isSent) return;
    const { rewrites } = this.#services.policy;
    const copy = plainBytes(Buffer.from(chunk));
    if (!rewrites && this.#refused === undefined) this.#target.write(copy);
    for (const part of this.#requests.push(copy)) {
      if (this.#refused?.isSent) return;
      if (part.kind === 'head') this.#passRequest(part.head, part.bytes);
      else if (part.kind === 'other') this.#passOther(part.bytes);
      else {
        if (this.#webSocket !== undefined) this.#record('in', part.bytes);
        if (rewrites && this.#refused === undefined) this.#target.write(part.bytes);
      }
    }
  }

  #passRequest(head: RequestHead, bytes: Uint8Array): void {
    const { policy } = this.#services;
    const webSocket = asksForWebSocket(head) ? this.#open(head, bytes) : undefined;
    const asksForUpgrade = headerTokens(head, 'Upgrade').length > 0;
    this.#pending.push({ method: head.method, asksForUpgrade, webSocket });
    const problem = policy.refuse(head);
    if (problem !== undefined) this.#refuse(403, problem);
    if (this.#refused !== undefined) this.#sendRefusal();
    else if (policy.rewrites) this.#target.write(policy.rewrite(bytes));
  }

  /** Whatever this is, it is not HTTP/1.1. It is passed on, except where a head must be rewritten. */
  #passOther(bytes: Uint8Array): void {
    if (this.#refused === undefined && !this.#services.policy.rewrites) return;
    if (this.#refused === undefined && this.#requests.isLost) {
      this.#refuse(400, 'The proxy cannot read this request, so it cannot change its Host or Origin header.');
    }
    if (this.#refused !== undefined) this.#sendRefusal();
    else this.#target.write(bytes);
  }

  /** A client that ends in the middle of a head: the target gets what there is. */
  #passUnfinished(): void {
    const { unfinished } = this.#requests;
    if (this.#services.policy.rewrites && unfinished.length > 0) this.#target.write(unfinished);
  }

  #readFromTarget(chunk: Uint8Array): void {
    if (this.#isTunnel) {
      const bytes = this.#record('out', chunk);
      if (this.#ruled === undefined) this.#client.write(bytes);
      else this.#ruled.out.push(bytes);
      return;
    }
    if (this.#refused !== undefined) return;
    const copy = plainBytes(Buffer.from(chunk));
    // With rules, what follows a 101 in the same read is not passed on before they have seen it.
    if (this.#services.decide === undefined) this.#client.write(copy);
    for (const part of this.#responses.push(copy)) {
      if (this.#ruled !== undefined) this.#ruled.out.push(this.#record('out', part.bytes));
      else if (this.#services.decide !== undefined) this.#client.write(part.bytes);
      if (part.kind === 'head') this.#takeResponse(part.head, part.bytes);
      else if (this.#ruled !== undefined) continue;
      else if (this.#webSocket?.httpStatus !== undefined) this.#record('out', part.bytes);
    }
    if (!this.#isTunnel && this.#webSocket?.httpStatus !== undefined && this.#responses.isBetweenMessages)
      this.#endRefused();
  }

  #takeResponse(head: ResponseHead, bytes: Uint8Array): void {
    const { httpStatus } = head;
    if (httpStatus < 200 && httpStatus !== 101) return;
    if (this.#webSocket?.httpStatus !== undefined) this.#endRefused();
    const request = this.#pending.shift();
    const webSocket = request?.webSocket;
    if (webSocket === undefined) {
      // The server stays with HTTP/1.1, as most do that are asked for h2c.
      if (request?.asksForUpgrade && httpStatus !== 101) this.#requests.endBody();
      return;
    }
    webSocket.httpStatus = httpStatus;
    this.#record('out', bytes);
    this.#isTunnel = httpStatus === 101;
    if (this.#isTunnel && this.#services.decide !== undefined) this.#rule(webSocket, this.#services.decide);
    this.#services.answered(webSocket);
  }

  #rule({ connection, path }: ProxiedWebSocket, decide: Decide): void {
    const directionOf = (direction: Direction, from: Side, to: Side): RuledDirection =>
      new RuledDirection(
        { connection, path, direction, decide },
        {
          write: (bytes) => to.write(bytes),
          writeBack: (bytes) => from.write(bytes),
          cut: (how) => this.cut(how),
          stop: (isStopped) => (isStopped ? from.stop() : from.resume()),
          acted: (sentence) => this.#note(direction, sentence),
        },
      );
    this.#ruled = {
      in: directionOf('in', this.#client, this.#target),
      out: directionOf('out', this.#target, this.#client),
    };
  }

  #note(direction: Direction, sentence: string): void {
    const webSocket = this.#webSocket;
    if (webSocket === undefined) return;
    this.#services.recording.add('note', webSocket.connection, direction, encodeText(sentence));
    this.#services.acted(webSocket, sentence);
  }

  /** The target has refused the handshake, and its answer is complete: HTTP goes on. */
  #endRefused(): void {
    this.#recordEnd('out', 'HTTP', 'out');
    this.#requests.endBody();
  }

  #open(head: RequestHead, bytes: Uint8Array): ProxiedWebSocket {
    const { recording, nextNumber } = this.#services;
    const webSocket: ProxiedWebSocket = {
      connection: nextNumber(),
      path: readAddress(head).path,
      remote: remoteOf(this.#client.socket),
      httpStatus: undefined,
      bytesIn: 0,
      bytesOut: 0,
      openedAtMs: recording.nowMs,
    };
    this.#webSocket = webSocket;
    this.#endedBy = undefined;
    const { connection, path, remote } = webSocket;
    const { localAddress = '', localPort = 0 } = this.#client.socket;
    const opened: OpenedConnection = { path, remote, local: hostAndPort(localAddress, localPort) };
    recording.add('open', connection, 'in', encodeText(JSON.stringify(opened)));
    this.#record('in', bytes);
    return webSocket;
  }

  #record(direction: Direction, bytes: Uint8Array): Uint8Array {
    const webSocket = this.#webSocket as ProxiedWebSocket;
    if (direction === 'in') webSocket.bytesIn += bytes.length;
    else webSocket.bytesOut += bytes.length;
    return this.#services.recording.add('bytes', webSocket.connection, direction, bytes);
  }

  readonly #ends = new Set<Direction>();

  /** Records how one direction ended, once; with a RST or with HTTP, both have ended. */
  #recordEnd(direction: Direction, how: EndedHow, by: Direction | undefined): void {
    const webSocket = this.#webSocket;
    if (webSocket === undefined || this.#ends.has(direction)) return;
    this.#ends.add(direction);
    if (how !== 'FIN') this.#ends.add(direction === 'in' ? 'out' : 'in');
    this.#endedBy ??= { by, how };
    this.#services.recording.add('end', webSocket.connection, direction, encodeText(how));
    if (this.#ends.size < 2) return;
    this.#services.ended(webSocket, this.#endedBy.by, this.#endedBy.how);
    this.#webSocket = undefined;
    this.#ends.clear();
  }

  #refuse(httpStatus: number, sentence: string): void {
    this.#refused = { answer: formatRefusal(refusal(httpStatus, sentence, 'proxy')), isSent: false };
    // A client that reads the answer before it has sent its request would take it for another one's.
    if (this.#pending.length > 0) this.#sendRefusal();
    this.#timer = setTimeout(() => this.#client.reset(), NO_TARGET_TIMEOUT_MS).unref();
  }

  #sendRefusal(): void {
    const refused = this.#refused;
    if (refused === undefined || refused.isSent) return;
    refused.isSent = true;
    const webSocket = this.#webSocket;
    if (webSocket !== undefined) {
      webSocket.httpStatus = Number(Buffer.from(refused.answer.subarray(9, 12)).toString());
      this.#record('out', refused.answer);
      this.#services.answered(webSocket);
    }
    this.#recordEnd('out', 'FIN', undefined);
    this.#client.write(refused.answer);
    this.#client.end();
    this.#target.destroy();
  }
}
