export default async ({ address, log, next }) => {
  for (const code of [1000, 1001, 1006, 2999, 3000, 4999, 5000]) {
    const socket = new WebSocket(address('/echo'));
    await next(socket, 'open');
    try {
      socket.close(code);
      log(`close(${code}): sent`);
    } catch ({ name }) {
      log(`close(${code}): ${name}`);
      socket.close();
    }
  }
};
