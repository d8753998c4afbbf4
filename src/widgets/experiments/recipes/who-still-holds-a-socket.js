export default async ({ address, log, next }) => {
  const own = new WebSocket(address('/echo'));
  await next(own, 'open');
  const held = new Map();
  // Without a token, the tap reports all connections to this server.
  const tap = new WebSocket(new URL('/tap', address('/echo')));
  tap.onmessage = ({ data }) => {
    const { type, connection, path, remote } = JSON.parse(data);
    if (type === 'open') held.set(connection, `${path} from ${remote}`);
    if (type === 'close') held.delete(connection);
  };
  await next(tap, 'open');
  await new Promise((done) => setTimeout(done, 500));
  log(`open right now: ${held.size}`);
  for (const [connection, where] of held) log(`connection ${connection}: ${where}`);
  tap.close();
  own.close();
};
