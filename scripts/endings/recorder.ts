import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { RecordedEvent } from '../../src/inspector/endings/replay.ts';

/** Stands between a client and a server, passes everything on, and records the first connection. */
export interface Recorder {
  readonly port: number;
  readonly events: readonly RecordedEvent[];
  /** Resolves when the recorded connection has ended in both directions, or was reset. */
  readonly ended: Promise<void>;
  close(): void;
}

/** @param targetPort of the server, on 127.0.0.1 */
export async function startRecorder(targetPort: number): Promise<Recorder> {
  const events: RecordedEvent[] = [];
  let finish = () => {};
  const ended = new Promise<void>((resolve) => {
    finish = resolve;
  });
  let isFirst = true;
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    const records = isFirst;
    isFirst = false;
    const startedMs = performance.now();
    const upstream = connect({ port: targetPort, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    const note = (direction: 'in' | 'out', what: string) => {
      if (!records) return;
      const timeMs = Math.round((performance.now() - startedMs) * 10) / 10;
      events.push([timeMs, direction, what] as RecordedEvent);
    };
    pass(client, upstream, 'in', note);
    pass(upstream, client, 'out', note);
    let open = 2;
    const done = () => {
      open--;
      if (open === 0 && records) finish();
    };
    client.once('close', done);
    upstream.once('close', done);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, events, ended, close: () => void server.close() };
}

function pass(from: Socket, to: Socket, direction: 'in' | 'out', note: (d: 'in' | 'out', what: string) => void): void {
  from.on('data', (bytes) => {
    note(direction, bytes.toString('hex'));
    to.write(bytes);
  });
  from.on('end', () => {
    note(direction, 'FIN');
    to.end();
  });
  from.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'ECONNRESET') note(direction, 'RST');
    to.resetAndDestroy();
  });
}
