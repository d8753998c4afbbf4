import * as v from 'valibot';

// What the commands print with --json. The schemas are strict: a member that they do not have fails the test, and so does
// one that docs/json.md does not name.

const COUNT = v.pipe(v.number(), v.integer(), v.minValue(0));
const DURATION = v.pipe(v.number(), v.minValue(0));
const HEX = v.pipe(v.string(), v.regex(/^([0-9a-f]{2})*$/));
const DIGITS = v.pipe(v.string(), v.regex(/^\d+$/));
const LENGTH = v.union([COUNT, DIGITS]);
const DIRECTION = v.picklist(['in', 'out']);
const SIDE = v.picklist(['client', 'server']);

export const FIELD = v.strictObject({
  name: v.string(),
  bit: COUNT,
  bits: COUNT,
  value: v.union([COUNT, v.string()]),
  meaning: v.string(),
  section: v.string(),
});

export const VIOLATION = v.strictObject({
  rule: v.string(),
  section: v.string(),
  statusCode: v.picklist([1002, 1007, 1008, 1009]),
  start: COUNT,
  end: COUNT,
});

export const BLOCK = v.strictObject({
  kind: v.picklist(['stored', 'fixed', 'dynamic']),
  final: v.boolean(),
  startBit: COUNT,
  endBit: COUNT,
  outputStart: COUNT,
  outputEnd: COUNT,
  codeCount: COUNT,
  codes: v.array(v.union([v.strictObject({ literal: COUNT }), v.strictObject({ length: COUNT, distance: COUNT })])),
});

export const INFLATED = v.strictObject({
  byteLength: COUNT,
  packedBytes: COUNT,
  hex: HEX,
  text: v.optional(v.string()),
  truncated: v.boolean(),
  window: v.picklist(['empty', 'known', 'unknown']),
  unknown: v.array(v.strictObject({ start: COUNT, end: COUNT })),
  blockCount: COUNT,
  blocks: v.array(BLOCK),
  ending: v.picklist(['complete', 'cut', 'too long', 'malformed']),
  problem: v.optional(v.strictObject({ sentence: v.string(), bit: COUNT })),
});

export const PAYLOAD = v.strictObject({ hex: HEX, text: v.optional(v.string()) });

const FRAME_ITSELF = {
  type: v.literal('frame'),
  offset: COUNT,
  byteLength: LENGTH,
  hex: HEX,
  truncated: v.boolean(),
  opcode: v.optional(v.pipe(COUNT, v.maxValue(15))),
  fin: v.optional(v.boolean()),
  masked: v.optional(v.boolean()),
  payloadLength: v.optional(LENGTH),
  fields: v.array(FIELD),
  payload: PAYLOAD,
  inflated: v.optional(INFLATED),
  violations: v.array(VIOLATION),
};

const ON_A_CONNECTION = { connection: COUNT, timeMs: DURATION };
const ON_THE_WIRE = { ...ON_A_CONNECTION, direction: DIRECTION, offset: COUNT, byteLength: COUNT };

/** The messages of the tap, by their type. */
export const WIRE = {
  open: v.strictObject({
    type: v.literal('open'),
    schema: v.literal(2),
    ...ON_A_CONNECTION,
    path: v.string(),
    remote: v.string(),
    http2: v.optional(
      v.strictObject({
        stream: COUNT,
        request: v.array(v.tuple([v.string(), v.string()])),
        response: v.array(v.tuple([v.string(), v.string()])),
      }),
    ),
  }),
  chunk: v.strictObject({ type: v.literal('chunk'), ...ON_THE_WIRE }),
  handshake: v.strictObject({ type: v.literal('handshake'), ...ON_THE_WIRE, hex: HEX }),
  frame: v.strictObject({ ...FRAME_ITSELF, ...ON_A_CONNECTION, direction: DIRECTION }),
  close: v.strictObject({
    type: v.literal('close'),
    ...ON_A_CONNECTION,
    closeCode: COUNT,
    reason: v.string(),
    clean: v.boolean(),
  }),
  ending: v.strictObject({
    type: v.literal('ending'),
    connection: COUNT,
    endedBy: v.optional(SIDE),
    tcp: v.optional(v.picklist(['FIN', 'RST'])),
    idleMs: v.optional(DURATION),
    cause: v.string(),
    sentence: v.string(),
    closeEvent: v.optional(v.strictObject({ code: COUNT, reason: v.string(), wasClean: v.boolean(), why: v.string() })),
  }),
  dropped: v.strictObject({ type: v.literal('dropped'), connection: COUNT, messages: COUNT }),
};

