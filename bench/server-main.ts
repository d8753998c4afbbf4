import { WebSocketServer, type ServerOptions as WsOptions } from 'ws';
import { createCompanion } from '../server/server.ts';
import { answer } from './processes.ts';
import { startRawServer } from './raw-server.ts';
import { usage } from './usage.ts';

// The process of one server: `server-main.ts framelight|framelight-redis|socket.io-redis|ws|ws-deflate|tcp [REDIS]`. It sends its port, and when it is asked, the resources that
// it has used.

/** Each listens on a free port of the loopback interface, echoes on /echo and broadcasts on /broadcast. */
const START: Readonly<Record<string, (redisUrl: string) => Promise<number>>> = {
  async framelight() {
    const companion = createCompanion({ port: 0 });
    return Number(new URL(await companion.listen()).port);
  },

  /** Shares its broadcast with the other servers of this Redis. */
  async 'framelight-redis'(redisUrl) {
    const { openRedisRelay } = await import('../server/pubsub/redis/redis-relay.ts');
    const companion = createCompanion({ port: 0, relay: await openRedisRelay({ url: redisUrl, name: redisUrl }) });
    return Number(new URL(await companion.listen()).port);
  },

  /** Socket.IO with its own adapter for Redis, and its default options. */
  async 'socket.io-redis'(redisUrl) {
    const [{ createServer }, { Server }, { createAdapter }, { createClient }] = await Promise.all([
      import('node:http'),
      import('socket.io'),
      import('@socket.io/redis-adapter'),
      import('redis'),
    ]);
    const publisher = createClient({ url: redisUrl });
    const subscriber = publisher.duplicate();
    for (const client of [publisher, subscriber]) client.on('error', () => {});
    await Promise.all([publisher.connect(), subscriber.connect()]);
    const httpServer = createServer();
    const io = new Server(httpServer, {
      adapter: createAdapter(publisher, subscriber),
      // Its pings would be counted as messages.
      pingInterval: 3_600_000,
    });
    io.on('connection', (socket) => socket.on('m', (text) => io.emit('m', text)));
    await new Promise<void>((resolve) => {
      httpServer.listen(0, '127.0.0.1', resolve);
    });
    return (httpServer.address() as { port: number }).port;
  },

  /** The peer, with its default options. */
  ws: () => startWs(false),

  /** The peer, compressing every message, with its default options. */
  'ws-deflate': () => startWs({ threshold: 0 }),

  tcp: startRawServer,
};

async function startWs(perMessageDeflate: WsOptions['perMessageDeflate']): Promise<number> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate });
  server.on('connection', (socket, { url }) => {
    socket.on('error', () => {});
    socket.on('message', (data, binary) => {
      if (url !== '/broadcast') socket.send(data, { binary });
      else for (const client of server.clients) client.send(data, { binary });
    });
  });
  await new Promise((resolve) => server.on('listening', resolve));
  return (server.address() as { port: number }).port;
}

const start = START[process.argv[2] ?? ''];
if (start === undefined) throw new Error(`no server is named "${process.argv[2]}"; there are ${Object.keys(START)}`);
answer(usage, await start(process.argv[3] ?? ''));
