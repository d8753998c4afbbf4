export default async ({ address, log, next }) => {
  const socket = new WebSocket(address('/echo'));
  await next(socket, 'open');
  for (const count of [31, 30]) {
    try {
      socket.close(1000, '🦊'.repeat(count));
      await next(socket, 'close');
      log(`${count} foxes, ${count * 4} bytes: sent`);
    } catch ({ name }) {
      log(`${count} foxes, ${count * 4} bytes: ${name}`);
    }
  }
};
