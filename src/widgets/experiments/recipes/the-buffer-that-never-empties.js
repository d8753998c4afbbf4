export default async ({ address, log, next }) => {
  const socket = new WebSocket(address('/echo'));
  await next(socket, 'open');
  socket.send(new Uint8Array(1_000_000));
  log(`right after send(): ${socket.bufferedAmount}`);
  const until = performance.now() + 300;
  while (performance.now() < until);
  log(`after 300 ms in the same task: ${socket.bufferedAmount}`);
  await next(socket, 'message');
  log(`when the echo is here: ${socket.bufferedAmount}`);
  socket.close();
};
