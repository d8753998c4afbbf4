/** The parts of a frame, in the order and with the names of the RFC's figure. RFC 6455 §5.2. */
export const FIELD_NAMES = [
  'FIN',
  'RSV1',
  'RSV2',
  'RSV3',
  'opcode',
  'MASK',
  'payload length',
  'extended payload length',
  'masking-key',
  'payload data',
] as const;

/** The name of one field. RFC 6455 §5.2. */
export type FieldName = (typeof FIELD_NAMES)[number];
