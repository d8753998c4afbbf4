// The ws package as a client that echoes: node scripts/clients/ws.ts ws://127.0.0.1:9001 AGENT
import { WebSocket } from 'ws';

const [server = '', agent = 'ws'] = process.argv.slice(2);
const query = `?agent=${encodeURIComponent(agent)}`;
const { cases } = (await (await fetch(`${server.replace('ws', 'http')}/cases.json`)).json()) as {
  cases: { path: string }[];
};
for (const { path } of cases) {
  await new Promise<void>((resolve) => {
    const socket = new WebSocket(`${server}${path}${query}`);
    socket.on('open', () => path.endsWith('client-closes') && socket.close());
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
    socket.on('error', () => {});
    socket.on('close', () => resolve());
  });
}
