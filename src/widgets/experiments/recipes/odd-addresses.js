export default async ({ address, log }) => {
  const { host } = new URL(address('/echo'));
  for (const odd of ['/echo', `http://${host}/echo`, `ws://${host}/echo#part`, `ftp://${host}/echo`, 'ws://']) {
    try {
      const socket = new WebSocket(odd);
      log(`${odd}: becomes ${socket.url}`);
      socket.close();
    } catch ({ name }) {
      log(`${odd}: ${name}`);
    }
  }
};
