export default async ({ address, log, next }) => {
  const socket = new WebSocket(address('/echo'));
  for (const name of ['open', 'error']) socket.addEventListener(name, () => log(`on${name}`));
  socket.close(1000, 'never mind');
  const { code, reason } = await next(socket, 'close');
  log(`onclose: code ${code}, reason "${reason}"`);
};
