import { BROADCAST_PATH, DUMP_JSON_SUBPROTOCOL, DUMP_PATH, ECHO_PATH, TAP_PATH } from '../src/companion/paths.ts';
import type { Limits } from '../src/protocol/limits.ts';
import type { HttpRefusal } from './admission.ts';
import { Broadcast } from './handlers/broadcast.ts';
import { Dump, MAX_DUMPED_FRAGMENTS } from './handlers/dump.ts';
import { echo } from './handlers/echo.ts';
import type { Handler } from './handlers/handler.ts';
import type { Listening } from './listening.ts';
import type { PubSub } from './pubsub/pubsub.ts';
import { admitTap } from './tap/admission.ts';
import { TapHandler } from './tap/handler.ts';
import type { TapHub } from './tap/hub.ts';
import type { UpgradeRequest } from './upgrade-request.ts';

/** What the server does with the connections of one path. */
export interface Route {
  readonly handler: Handler;
  /** The subprotocols that it speaks. RFC 6455 §1.9. */
  readonly subprotocols?: readonly string[];
  /** Where it takes less than the server does. */
  readonly limits?: Partial<Limits>;
  /** Whether its messages come with the frames that carried them. */
  readonly withFrames?: boolean;
  /** Whether a tap sees its connections: all but a tap's own. */
  readonly unwatched?: boolean;
  /** Why a request may not connect, beyond what holds for every path. */
  readonly admit?: (request: UpgradeRequest) => HttpRefusal | undefined;
}

/** What the handlers share. */
export interface Services {
  readonly pubSub: PubSub;
  /** Undefined: there is no tap. */
  readonly hub: TapHub | undefined;
  /** Known once the server listens. */
  readonly listening: () => Listening;
}

/** One row a path: a new path is a handler and its row here. */
export function createRoutes({ pubSub, hub, listening }: Services): ReadonlyMap<string, Route> {
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
    routes.set(TAP_PATH, { handler: new TapHandler(hub), unwatched: true, admit });
  }
  return routes;
}
