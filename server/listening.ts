import type { Server } from 'node:net';
import { isLoopbackName } from './origin.ts';

/** Where a server can be reached. */
export interface Listening {
  /** The name or address that it was told to listen on, in lower case; IPv6 in brackets. */
  readonly host: string;
  /** 0 while it does not listen. */
  readonly port: number;
  /** Whether it can be reached from this machine only. */
  readonly loopbackOnly: boolean;
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

/** What to type into a browser. */
export function urlOf({ host, port, loopbackOnly }: Listening): string {
  const everywhere = host === '0.0.0.0' || host === '[::]';
  return `http://${loopbackOnly || everywhere ? 'localhost' : host}:${port}`;
}

/** An IPv6 address stands in brackets where a port may follow. RFC 3986 §3.2.2. */
function bracket(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}
