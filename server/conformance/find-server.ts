import { lookup } from 'node:dns/promises';
import { connect } from 'node:net';
import { isLoopbackAddress, notHere, type ServerUrl } from './target.ts';

/** There is no server to check. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
}

export interface FindOptions {
  readonly signal?: AbortSignal | undefined;
  /** Asks for the addresses of a name; the system is asked without it. */
  readonly resolve?: ((target: ServerUrl) => Promise<readonly string[]>) | undefined;
}

/** The name of the server leads to another machine. */
export class ElsewhereError extends Error {
  override readonly name = 'ElsewhereError';
}

const PATIENCE_MS = 5_000;

/**
 * Finds out at which address a server answers. All cases then go to that one: a name cannot lead elsewhere midway.
 *
 * @returns the target with an address in place of its name
 * @throws ElsewhereError where the name leads to another machine, and that is not allowed
 * @throws UnreachableError where the name leads nowhere, or nobody listens there
 */
export async function findServer(
  target: ServerUrl,
  { signal, resolve = addressesOf }: FindOptions = {},
): Promise<ServerUrl> {
  const addresses = await resolve(target);
  const elsewhere = addresses.find((address) => !target.allowRemote && !isLoopbackAddress(address));
  if (elsewhere !== undefined) {
    const named = elsewhere === target.hostname ? elsewhere : `${target.hostname} leads to ${elsewhere}, which`;
    throw new ElsewhereError(notHere(named));
  }
  const problems: string[] = [];
  for (const address of addresses) {
    signal?.throwIfAborted();
    const problem = await problemOf(address, target.port);
    if (problem === undefined) return { ...target, hostname: address };
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
    throw new UnreachableError(`The name in ${url} leads nowhere: ${reason}. Give another address.`);
  }
}

/** @returns why nobody can be reached there; undefined where somebody can */
function problemOf(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const finish = (problem?: string): void => {
      socket.destroy();
      resolve(problem);
    };
    socket.setTimeout(PATIENCE_MS, () => finish(`no answer from ${host} port ${port}`));
    socket.on('connect', () => finish());
    socket.on('error', (error) => finish(error.message));
  });
}
