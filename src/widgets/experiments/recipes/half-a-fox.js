export default async ({ address, log, next }) => {
  const socket = new WebSocket(address('/echo'));
  await next(socket, 'open');
  // A fox is two 16-bit units in JavaScript. This sends the first one alone.
  socket.send('🦊'[0]);
  const { data } = await next(socket, 'message');
  log(`sent ${'🦊'.charCodeAt(0).toString(16)}, received ${data.charCodeAt(0).toString(16)}`);
  socket.close();
};
