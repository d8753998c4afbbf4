import type { Socket } from 'node:net';
import { plainBytes } from './plain-bytes.ts';

/** Who uses a socket, and is told what happens on it. */
export interface SocketUser {
  /** @param chunk what one read delivered; gone when it returns */
  read(chunk: Uint8Array<ArrayBuffer>): void;
  /** All that waited has been sent. */
  drained(): void;
  /** The peer sends nothing more. */
  ended(): void;
  failed(error: Error): void;
  /** TCP is gone. */
  closed(): void;
}

export const USER = Symbol('user');

/** A socket that knows its user, so that ten thousand idle connections share the same five listeners. */
export interface UsedSocket extends Socket {
  [USER]?: SocketUser | undefined;
}

/** Makes `user` the one that the events of the socket go to, in place of the one before. */
export function useSocket(socket: UsedSocket, user: SocketUser): void {
  const listens = socket[USER] !== undefined;
  socket[USER] = user;
  if (listens) return;
  // Node's own: it does nothing to a socket that may be half open, and a second listener takes an array for each socket.
  if (socket.allowHalfOpen)
    for (const listener of socket.listeners('end')) socket.removeListener('end', listener as () => void);
  for (const [event, listener] of LISTENERS) socket.on(event, listener);
}

/** Nobody is told any more: the socket does what it did before it was used. */
export function releaseSocket(socket: UsedSocket): void {
  socket[USER] = undefined;
  for (const [event, listener] of LISTENERS) socket.removeListener(event, listener);
}

/** Whether somebody is told what happens on a socket. */
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