/** What only recordings have, by its type. */
export const RECORDED = {
  gap: v.strictObject({
    type: v.literal('gap'),
    ...ON_THE_WIRE,
    byteLength: v.optional(COUNT),
    why: v.picklist(['missing', 'unread']),
  }),
  fields: v.strictObject({
    type: v.literal('fields'),
    ...ON_A_CONNECTION,
    direction: DIRECTION,
    fields: v.array(v.tuple([v.string(), v.string()])),
  }),
  message: v.strictObject({
    type: v.literal('message'),
    ...ON_A_CONNECTION,
    direction: DIRECTION,
    opcode: COUNT,
    byteLength: COUNT,
    payload: PAYLOAD,
    truncated: v.boolean(),
    note: v.optional(v.string()),
  }),
  note: v.strictObject({ type: v.literal('note'), connection: v.optional(COUNT), sentence: v.string() }),
};

/** A line of `watch` and `connect`. */
export const WIRE_LINE = v.variant('type', Object.values(WIRE));
/** A line of `open`. */
export const RECORDED_LINE = v.variant('type', [...Object.values(WIRE), ...Object.values(RECORDED)]);

export const ACCEPT = v.strictObject({ key: v.string(), hashedText: v.string(), digestHex: HEX, accept: v.string() });

export const DECODED_LINE = v.strictObject({ ...FRAME_ITSELF, direction: v.optional(DIRECTION) });

export const ENCODED = v.strictObject({
  hex: HEX,
  incomplete: v.boolean(),
  frames: v.array(v.strictObject(FRAME_ITSELF)),
});

export const DOCTOR_STEP = v.strictObject({
  name: v.string(),
  title: v.string(),
  outcome: v.picklist(['ok', 'failed', 'noted']),
  tookMs: DURATION,
  sentence: v.string(),
  details: v.array(v.string()),
});

export const DOCTOR = v.strictObject({
  url: v.string(),
  opens: v.boolean(),
  steps: v.array(DOCTOR_STEP),
  cause: v.string(),
  sentence: v.string(),
});

export const DIFFERENCE = v.strictObject({
  about: v.picklist(['request', 'response', 'frames', 'pieces', 'ending']),
  direction: v.optional(DIRECTION),
  sentence: v.string(),
});

export const SANDWICH_LINE = v.strictObject({
  connection: v.strictObject({ outer: v.nullable(COUNT), inner: v.nullable(COUNT) }),
  differences: v.array(DIFFERENCE),
});

export const CASE = v.strictObject({
  id: v.string(),
  title: v.string(),
  section: v.string(),
  rule: v.optional(v.string()),
  autobahn: v.optional(v.string()),
  outcome: v.picklist(['passed', 'allowed', 'failed']),
  finding: v.string(),
  sent: v.string(),
  expected: v.string(),
  cameBack: v.string(),
  requirement: v.string(),
  why: v.string(),
  cause: v.string(),
  sentence: v.string(),
  connected: v.boolean(),
  opened: v.boolean(),
  tookMs: COUNT,
  sentHead: v.string(),
  sentHex: HEX,
  receivedHex: HEX,
});

export const CAUSE = v.strictObject({
  name: v.string(),
  title: v.string(),
  fix: v.string(),
  example: v.string(),
  cases: v.pipe(v.array(v.string()), v.minLength(1)),
});

export const STAGE = v.strictObject({ number: COUNT, title: v.string(), cases: COUNT, laterCases: COUNT });

export const CHECK = v.strictObject({
  url: v.string(),
  stage: v.optional(STAGE),
  end: v.picklist(['all', 'not-opened', 'gone', 'bailed', 'stopped']),
  counts: v.strictObject({ passed: COUNT, allowed: COUNT, failed: COUNT }),
  leftOut: COUNT,
  tookMs: COUNT,
  causes: v.array(CAUSE),
  cases: v.array(CASE),
});

/** Each object of the output, by the heading in docs/json.md under which its members are listed. */
export const DOCUMENTED = {
  '`accept`': [ACCEPT],
  '`encode`': [ENCODED],
  'A frame': [DECODED_LINE, FIELD, VIOLATION, PAYLOAD],
  'An inflated message': [INFLATED, BLOCK],
  '`watch`, `connect` and the tap': Object.values(WIRE),
  '`open`': Object.values(RECORDED),
  '`doctor`': [DOCTOR, DOCTOR_STEP],
  '`sandwich`': [SANDWICH_LINE, DIFFERENCE],
  '`check`': [CHECK, CAUSE, CASE, STAGE],
} as const;
