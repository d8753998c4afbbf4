export { SCHEMA_VERSION } from '../inspector/wire/wire.ts';

/** Sends every message back to its sender. */
export const ECHO_PATH = '/echo';

/** Sends every message to every open connection of this path, its sender included. */
export const BROADCAST_PATH = '/broadcast';

/** Answers every message with the annotated dump of the frames that carried it. */
export const DUMP_PATH = '/dump';

/** Streams what the server sees on the wire. */
export const TAP_PATH = '/tap';

/** A server that does one thing on purpose, right or wrong. */
export const LAB_ACT_PATH = '/lab/act';

/** Opens a raw connection to the companion itself, and reports what it answers. */
export const LAB_RAW_PATH = '/lab/raw';

/** A broadcast to the connections that name the same room, and to nobody else. */
export const LAB_ROOM_PATH = '/lab/room';

/** Runs the conformance suite against a server on this machine, and reports how each case went. */
export const CONFORMANCE_PATH = '/lab/check';

/** Opens a WebSocket of this machine step by step, and says why it does not open. */
export const DOCTOR_PATH = '/lab/doctor';

/** Says over HTTP that the companion is there. */
export const HEALTH_PATH = '/healthz';

/** The subprotocol in which {@link DUMP_PATH} answers with JSON instead of text. */
export const DUMP_JSON_SUBPROTOCOL = 'dump.json';

/** The parameter of a URL's query that names who may watch the connection. */
export const WATCH_PARAMETER = 'watch';

/** A token that {@link WATCH_PARAMETER} may have. */
export const WATCH_TOKEN = /^[A-Za-z0-9_-]{16,64}$/;
