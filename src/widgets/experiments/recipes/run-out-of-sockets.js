export default async ({ address, log }) => {
  const plain = new URL('/echo', address('/echo'));
  const sockets = Array.from({ length: 300 }, () => new WebSocket(plain));
  let failed = 0;
  for (const socket of sockets) socket.onerror = () => failed++;
  await new Promise((done) => setTimeout(done, 4000));
  const open = sockets.filter(({ readyState }) => readyState === WebSocket.OPEN).length;
  log(`300 asked for: ${open} open, ${failed} failed, ${300 - open - failed} still waiting`);
  for (const socket of sockets) socket.close();
};
