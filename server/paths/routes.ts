import type { Socket } from 'node:net';
import { CHECK_PATH } from '../../src/companion/check.ts';
import { LAB_ACT_PATH, LAB_RAW_PATH, LAB_ROOM_PATH } from '../../src/companion/lab.ts';
import { BROADCAST_PATH, DUMP_JSON_SUBPROTOCOL, DUMP_PATH, ECHO_PATH, TAP_PATH } from '../../src/companion/paths.ts';
import type { Endpoint, ServerOptions } from '../../src/protocol/endpoint/endpoint.ts';
import type { RequestHead } from '../../src/protocol/handshake/head.ts';
import type { ServerLimits } from '../bounds/limits.ts';
import type { Turns } from '../bounds/turns.ts';
import type { Handler } from '../connection/handler.ts';
import { Broadcast } from '../handlers/broadcast.ts';
import { Dump, MAX_DUMPED_FRAGMENTS } from '../handlers/dump.ts';
import { echo } from '../handlers/echo.ts';
import { ACT_CLOSING_TIMEOUT_MS, admitAct, createActingEndpoint } from '../lab/act.ts';
import { CHECK_LIMITS, CheckHandler } from '../lab/check-handler.ts';
import { RAW_LIMITS, RawHandler } from '../lab/raw-handler.ts';
import { admitToRoom, RoomHandler } from '../lab/room-handler.ts';
import type { HttpRefusal } from '../opening/admission.ts';
import type { PubSub } from '../pubsub/pubsub.ts';
import type { Listening } from '../request/listening.ts';
import type { UpgradeRequest } from '../request/upgrade-request.ts';
import { admitTap, refuseOtherName } from '../tap/admission.ts';
import { TapHandler } from '../tap/handler.ts';
import type { TapHub } from '../tap/hub.ts';

/** What the server does with the connections of one path. */
export interface Route {
  readonly handler: Handler;
  /** The subprotocols that it speaks. RFC 6455 §1.9. */
  readonly subprotocols?: readonly string[];
  /** Where it takes less than the server does. */
  readonly limits?: Partial<ServerLimits>;
  /** Whether its messages come with the frames that carried them. */
  readonly withFrames?: boolean;
  /** Makes the server's end of a connection, where it is another than one that keeps the rules. */
  readonly endpoint?: (request: RequestHead, options: ServerOptions) => Endpoint;
  /** Whether a tap sees its connections: all but a tap's own. */
  readonly unwatched?: boolean;
  /** Whether pages of other programs on this machine are refused: it shows traffic, or makes some. */
  readonly ownPagesOnly?: boolean;
  /** What is wrong with what a request asks for in its query. Looked at where it keeps all rules of the handshake. */
  readonly checkDetails?: (request: UpgradeRequest) => HttpRefusal | undefined;
  /** Why whoever sent a request may not connect, beyond what holds for every path. */
  readonly admit?: (request: UpgradeRequest) => HttpRefusal | undefined;
}

/** What the handlers share. */
export interface Services {
  readonly pubSub: PubSub;
  /** Undefined: there is no tap. */
  readonly hub: TapHub | undefined;
  readonly turns: Turns;
  /** Known once the server listens. */
  readonly listening: () => Listening;
  /** Connects to the address that the server listens on. */
  readonly dial: () => Socket;
}

/** One row a path: a new path is a handler and its row here. */
export function createRoutes({ pubSub, hub, turns, listening, dial }: Services): ReadonlyMap<string, Route> {
  const routes = new Map<string, Route>([
    [ECHO_PATH, { handler: echo }],
    [BROADCAST_PATH, { handler: new Broadcast(pubSub) }],
    [
      DUMP_PATH,
      {
        handler: new Dump(),
        subprotocols: [DUMP_JSON_SUBPROTOCOL],
        withFrames: true,
        limits: { maxFragments: MAX_DUMPED_FRAGMENTS },
      },
    ],
  ]);
  if (hub) {
    const admit = (request: UpgradeRequest) => admitTap(request, listening());
    routes.set(TAP_PATH, { handler: new TapHandler(hub), unwatched: true, ownPagesOnly: true, admit });
    const underOwnName = (request: UpgradeRequest) => refuseOtherName(request, listening());
    routes.set(LAB_ACT_PATH, {
      handler: echo,
      endpoint: createActingEndpoint,
      limits: { closingTimeoutMs: ACT_CLOSING_TIMEOUT_MS },
      ownPagesOnly: true,
      admit: underOwnName,
      checkDetails: admitAct,
    });
    routes.set(LAB_RAW_PATH, {
      handler: new RawHandler(dial, turns),
      limits: RAW_LIMITS,
      unwatched: true,
      ownPagesOnly: true,
      admit: underOwnName,
    });
    routes.set(LAB_ROOM_PATH, {
      handler: new RoomHandler(pubSub),
      ownPagesOnly: true,
      admit: underOwnName,
      checkDetails: admitToRoom,
    });
    routes.set(CHECK_PATH, {
      handler: new CheckHandler(() => listening().loopbackOnly),
      limits: CHECK_LIMITS,
      unwatched: true,
      ownPagesOnly: true,
      admit: underOwnName,
    });
  }
  return routes;
}
