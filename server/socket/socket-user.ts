import type { Carrier } from './carrier.ts';
import { plainBytes } from './plain-bytes.ts';

/** The object that uses a socket and gets its events. */
export interface SocketUser {
  /** @param chunk the bytes of one read; valid until the call returns */
  read(chunk: Uint8Array<ArrayBuffer>): void;
  /** All waiting bytes have been sent. */
  drained(): void;
  /** The peer sends nothing more. */
  ended(): void;
  failed(error: Error): void;
  /** TCP is gone. */
  closed(): void;
}

export const USER = Symbol('user');

/** A socket that knows its user. This way ten thousand idle connections share the same five listeners. */
export type UsedSocket = Carrier & { [USER]?: SocketUser | undefined };

/** Sends the socket's events to this user from now on, in place of the user before. */
export function useSocket(socket: UsedSocket, user: SocketUser): void {
  const listens = socket[USER] !== undefined;
  socket[USER] = user;
  if (listens) return;
  // Remove Node's own listener, which does nothing on a socket with allowHalfOpen: a second listener costs each socket an
  // array.
  if (socket.allowHalfOpen)
    for (const listener of socket.listeners('end')) socket.removeListener('end', listener as () => void);
  for (const [event, listener] of LISTENERS) socket.on(event, listener);
}

/** Takes the socket from its user: it behaves as it did before it was used. */
export function releaseSocket(socket: UsedSocket): void {
  socket[USER] = undefined;
  for (const [event, listener] of LISTENERS) socket.removeListener(event, listener);
}

/** Whether a socket has a user. */
export function isUsed(socket: UsedSocket): boolean {
  return socket[USER] !== undefined;
}

const LISTENERS = [
  ['data', onData],
  ['drain', onDrain],
  ['end', onEnd],
  ['error', onError],
  ['close', onClose],
] as const;

function onData(this: UsedSocket, chunk: Buffer): void {
  this[USER]?.read(plainBytes(chunk));
}

function onDrain(this: UsedSocket): void {
  this[USER]?.drained();
}

function onEnd(this: UsedSocket): void {
  this[USER]?.ended();
}

function onError(this: UsedSocket, error: Error): void {
  this[USER]?.failed(error);
}

function onClose(this: UsedSocket): void {
  this[USER]?.closed();
}
