export default async ({ address, log, next }) => {
  const socket = new WebSocket(address('/lab/act'));
  await next(socket, 'open');
  const events = [];
  for (const name of ['message', 'error', 'close']) socket.addEventListener(name, () => events.push(name));
  for (let i = 0; i < 5; i++) socket.send('ping');
  await new Promise((done) => setTimeout(done, 1000));
  log(`5 pings arrived, and the page was told: ${events.join(', ') || 'nothing'}`);
  socket.close();
};
