export default async ({ address, log, next }) => {
  const socket = new WebSocket(address('/echo'));
  let heard = 0;
  socket.onmessage = () => heard++;
  await next(socket, 'open');
  for (const word of ['one', 'two', 'three']) socket.send(word);
  socket.close(1000);
  const { code } = await next(socket, 'close');
  log(`3 messages sent, ${heard} came back, and onclose says ${code}`);
};
