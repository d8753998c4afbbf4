import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { LAB_DRAFTS_PATH } from '../../../src/companion/paths.ts';
import { admit, type PathPolicy, type Reach } from '../../../src/companion/policy/admit.ts';
import { type HttpRefusal, refusal } from '../../../src/companion/policy/refusal.ts';
import { upgradeRequestOf } from '../../../src/companion/policy/upgrade-request.ts';
import { asRfc6455, draftOf } from '../../../src/drafts/draft-heads.ts';
import { type RequestHead, readAddress } from '../../../src/protocol/index.ts';
import type { ServerLimits } from '../../bounds/limits.ts';
import type { MemoryBudget } from '../../bounds/memory-budget.ts';
import type { Sweeper, Swept } from '../../bounds/sweeper.ts';
import type { Log } from '../../log.ts';
import { formatRefusal } from '../../request/refusal-bytes.ts';
import { requestHeadOf } from '../../request/request-head.ts';
import { FinalAnswer } from '../../socket/final-answer.ts';
import { FlushQueue } from '../../socket/flush-queue.ts';
import { ReadTurns } from '../../socket/read-turns.ts';
import { remoteOf } from '../../socket/remote.ts';
import type { TransportServices } from '../../socket/transport.ts';
import { HixieConnection } from './hixie-connection.ts';

/** The connections of the server: those of the drafts are counted, swept and closed with them. */
export interface OpenConnections {
  readonly sweeper: Sweeper;
  /** Why the server can take no more connections now. */
  readonly full: { readonly refused: HttpRefusal } | undefined;
  nextId(): number;
  add(connection: Swept & { close(statusCode?: number, reason?: string): void }): void;
  forget(connection: Swept & { close(statusCode?: number, reason?: string): void }): void;
}

export interface DraftEchoOptions {
  readonly limits: ServerLimits;
  readonly budget: MemoryBudget;
  readonly log: Log | undefined;
  readonly allowedOrigins: readonly string[];
  /** Known once the server listens. */
  readonly listening: () => Reach;
  readonly webSockets: OpenConnections;
}

const ROUTES: ReadonlyMap<string, PathPolicy> = new Map([[LAB_DRAFTS_PATH, {}]]);

/** Rewrites a request of HyBi-10 at the path of the drafts: from there on it is a connection like any other. */
export function readDraftHead(head: RequestHead): RequestHead {
  return readAddress(head).path === LAB_DRAFTS_PATH && draftOf(head) === 'hybi-10' ? asRfc6455(head, 'hybi-10') : head;
}

/**
 * Opens connections for clients that speak hixie-75 or hixie-76, and echoes what they send. The same origins may connect as at
 * /echo, and only to a server that no other machine can reach.
 */
export class DraftEcho {
  readonly #options: DraftEchoOptions;
  readonly #transport: TransportServices;

  constructor(options: DraftEchoOptions) {
    this.#options = options;
    const { limits, log } = options;
    const memory = { done: () => {} };
    this.#transport = {
      ...{ flushQueue: new FlushQueue(), limits, log, memory, readTurns: new ReadTurns(), pieces: undefined },
    };
  }

  /**
   * Answers a request of these drafts, and refuses any draft from another machine.
   *
   * @param firstChunk the bytes that came after the head in the same read
   * @returns false if the request is for others; then nothing has happened
   */
  upgrade(request: IncomingMessage, socket: Socket, firstChunk: Uint8Array): boolean {
    const head = requestHeadOf(request);
    const draft = draftOf(head);
    const { limits, budget, log, allowedOrigins, listening, webSockets } = this.#options;
    if (draft === undefined || readAddress(head).path !== LAB_DRAFTS_PATH) return false;
    if (!listening().loopbackOnly) {
      this.#refuse(socket, refusal(403, 'The drafts are served on loopback only.', 'drafts-from-afar'));
      return true;
    }
    if (draft === 'hybi-10') return false;
    const admitted =
      webSockets.full ??
      admit(upgradeRequestOf(asRfc6455(head, draft)), { routes: ROUTES, allowedOrigins, taps: false, listening });
    if ('refused' in admitted) {
      this.#refuse(socket, admitted.refused);
      return true;
    }
    const { host, path, query } = admitted.checked.request;
    const connection = new HixieConnection(socket, {
      ...{ id: webSockets.nextId(), draft, head, transport: this.#transport, limits, budget, log },
      location: `${'encrypted' in socket ? 'wss' : 'ws'}://${host}${path}${query === '' ? '' : `?${query}`}`,
      nowMs: webSockets.sweeper.nowMs,
      onClosed: (closed) => webSockets.forget(closed),
    });
    webSockets.add(connection);
    connection.open(firstChunk);
    return true;
  }

  #refuse(socket: Socket, refused: HttpRefusal): void {
    const { log, limits, webSockets } = this.#options;
    log?.(
      refused.rule,
      `${remoteOf(socket)} ${LAB_DRAFTS_PATH}: refused with ${refused.httpStatus}: ${refused.sentence}`,
    );
    new FinalAnswer(socket, formatRefusal(refused), webSockets.sweeper, limits.closingTimeoutMs);
  }
}
