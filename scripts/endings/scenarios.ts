import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, type Server } from 'node:http';
import { type AddressInfo, connect, createServer, type Server as NetServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type ServerOptions, WebSocketServer, WebSocket as WsClient } from 'ws';

/** What a scenario sets up: a port to record, and what a client does with the address of the recorder. */
export interface Scene {
  readonly targetPort: number;
  play(port: number): Promise<unknown>;
  /** Ends the programs of the scene. */
  stop(): void;
}

export interface Scenario {
  /** The file, and the name in the test. */
  readonly name: string;
  readonly programs: string;
  /** The cause that has to be told. */
  readonly cause: string;
  start(): Promise<Scene>;
}

const NODE = `Node ${process.versions.node}`;
const WS = 'ws 8.23.0';
const NGINX = 'nginx 1.22.1';
const HAPROXY = 'HAProxy 2.6.12';
const PEER = fileURLToPath(new URL('ws-peer.ts', import.meta.url));

const portOf = (server: Server | NetServer) => (server.address() as AddressInfo).port;

async function listen<T extends Server | NetServer>(server: T): Promise<T> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** A server of the ws package. */
async function wsServer(onSocket: (socket: WsClient) => void, options: ServerOptions = {}): Promise<Server> {
  // As a WebSocketServer with a port of its own answers requests without Upgrade.
  const http = createHttpServer((_, response) =>
    response.writeHead(426, { Upgrade: 'websocket' }).end('Upgrade Required'),
  );
  new WebSocketServer({ server: http, ...options }).on('connection', (socket) => {
    socket.on('error', () => {});
    onSocket(socket);
  });
  return listen(http);
}

const echo = (socket: WsClient) =>
  void socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));

/** A server that writes bytes by hand. */
const rawServer = (onSocket: (socket: Socket) => void) =>
  listen(
    createServer({ allowHalfOpen: true }, (socket) => {
      socket.on('error', () => {});
      onSocket(socket);
    }),
  );

