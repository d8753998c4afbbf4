import type { Server } from 'node:net';
import type { Reach } from '../../src/companion/policy/admit.ts';
import { isLoopbackName } from '../../src/companion/policy/host.ts';
import { bracket } from '../socket/remote.ts';

/** Where a server can be reached. */
export interface Listening extends Reach {
  /** 0 while it does not listen. */
  readonly port: number;
}

/** @param host what the server was told; without it, the address that it has */
export function listeningOf(server: Server, host?: string): Listening {
  const address = server.address();
  if (address === null || typeof address === 'string') return { host: '', port: 0, loopbackOnly: false };
  return {
    host: bracket(host ?? address.address).toLowerCase(),
    port: address.port,
    loopbackOnly: isLoopbackName(bracket(address.address)),
  };
}

/** Where the server itself finds what it serves; where it listens everywhere, that is the loopback. */
export function ownAddressOf(server: Server): { readonly host: string; readonly port: number } {
  const address = server.address();
  if (address === null || typeof address === 'string') return { host: '127.0.0.1', port: 0 };
  const loopback = new Map([
    ['0.0.0.0', '127.0.0.1'],
    ['::', '::1'],
  ]);
  return { host: loopback.get(address.address) ?? address.address, port: address.port };
}

/** The addresses that mean every address of this machine, and a name that leads to each of them from here. */
const EVERYWHERE = new Map([
  ['0.0.0.0', '127.0.0.1'],
  ['[::]', 'localhost'],
]);

/** What to type into a browser: it leads to this server, and to no other program. */
export function urlOf({ host, port }: Listening): string {
  return `http://${EVERYWHERE.get(host) ?? host}:${port}`;
}
