import type { Server } from 'node:net';
import type { Reach } from '../../src/companion/policy/admit.ts';
import { isLoopbackName } from '../../src/companion/policy/host.ts';
import { bracket } from '../socket/remote.ts';

/** The address on which a server listens. */
export interface Listening extends Reach {
  /** 0 until it listens. */
  readonly port: number;
}

/** @param host the name to show; by default the address of the server */
export function listeningOf(server: Server, host?: string): Listening {
  const address = server.address();
  if (address === null || typeof address === 'string') return { host: '', port: 0, loopbackOnly: false };
  return {
    host: bracket(host ?? address.address).toLowerCase(),
    port: address.port,
    loopbackOnly: isLoopbackName(bracket(address.address)),
  };
}

/** An address at which the server can connect to itself: the loopback address if it listens on all addresses. */
export function ownAddressOf(server: Server): { readonly host: string; readonly port: number } {
  const address = server.address();
  if (address === null || typeof address === 'string') return { host: '127.0.0.1', port: 0 };
  const loopback = new Map([
    ['0.0.0.0', '127.0.0.1'],
    ['::', '::1'],
  ]);
  return { host: loopback.get(address.address) ?? address.address, port: address.port };
}

/** The addresses that mean all addresses of this machine, each with a name that works on this machine. */
const EVERYWHERE = new Map([
  ['0.0.0.0', '127.0.0.1'],
  ['[::]', 'localhost'],
]);

/** The URL to open in a browser. It leads to this server and to no other program. */
export function urlOf({ host, port }: Listening, scheme = 'http'): string {
  return `${scheme}://${EVERYWHERE.get(host) ?? host}:${port}`;
}
