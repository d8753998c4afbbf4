export default async ({ address, log, next }) => {
  const socket = new WebSocket(address('/echo'));
  await next(socket, 'open');
  for (const count of [31, 30]) {
    const reason = '🦊'.repeat(count);
    try {
      socket.close(1000, reason);
      const event = await next(socket, 'close');
      log(`${count} foxes, ${count * 4} bytes: sent, and ${[...event.reason].length} came back`);
    } catch ({ name }) {
      log(`${count} foxes, ${count * 4} bytes: ${name}`);
    }
  }
};
