import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { createProxyServer } from 'http-proxy-3';
import { ProxyServer } from '../server/proxy/proxy.ts';
import { parseProxyTarget } from '../server/proxy/target.ts';
import { answer } from './processes.ts';
import { usage } from './usage.ts';

// The process of one proxy: `proxy-main.ts framelight|http-proxy-3|pipe PORT`. It sends its port, and when it is asked, the
// resources that it has used.

const START: Readonly<Record<string, (target: number) => Promise<number>>> = {
  /** It records everything. */
  async framelight(target) {
    const proxy = new ProxyServer({ target: parseProxyTarget(`ws://127.0.0.1:${target}`), host: '127.0.0.1' });
    return (await proxy.listen()).port;
  },

  /** The peer, which records nothing. */
  async 'http-proxy-3'(target) {
    const proxy = createProxyServer({ target: `ws://127.0.0.1:${target}`, ws: true });
    proxy.on('error', () => {});
    const server = createHttpServer((request, response) => proxy.web(request, response));
    server.on('upgrade', (request, socket, head) => proxy.ws(request, socket, head));
    return listen(server);
  },

  /** Two sockets of Node that pipe into each other. */
  async pipe(target) {
    const server = createServer({ noDelay: true }, (socket) => {
      const other = connect({ port: target, host: '127.0.0.1', noDelay: true });
      socket.on('error', () => other.destroy());
      other.on('error', () => socket.destroy());
      socket.pipe(other).pipe(socket);
    });
    return listen(server);
  },
};

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const [, , kind = '', target = ''] = process.argv;
const start = START[kind];
if (start === undefined) throw new Error(`no proxy is named "${kind}"; there are ${Object.keys(START)}`);
answer(usage, await start(Number(target)));
