import { CLOSE_CODES } from '../cases/close-codes.ts';
import { CLOSING } from '../cases/closing.ts';
import { CONTROL_FRAMES } from '../cases/control-frames.ts';
import { DEFLATE } from '../cases/deflate.ts';
import { FRAGMENTATION } from '../cases/fragmentation.ts';
import { FRAGMENTS_OUT_OF_PLACE } from '../cases/fragments-out-of-place.ts';
import { FRAME_HEADER } from '../cases/frame-header.ts';
import { LENGTH_FORMS } from '../cases/length-forms.ts';
import { PAYLOAD_LENGTH } from '../cases/payload-length.ts';
import { UTF8 } from '../cases/utf8.ts';
import { UTF8_EARLY } from '../cases/utf8-early.ts';
import { VOLUME } from '../cases/volume.ts';
import { DEFLATE_TERMS } from './cases/deflate.ts';
import { opensCase } from './cases/forms.ts';
import { OPENING_ACCEPTED, OPENING_REJECTED } from './cases/opening.ts';
import { SERVER_FRAMES } from './cases/server-frames.ts';
import type { ClientCase } from './client-case.ts';
import { mirror } from './mirror.ts';

/** Last, because it compares its key with those of all other cases. */
const FRESH_KEY = opensCase({
  id: '4.1-fresh-key',
  title: 'Each connection has a key of its own',
  section: '4.1',
  requirement: 'A client draws a new random key for each connection.',
  extra: 'fresh-key',
});

/** About a window or an offer of the other end: the cases for clients have their own. */
const ONLY_FOR_SERVERS = /^7692-(offer-|server-window-|server-no-context)/;

/**
 * All cases for clients: the opening handshake first, then what a client shares with a server, large messages last. The
 * order never changes, because a client may ask for a case by its number.
 */
export const CLIENT_CASES: readonly ClientCase[] = [
  ...OPENING_ACCEPTED,
  ...OPENING_REJECTED,
  ...SERVER_FRAMES,
  ...mirror([
    ...FRAME_HEADER,
    ...PAYLOAD_LENGTH,
    ...LENGTH_FORMS,
    ...FRAGMENTATION,
    ...FRAGMENTS_OUT_OF_PLACE,
    ...CONTROL_FRAMES,
    ...CLOSE_CODES,
    ...CLOSING,
    ...UTF8,
    ...UTF8_EARLY,
  ]),
  ...DEFLATE_TERMS,
  ...mirror(DEFLATE.filter(({ id, needs }) => needs !== undefined && !ONLY_FOR_SERVERS.test(id))),
  ...mirror(VOLUME),
  FRESH_KEY,
];
