import { DECODE_ROWS } from './decode.ts';
import { ENCODE_ROWS } from './encode.ts';
import type { Row } from './row.ts';

/** All that is measured, in the order of the table. */
export const ROWS: readonly Row[] = [...DECODE_ROWS, ...ENCODE_ROWS];
