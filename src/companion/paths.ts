export { SCHEMA_VERSION } from '../inspector/wire/wire.ts';

/** Sends every message back to its sender. */
export const ECHO_PATH = '/echo';

/** Sends every message to every open connection of this path, its sender included. */
export const BROADCAST_PATH = '/broadcast';

/** A broadcast that checks what comes in: it accepts prices only, as JSON text. */
export const PRICES_PATH = '/prices';

/** Answers every message with the annotated dump of the frames that carried it. */
export const DUMP_PATH = '/dump';

/** Streams everything that the server sees on the wire. */
export const TAP_PATH = '/tap';

/** The lab's server, which does one thing on purpose, right or wrong. */
export const LAB_ACT_PATH = '/lab/act';

/** Opens a raw connection to the companion itself and reports the answer. */
export const LAB_RAW_PATH = '/lab/raw';

/** Sends every message to the connections that name the same room, and to no others. */
export const LAB_ROOM_PATH = '/lab/room';

/** Shows the members of a room with the bytes that wait for each, and opens one that can stop reading. */
export const LAB_MEMBERS_PATH = '/lab/members';

/** Runs the conformance suite against a server on this machine and reports the result of each case. */
export const CONFORMANCE_PATH = '/lab/check';

/** Opens a WebSocket of this machine step by step, and says why it does not open. */
export const DOCTOR_PATH = '/lab/doctor';

/** Sends the same events to a page in four ways, and counts the bytes of each. */
export const POLLING_PATH = '/lab/polling';

/** Says over HTTP that the companion is there. */
export const HEALTH_PATH = '/healthz';

/** The subprotocol in which {@link DUMP_PATH} answers with JSON instead of text. */
export const DUMP_JSON_SUBPROTOCOL = 'dump.json';

/** The query parameter with a token. Only pages that know the token can watch the connection. */
export const WATCH_PARAMETER = 'watch';

/** A token that {@link WATCH_PARAMETER} may have. */
export const WATCH_TOKEN = /^[A-Za-z0-9_-]{16,64}$/;
