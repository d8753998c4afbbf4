import { lookup } from 'node:dns/promises';
import { explainDialError } from '../socket/dial-error.ts';
import { connectTo } from './connect-to.ts';
import { isLoopbackAddress, notHere, type ServerUrl } from './target.ts';

/** There is no server to test. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
}

export interface FindOptions {
  readonly signal?: AbortSignal | undefined;
  /** Resolves a name to its addresses; by default the system does. */
  readonly resolve?: ((target: ServerUrl) => Promise<readonly string[]>) | undefined;
}

/** The name of the server resolves to another machine. */
export class ElsewhereError extends Error {
  override readonly name = 'ElsewhereError';
}

const CONNECT_TIMEOUT_MS = 5_000;

/**
 * Finds the address at which a server answers. All cases use that address, so the name cannot change its meaning during
 * a run.
 *
 * @returns the target with an address in place of its name
 * @throws ElsewhereError if the name resolves to another machine and that is not allowed
 * @throws UnreachableError if the name does not resolve, or nothing listens there
 */
export async function findServer(
  target: ServerUrl,
  { signal, resolve = addressesOf }: FindOptions = {},
): Promise<ServerUrl> {
  const addresses = await resolve(target);
  const elsewhere = addresses.find((address) => !target.allowRemote && !isLoopbackAddress(address));
  if (elsewhere !== undefined) {
    const named = elsewhere === target.hostname ? elsewhere : `${target.hostname} resolves to ${elsewhere}, which`;
    throw new ElsewhereError(notHere(named));
  }
  const problems: string[] = [];
  for (const address of addresses) {
    signal?.throwIfAborted();
    const at = { ...target, hostname: address };
    const problem = await problemOf(at);
    if (problem === undefined) return at;
    problems.push(problem);
  }
  throw new UnreachableError(
    `There is no server at ${target.url}: ${problems.join('; ')}. Start it, or give another address.`,
  );
}

async function addressesOf({ hostname, url }: ServerUrl): Promise<string[]> {
  try {
    const found = await lookup(hostname, { all: true });
    return [...new Set(found.map(({ address }) => address))];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UnreachableError(`The name in ${url} does not resolve: ${reason}. Give another address.`);
  }
}

/** @returns why nothing can be reached there; undefined if something can */
function problemOf(target: ServerUrl): Promise<string | undefined> {
  const { hostname: host, port, tls } = target;
  return new Promise((resolve) => {
    const socket = connectTo(target);
    const finish = (problem?: string): void => {
      socket.destroy();
      resolve(problem);
    };
    socket.setTimeout(CONNECT_TIMEOUT_MS, () => finish(`no answer from ${host} port ${port}`));
    socket.on(tls === undefined ? 'connect' : 'secureConnect', () => finish());
    socket.on('error', (error) => finish(tls === undefined ? error.message : sayTlsError(error, target)));
  });
}

function sayTlsError(error: Error, { hostname, port }: ServerUrl): string {
  return explainDialError(error, { hostname, port, isTls: true }).replace(/\.$/, '');
}
