import { WebSocketServer, type ServerOptions as WsOptions } from 'ws';
import { createCompanion } from '../server/server.ts';
import { answer } from './processes.ts';
import { startRawServer } from './raw-server.ts';
import { usage } from './usage.ts';

// The process of one server: `server-main.ts framelight|ws|ws-deflate|tcp`. It sends its port, and when it is asked, the resources that
// it has used.

/** Each listens on a free port of the loopback interface, echoes on /echo and broadcasts on /broadcast. */
const START: Readonly<Record<string, () => Promise<number>>> = {
  async framelight() {
    const companion = createCompanion({ port: 0 });
    return Number(new URL(await companion.listen()).port);
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
answer(usage, await start());
