import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { ACT_CLOSING_TIMEOUT_MS } from '../../src/companion/lab.ts';
import {
  BROADCAST_PATH,
  CONFORMANCE_PATH,
  DOCTOR_PATH,
  DUMP_JSON_SUBPROTOCOL,
  DUMP_PATH,
  ECHO_PATH,
  LAB_ACT_PATH,
  LAB_MEMBERS_PATH,
  LAB_RAW_PATH,
  LAB_ROOM_PATH,
  POLLING_PATH,
  PRICES_PATH,
  TAP_PATH,
} from '../../src/companion/paths.ts';
import type { PathPolicy } from '../../src/companion/policy/admit.ts';
import { PATH_POLICIES, type ServedPath } from '../../src/companion/policy/paths.ts';
import type { UpgradeRequest } from '../../src/companion/policy/upgrade-request.ts';
import { checkAct, createActingServer } from '../../src/lab/asked-act.ts';
import type { AcceptedRequest, Endpoint, ServerOptions } from '../../src/protocol/index.ts';
import type { ServerLimits } from '../bounds/limits.ts';
import type { Turns } from '../bounds/turns.ts';
import type { EffectFilter } from '../connection/connection.ts';
import type { Handler } from '../connection/handler.ts';
import { Broadcast } from '../handlers/broadcast.ts';
import { Dump, MAX_DUMPED_FRAGMENTS } from '../handlers/dump.ts';
import { echo } from '../handlers/echo.ts';
import { MAX_PRICE_MESSAGE_BYTES, Prices } from '../handlers/prices.ts';
import { CONFORMANCE_LIMITS, ConformanceHandler } from '../lab/conformance-handler.ts';
import { DOCTOR_LIMITS, DoctorHandler } from '../lab/doctor-handler.ts';
import { MEMBERS_LIMITS, MembersHandler } from '../lab/members-handler.ts';
import { POLLING_LIMITS, PollingHandler } from '../lab/polling/polling-handler.ts';
import type { SocketMeter } from '../lab/polling/socket-meter.ts';
import { RAW_LIMITS, RawHandler } from '../lab/raw-handler.ts';
import { RoomHandler } from '../lab/room-handler.ts';
import type { PubSub } from '../pubsub/pubsub.ts';
import type { Listening } from '../request/listening.ts';
import type { WireObserver } from '../socket/wire-observer.ts';
import { TapHandler, type TapSource } from '../tap/handler.ts';
import type { Arrival } from '../tap/request-bytes.ts';

/** What the server does with the connections of one path. The policy says who may open it. */
export interface Route extends PathPolicy {
  readonly handler: Handler;
  /** The subprotocols that it supports. RFC 6455 §1.9. */
  readonly subprotocols?: readonly string[];
  /** The limits that differ from those of the server. */
  readonly limits?: Partial<ServerLimits>;
  /** Whether the handler gets the frames of each message, too. */
  readonly withFrames?: boolean;
  /** Whether its messages may be compressed. */
  readonly mayDeflate?: boolean;
  /** Whether taps do not see its connections. */
  readonly unwatched?: boolean;
  /** Gets the bytes of its connections instead of the taps. `arrival` is undefined if the request was not followed. */
  readonly observe?: (request: UpgradeRequest, arrival: Arrival | undefined) => WireObserver | undefined;
  /**
   * Answers a request that asks for no WebSocket, if the policy admits it.
   *
   * @returns false if the request must be refused like any other without an upgrade; then nothing has happened
   */
  readonly answer?: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** Creates an endpoint that breaks rules on purpose. */
  readonly acts?: (request: AcceptedRequest, options: ServerOptions) => EffectFilter & { readonly endpoint: Endpoint };
}

/** Shared by the handlers. */
export interface Services {
  readonly pubSub: PubSub;
  /** For the lab's rooms: it stays in this process, and does not wait long for a slow member. */
  readonly roomPubSub: PubSub;
  /** Undefined if taps are off. */
  readonly taps: TapSource | undefined;
  readonly turns: Turns;
  /** Known once the server listens. */
  readonly listening: () => Listening;
  /** Connects to the address that the server listens on. */
  readonly dial: () => Socket;
  /** Counts the bytes of requests over HTTP. */
  readonly meter: () => SocketMeter;
}

/** One row for each path. A new path is a handler, its row here, and its row in `PATH_POLICIES`. */
export function createRoutes({
  pubSub,
  roomPubSub,
  taps,
  turns,
  listening,
  dial,
  meter,
}: Services): ReadonlyMap<string, Route> {
  const row = (path: ServedPath, route: Route): [string, Route] => [path, { ...PATH_POLICIES[path], ...route }];
  const open = [
    row(ECHO_PATH, { handler: echo, mayDeflate: true }),
    row(BROADCAST_PATH, { handler: new Broadcast(pubSub), mayDeflate: true }),
    row(PRICES_PATH, {
      handler: new Prices(pubSub),
      limits: { maxMessageBytes: MAX_PRICE_MESSAGE_BYTES },
      mayDeflate: true,
    }),
    row(DUMP_PATH, {
      handler: new Dump(),
      subprotocols: [DUMP_JSON_SUBPROTOCOL],
      withFrames: true,
      mayDeflate: true,
      limits: { maxFragments: MAX_DUMPED_FRAGMENTS },
    }),
  ];
  if (taps === undefined) return new Map(open);
  const polling = new PollingHandler(meter());
  const rooms = new RoomHandler(roomPubSub);
  return new Map([
    ...open,
    row(TAP_PATH, { handler: new TapHandler(taps), unwatched: true }),
    row(LAB_ACT_PATH, {
      handler: echo,
      acts: createActingServer,
      checkDetails: checkAct,
      limits: { closingTimeoutMs: ACT_CLOSING_TIMEOUT_MS },
    }),
    row(LAB_RAW_PATH, { handler: new RawHandler(dial, turns), limits: RAW_LIMITS, unwatched: true }),
    row(LAB_ROOM_PATH, { handler: rooms, mayDeflate: true }),
    row(LAB_MEMBERS_PATH, { handler: new MembersHandler(rooms, dial), limits: MEMBERS_LIMITS, unwatched: true }),
    row(CONFORMANCE_PATH, {
      handler: new ConformanceHandler(() => listening().loopbackOnly),
      limits: CONFORMANCE_LIMITS,
      unwatched: true,
    }),
    row(DOCTOR_PATH, {
      handler: new DoctorHandler(() => listening().loopbackOnly),
      limits: DOCTOR_LIMITS,
      unwatched: true,
    }),
    row(POLLING_PATH, {
      handler: polling,
      observe: (request, arrival) => polling.observe(request, arrival),
      answer: (request, response) => polling.answer(request, response),
      limits: POLLING_LIMITS,
      unwatched: true,
    }),
  ]);
}
