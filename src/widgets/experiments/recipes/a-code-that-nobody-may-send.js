export default async ({ address, log, next }) => {
  const socket = new WebSocket(address('/lab/act'));
  await next(socket, 'open');
  // The companion sends a close frame with 999, which is below every code that exists.
  socket.send('close-999');
  const { code, wasClean } = await next(socket, 'close');
  log(`onclose: code ${code}, wasClean ${wasClean}`);
};
