// Node's own WebSocket (undici) as a client that echoes: node scripts/clients/node.ts ws://127.0.0.1:9001 AGENT
const [server = '', agent = 'node'] = process.argv.slice(2);
const query = `?agent=${encodeURIComponent(agent)}`;
const { cases } = (await (await fetch(`${server.replace('ws', 'http')}/cases.json`)).json()) as {
  cases: { path: string }[];
};
/** Node waits for the server to end TCP, without a limit of its own: the server of the suite does. */
for (const { path } of cases) {
  await new Promise<void>((resolve) => {
    const socket = new WebSocket(`${server}${path}${query}`);
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('open', () => path.endsWith('client-closes') && socket.close());
    socket.addEventListener('message', ({ data }) => socket.send(data));
    socket.addEventListener('close', () => resolve());
  });
}
