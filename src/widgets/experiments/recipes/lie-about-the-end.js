export default async ({ address, log, next }) => {
  const socket = new WebSocket(address('/lab/act'));
  socket.onerror = () => log('onerror: it does not say why');
  await next(socket, 'open');
  // An order for the companion: send me a masked frame, which no server may send.
  socket.send('masked-frame');
  const { code, reason, wasClean } = await next(socket, 'close');
  log(`onclose: code ${code}, reason "${reason}", wasClean ${wasClean}`);
};