/** Answers the first request with a 101 that is right, apart from what is changed, and then does more. */
function raw101(change: (lines: string[], key: string) => string[], then: (socket: Socket) => void = () => {}) {
  return rawServer((socket) => {
    let head = '';
    const onData = (bytes: Buffer) => {
      head += bytes.toString('latin1');
      if (!head.includes('\r\n\r\n')) return;
      socket.off('data', onData);
      const key = /sec-websocket-key: *(\S+)/i.exec(head)?.[1] ?? '';
      const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
      const lines = ['Upgrade: websocket', 'Connection: Upgrade', `Sec-WebSocket-Accept: ${accept}`];
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${change(lines, key).join('\r\n')}\r\n\r\n`);
      socket.on('data', () => {});
      socket.on('end', () => socket.end());
      then(socket);
    };
    socket.on('data', onData);
  });
}

/** Node's own client. It says Hello, then does more. */
async function node(port: number, then: (socket: WebSocket) => void = () => {}, protocols: string[] = []) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/`, protocols);
  const closed = new Promise((resolve) => {
    socket.onclose = resolve;
  });
  socket.onopen = () => {
    socket.send('Hello');
    then(socket);
  };
  await closed;
}

/** Node's own client in a process that ends when its WebSocket does: Node itself does not always end TCP. */
async function nodeProcess(port: number): Promise<void> {
  const program = 'new WebSocket(process.argv[1]).onclose = () => process.exit()';
  await once(spawn(process.execPath, ['-e', program, `ws://127.0.0.1:${port}/`], { stdio: 'inherit' }), 'exit');
}

const scene = (server: Server | NetServer, play: (port: number) => Promise<unknown>, alsoStop = () => {}): Scene => ({
  targetPort: portOf(server),
  play,
  stop: () => {
    server.close();
    if ('closeAllConnections' in server) server.closeAllConnections();
    alsoStop();
  },
});

function stopAll(child: ChildProcess, server: Server): void {
  child.kill();
  server.close();
  server.closeAllConnections();
}

/** A ws server in a process of its own. */
async function peerProcess(...args: string[]): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn(process.execPath, [PEER, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, port: Number(line.toString()) };
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

/** Not `once`: an error comes before the close, and is expected. */
function closeOf(socket: Pick<WsClient, 'addEventListener'> | WebSocket): Promise<void> {
  return new Promise((resolve) => (socket as WebSocket).addEventListener('close', () => resolve()));
}

/** Runs a proxy with a configuration in a folder of its own, and waits until it listens. */
async function proxy(
  command: string,
  config: (port: number, folder: string) => string,
  args: (file: string) => string[],
) {
  const free = await listen(createServer());
  const port = portOf(free);
  await new Promise((resolve) => void free.close(resolve));
  const folder = mkdtempSync(join(tmpdir(), 'endings-'));
  const file = join(folder, 'proxy.conf');
  writeFileSync(file, config(port, folder));
  const child = spawn(command, args(file), { stdio: 'inherit' });
  for (let i = 0; i < 50; i++) {
    await wait(100);
    // Not a request: the proxy would pass it on, and it would be the first connection that is recorded.
    if (await accepts(port)) break;
  }
  return { child, port };
}

const nginx = (upstream: number, location: string) =>
  proxy(
    process.env['NGINX_PROGRAM'] ?? 'nginx',
    (port, folder) => `daemon off; pid ${folder}/pid; error_log ${folder}/error.log; user root;
events {}
http {
  access_log off;
  client_body_temp_path ${folder}/a; proxy_temp_path ${folder}/b; fastcgi_temp_path ${folder}/c; uwsgi_temp_path ${folder}/d; scgi_temp_path ${folder}/e;
  server { listen 127.0.0.1:${port}; location / { proxy_pass http://127.0.0.1:${upstream}; ${location} } }
}`,
    (file) => ['-c', file],
  );
const PASS_UPGRADE =
  'proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";';

const haproxy = (upstream: number) =>
  proxy(
    process.env['HAPROXY_PROGRAM'] ?? 'haproxy',
    (port) => `defaults
  mode http
  timeout connect 5s
  timeout client 20s
  timeout server 20s
  timeout tunnel 10s
frontend f
  bind 127.0.0.1:${port}
  default_backend b
backend b
  server s 127.0.0.1:${upstream}
`,
    (file) => ['-db', '-f', file],
  );

export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'nginx-idle',
    programs: `${NODE} through ${NGINX} with its default proxy_read_timeout, to ${WS}`,
    cause: 'proxy-idle-timeout',
    async start() {
      const server = await wsServer(echo);
      const { child, port } = await nginx(portOf(server), PASS_UPGRADE);
      return {
        targetPort: port,
        play: (own) => node(own),
        stop: () => stopAll(child, server),
      };
    },
  },
  {
    name: 'haproxy-idle-client-side',
    programs: `${NODE} through ${HAPROXY} with timeout tunnel 10s, to ${WS}: between the client and HAProxy`,
    cause: 'proxy-idle-timeout',
    async start() {
      const server = await wsServer(echo);
      const { child, port } = await haproxy(portOf(server));
      return {
        targetPort: port,
        play: (own) => node(own),
        stop: () => stopAll(child, server),
      };
    },
  },
  {
    name: 'haproxy-idle-server-side',
    programs: `${NODE} through ${HAPROXY} with timeout tunnel 10s, to ${WS}: between HAProxy and the server`,
    cause: 'proxy-idle-timeout',
    async start() {
      const server = await wsServer(echo);
      let stopProxy = () => {};
      const play = async (own: number) => {
        const { child, port } = await haproxy(own);
        stopProxy = () => void child.kill();
        await node(port);
      };
      return scene(server, play, () => stopProxy());
    },
  },
  {
    name: 'nginx-removes-upgrade',
    programs: `${NODE} through ${NGINX} without the lines for WebSocket, to ${WS}: between nginx and the server`,
    cause: 'upgrade-removed',
    async start() {
      const server = await wsServer(echo);
      let stopProxy = () => {};
      const play = async (own: number) => {
        const { child, port } = await nginx(own, '');
        stopProxy = () => void child.kill();
        await node(port);
      };
      return scene(server, play, () => stopProxy());
    },
  },
  {
    name: 'nginx-without-server',
    programs: `${NODE} to ${NGINX} whose server is not running`,
    cause: 'refused-with-status',
    async start() {
      const { child, port } = await nginx(9, PASS_UPGRADE);
      return { targetPort: port, play: (own) => node(own), stop: () => void child.kill() };
    },
  },
  {
    name: 'server-killed',
    programs: `${NODE}, to ${WS} in a process that gets SIGKILL`,
    cause: 'server-ended-tcp',
    async start() {
      const { child, port } = await peerProcess();
      return {
        targetPort: port,
        play: (own) => node(own, () => setTimeout(() => child.kill('SIGKILL'), 100)),
        stop: () => void child.kill('SIGKILL'),
      };
    },
  },
  {
    name: 'client-killed',
    programs: `${WS} in a process that gets SIGKILL, to ${WS}`,
    cause: 'client-ended-tcp',
    async start() {
      const server = await wsServer(echo);
      return scene(server, async (own) => {
        const { child } = await peerProcess(`ws://127.0.0.1:${own}/`);
        await wait(200);
        child.kill('SIGKILL');
        await wait(200);
      });
    },
  },
  {
    name: 'server-restarts-1012',
    programs: `${NODE}, to ${WS} that closes with 1012`,
    cause: 'server-restarted',
    start: async () =>
      scene(await wsServer((socket) => socket.once('message', () => socket.close(1012, 'restart'))), (own) =>
        node(own),
      ),
  },
  {
    name: 'message-too-big',
    programs: `${NODE}, to ${WS} with maxPayload 1000`,
    cause: 'message-too-big',
    start: async () =>
      scene(await wsServer(echo, { maxPayload: 1000 }), (own) => node(own, (socket) => socket.send('x'.repeat(2000)))),
  },
  {
    name: 'text-in-latin1',
    programs: `${NODE}, to a server that sends text in Latin-1`,
    cause: 'invalid-utf8',
    start: async () =>
      scene(
        await raw101(
          (lines) => lines,
          (socket) => socket.write(Buffer.from('8104636166e9', 'hex')),
        ),
        (own) => node(own),
      ),
  },
  {
    name: 'masked-by-server',
    programs: `${WS}, to a server that masks`,
    cause: 'broken-rule',
    start: async () =>
      scene(
        await raw101(
          (lines) => lines,
          (socket) => socket.write(Buffer.from('818537fa213d7f9f4d5158', 'hex')),
        ),
        async (own) => {
          const socket = new WsClient(`ws://127.0.0.1:${own}/`);
          socket.on('error', () => {});
          await closeOf(socket);
        },
      ),
  },
  {
    name: 'client-never-masks',
    programs: `A client that does not mask, to ${WS}`,
    cause: 'client-never-masks',
    start: async () =>
      scene(await wsServer(echo), async (own) => {
        const socket = connect(own, '127.0.0.1');
        socket.write(
          'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
        );
        await once(socket, 'data');
        socket.write(Buffer.from('810548656c6c6f', 'hex'));
        socket.on('data', () => {});
        await once(socket, 'end');
        socket.end();
      }),
  },
  {
    name: 'two-upgrade-handlers',
    programs: `${WS}, to two servers of ${WS} on one HTTP server of ${NODE}`,
    cause: 'two-upgrade-handlers',
    async start() {
      const http = createHttpServer();
      new WebSocketServer({ server: http, path: '/a' }).on('connection', (socket) => {
        socket.on('error', () => {});
        echo(socket);
      });
      new WebSocketServer({ server: http, path: '/b' });
      await listen(http);
      return scene(http, async (own) => {
        const socket = new WsClient(`ws://127.0.0.1:${own}/a`);
        socket.on('error', () => {});
        await closeOf(socket);
      });
    },
  },
  {
    name: 'accept-of-hex-digest',
    programs: `${NODE}, to a server that encodes the hex digits of the hash`,
    cause: 'wrong-accept',
    start: async () =>
      scene(
        await raw101((lines, key) => {
          const hex = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('hex');
          return [...lines.slice(0, 2), `Sec-WebSocket-Accept: ${Buffer.from(hex).toString('base64')}`];
        }),
        (own) => nodeProcess(own),
      ),
  },
  {
    name: 'connection-list',
    programs: `${NODE}, to a server that answers Connection: keep-alive, Upgrade`,
    cause: 'connection-list-refused',
    start: async () =>
      scene(
        await raw101(([upgrade = '', , accept = '']) => [upgrade, 'Connection: keep-alive, Upgrade', accept]),
        (own) => nodeProcess(own),
      ),
  },
  {
    name: 'upgrade-missing-in-101',
    programs: `${NODE}, to a server whose 101 has no Upgrade`,
    cause: 'upgrade-headers-changed',
    start: async () => scene(await raw101((lines) => lines.slice(1)), (own) => node(own)),
  },
  {
    name: 'subprotocol-not-offered',
    programs: `${NODE}, to a server that always answers Sec-WebSocket-Protocol: chat`,
    cause: 'subprotocol-not-offered',
    start: async () =>
      scene(await raw101((lines) => [...lines, 'Sec-WebSocket-Protocol: chat']), (own) => nodeProcess(own)),
  },
  {
    name: 'extension-not-offered',
    programs: `${WS} with perMessageDeflate false, to a server that always compresses`,
    cause: 'extension-not-offered',
    start: async () =>
      scene(await raw101((lines) => [...lines, 'Sec-WebSocket-Extensions: permessage-deflate']), async (own) => {
        const socket = new WsClient(`ws://127.0.0.1:${own}/`, { perMessageDeflate: false });
        socket.on('error', () => {});
        await closeOf(socket);
      }),
  },
  {
    name: 'origin-refused',
    programs: `${WS} with an Origin, to ${WS} with verifyClient`,
    cause: 'origin-refused',
    start: async () =>
      scene(
        await wsServer(echo, {
          verifyClient: ({ origin }, done) => done(origin === 'https://example.org', 403, 'origin not allowed'),
        }),
        async (own) => {
          const socket = new WsClient(`ws://127.0.0.1:${own}/`, { origin: 'https://example.com' });
          socket.on('error', () => {});
          await closeOf(socket);
        },
      ),
  },
  {
    name: 'redirected',
    programs: `${NODE}, to an HTTP server of ${NODE} that redirects`,
    cause: 'redirected',
    start: async () =>
      scene(
        await listen(
          createHttpServer((_, response) => response.writeHead(301, { Location: 'https://example.org/ws/' }).end()),
        ),
        (own) => node(own),
      ),
  },
  {
    name: 'page-instead',
    programs: `${NODE}, to an HTTP server of ${NODE} that has no WebSocket`,
    cause: 'refused-with-status',
    start: async () =>
      scene(await listen(createHttpServer((_, response) => response.end('<h1>Hello</h1>'))), (own) => node(own)),
  },
  {
    name: 'tls-on-plain-port',
    programs: `${NODE} with wss://, to an HTTP server of ${NODE}`,
    cause: 'tls-on-plain-port',
    start: async () =>
      scene(await listen(createHttpServer()), async (own) => {
        const socket = new WebSocket(`wss://127.0.0.1:${own}/`);
        await closeOf(socket);
      }),
  },
  {
    name: 'server-greets',
    programs: `${NODE}, to a server that greets as SSH does`,
    cause: 'other-protocol',
    start: async () =>
      scene(await rawServer((socket) => void socket.end('SSH-2.0-OpenSSH_9.2p1\r\n')), (own) => node(own)),
  },
  {
    name: 'ping-unanswered',
    programs: `${WS} in a process that gets SIGSTOP, to ${WS} with the heartbeat of its manual, every 3 s`,
    cause: 'ping-unanswered',
    async start() {
      const server = await wsServer((socket) => {
        let isAlive = true;
        socket.on('pong', () => {
          isAlive = true;
        });
        const timer = setInterval(() => {
          if (!isAlive) {
            clearInterval(timer);
            return socket.terminate();
          }
          isAlive = false;
          socket.ping();
        }, 3000);
      });
      return scene(server, async (own) => {
        const { child } = await peerProcess(`ws://127.0.0.1:${own}/`);
        await wait(3500);
        child.kill('SIGSTOP');
        await wait(7000);
        child.kill('SIGKILL');
      });
    },
  },
  {
    name: 'second-close-frame',
    programs: `${NODE}, to a server that sends two close frames`,
    cause: 'second-close-frame',
    start: async () =>
      scene(
        await raw101(
          (lines) => lines,
          (socket) => void setTimeout(() => socket.end(Buffer.from('880203e8880203e8', 'hex')), 100),
        ),
        (own) => node(own),
      ),
  },
  {
    name: 'code-1005-on-the-wire',
    programs: `${NODE}, to a server that sends 1005`,
    cause: 'forbidden-close-code',
    start: async () =>
      scene(
        await raw101(
          (lines) => lines,
          (socket) => void setTimeout(() => socket.write(Buffer.from('880203ed', 'hex')), 100),
        ),
        (own) => node(own),
      ),
  },
  {
    name: 'application-code',
    programs: `${NODE}, to ${WS} that closes with 4401`,
    cause: 'application-code',
    start: async () => scene(await wsServer((socket) => socket.close(4401, 'token expired')), (own) => node(own)),
  },
  {
    name: 'exception',
    programs: `${NODE}, to ${WS} that closes with 1011`,
    cause: 'internal-error',
    start: async () =>
      scene(await wsServer((socket) => socket.once('message', () => socket.close(1011))), (own) => node(own)),
  },
  {
    name: 'normal',
    programs: `${NODE}, to ${WS}`,
    cause: 'normal-closure',
    start: async () =>
      scene(await wsServer(echo), (own) =>
        node(own, (socket) => socket.addEventListener('message', () => socket.close())),
      ),
  },
  {
    name: 'server-ends-tcp-only',
    programs: `${NODE}, to a server that answers a close frame by FIN alone`,
    cause: 'close-unanswered',
    start: async () =>
      scene(
        await raw101(
          (lines) => lines,
          (socket) => {
            socket.on('data', (bytes) => {
              if ((bytes[0] ?? 0) === 0x88) socket.end();
            });
          },
        ),
        (own) => node(own, (socket) => setTimeout(() => socket.close(1000, 'bye'), 100)),
      ),
  },
];
