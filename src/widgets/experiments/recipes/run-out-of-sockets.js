export default async ({ address, log, next }) => {
  const plain = new URL('/echo', address('/echo'));
  const sockets = Array.from({ length: 300 }, () => new WebSocket(plain));
  let [open, failed] = [0, 0];
  for (const socket of sockets) {
    socket.onopen = () => open++;
    socket.onerror = () => failed++;
  }
  const settled = sockets.map((socket) => Promise.race([next(socket, 'open'), next(socket, 'error')]));
  await Promise.race([Promise.all(settled), new Promise((done) => setTimeout(done, 12_000))]);
  log(`300 asked for: ${open} open, ${failed} failed, ${300 - open - failed} still waiting`);
  for (const socket of sockets) socket.close();
};
