export default async ({ address, log, next }) => {
  for (const names of [['chat', 'chat'], ['two words'], ['klingon']]) {
    try {
      const socket = new WebSocket(address('/echo'), names);
      const { type } = await Promise.race([next(socket, 'open'), next(socket, 'error')]);
      log(`${JSON.stringify(names)}: ${type}`);
      socket.close();
    } catch ({ name }) {
      log(`${JSON.stringify(names)}: ${name}`);
    }
  }
};
