/** The functions that the reader writes, in their order. Each may use the ones before it. */
export const STAGE_IDS = ['accept', 'decodeHeader', 'unmask', 'createReader', 'createServer'] as const;

/** The name of a function that the reader writes. */
export type StageId = (typeof STAGE_IDS)[number];
