import { ACCEPT_ROWS } from './accept.ts';
import { CAPTURE_ROWS } from './capture.ts';
import { DECODE_ROWS } from './decode.ts';
import { DEFLATE_ROWS } from './deflate.ts';
import { BROADCAST_ROWS, ECHO_ROWS } from './echo.ts';
import { ENCODE_ROWS } from './encode.ts';
import { PROXY_ROWS } from './proxy.ts';
import { PUBSUB_ROWS } from './pubsub.ts';
import type { Row } from './row.ts';
import { START_ROWS } from './start.ts';
import { TAP_ROWS } from './tap.ts';

/** All rows, in the order of the table. */
export const ROWS: readonly Row[] = [
  ...DECODE_ROWS,
  ...ENCODE_ROWS,
  ...ECHO_ROWS,
  ...BROADCAST_ROWS,
  ...PUBSUB_ROWS,
  ...DEFLATE_ROWS,
  ...ACCEPT_ROWS,
  ...TAP_ROWS,
  ...PROXY_ROWS,
  ...CAPTURE_ROWS,
  ...START_ROWS,
];
