import { Socket, type SocketConstructorOpts } from 'node:net';
import type { Carrier } from './carrier.ts';
import { READ_BUFFER } from './read-buffer.ts';
import { USER, type UsedSocket } from './socket-user.ts';

/**
 * The private properties in which Node's sockets keep their read buffer and the function that they call after a read. The
 * public option `onread` sets both, but only for a socket that connects. For an accepted socket, this is the only way.
 *
 * Node does not document these properties, so a later version may not have them.
 */
interface OnReadKeys {
  readonly buffer: symbol;
  readonly callback: symbol;
}

/** The private parts of a socket that are used here. */
interface SocketInside {
  [key: symbol]: unknown;
  readonly _handle?: { useUserBuffer?(buffer: Uint8Array): void } | null;
}

/**
 * Makes a socket, which must have a user, read into {@link READ_BUFFER}.
 *
 * @returns false for a stream of HTTP/2, or if this version of Node has no way to do it: then each read is still an event with its own memory
 */
export function shareReadBuffer(socket: Carrier, keys: OnReadKeys | null = KEYS): boolean {
  const inside = socket as unknown as SocketInside;
  const handle = inside._handle;
  if (keys === null || inside[keys.buffer] !== null || handle?.useUserBuffer === undefined) return false;
  inside[keys.buffer] = READ_BUFFER;
  inside[keys.callback] = onRead;
  handle.useUserBuffer(READ_BUFFER);
  return true;
}

/** Node calls this function as a method of the socket. */
function onRead(this: UsedSocket, byteLength: number): boolean {
  this[USER]?.read(new Uint8Array(READ_BUFFER.buffer, 0, byteLength));
  return true;
}

/** Finds the two properties on a socket that was created with `onread`. */
function findKeys(): OnReadKeys | null {
  const options = { onread: { buffer: READ_BUFFER, callback: onRead } };
  const inside = new Socket(options as SocketConstructorOpts) as unknown as SocketInside;
  const keyOf = (value: unknown) => Object.getOwnPropertySymbols(inside).find((key) => inside[key] === value);
  const buffer = keyOf(READ_BUFFER);
  const callback = keyOf(onRead);
  return buffer && callback ? { buffer, callback } : null;
}

const KEYS = findKeys();
