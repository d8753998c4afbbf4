export default async ({ address, log, next }) => {
  const socket = new WebSocket(address('/echo'));
  await next(socket, 'open');
  socket.close();
  await next(socket, 'close');
  for (let i = 0; i < 3; i++) socket.send('Hello?');
  log(`no exception, and bufferedAmount is ${socket.bufferedAmount}`);
};
