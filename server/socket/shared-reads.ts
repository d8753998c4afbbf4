import { Socket, type SocketConstructorOpts } from 'node:net';
import { READ_BUFFER } from './read-buffer.ts';
import { USER, type UsedSocket } from './socket-user.ts';

/**
 * Where Node's sockets keep the buffer that they were told to read into, and whom they call then. `onread`, which tells
 * them so, is for the one who connects; a socket that was accepted can be told in this way alone.
 *
 * None of it is in Node's documentation, so it may be missing one day.
 */
interface OnReadKeys {
  readonly buffer: symbol;
  readonly callback: symbol;
}

/** What a socket has of this. */
interface SocketInside {
  [key: symbol]: unknown;
  readonly _handle?: { useUserBuffer?(buffer: Uint8Array): void } | null;
}

/**
 * Lets a socket, which must have a user, read into {@link READ_BUFFER}.
 *
 * @returns false where Node does not let it: then its reads go on as events, each into memory of its own
 */
export function shareReadBuffer(socket: Socket, keys: OnReadKeys | null = KEYS): boolean {
  const inside = socket as unknown as SocketInside;
  const handle = inside._handle;
  if (keys === null || inside[keys.buffer] !== null || handle?.useUserBuffer === undefined) return false;
  inside[keys.buffer] = READ_BUFFER;
  inside[keys.callback] = onRead;
  handle.useUserBuffer(READ_BUFFER);
  return true;
}

/** Node calls it as a method of the socket. */
function onRead(this: UsedSocket, byteLength: number): boolean {
  this[USER]?.read(new Uint8Array(READ_BUFFER.buffer, 0, byteLength));
  return true;
}

/** Looks at a socket that was told by `onread`: where does it keep the two? */
function findKeys(): OnReadKeys | null {
  const options = { onread: { buffer: READ_BUFFER, callback: onRead } };
  const inside = new Socket(options as SocketConstructorOpts) as unknown as SocketInside;
  const keyOf = (value: unknown) => Object.getOwnPropertySymbols(inside).find((key) => inside[key] === value);
  const buffer = keyOf(READ_BUFFER);
  const callback = keyOf(onRead);
  return buffer && callback ? { buffer, callback } : null;
}

const KEYS = findKeys();
