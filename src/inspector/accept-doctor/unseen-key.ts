import type { WrongWay } from './step.ts';
import { join } from './step.ts';

/** What a program hashes in place of a key that it did not find. */
export const UNSEEN_KEYS: readonly WrongWay[] = ['', 'null', 'undefined', 'None'].map((text) => ({
  name: text === '' ? 'empty-key' : `key-${text.toLowerCase()}`,
  title:
    text === '' ? 'The key was empty: the server did not find the header' : `The word ${text} was hashed as the key`,
  cause: 'The server looked for Sec-WebSocket-Key under another name, in another case, or too early.',
  fix: 'Find the header without regard to case, and refuse the request with 400 if it is missing.',
  make: () => join(text),
}));
