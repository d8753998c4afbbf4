export default async ({ address, log, next }) => {
  const socket = new WebSocket(address('/lab/act'));
  const tap = new WebSocket(address('/tap'));
  await Promise.all([next(socket, 'open'), next(tap, 'open')]);
  const frames = [];
  tap.onmessage = ({ data }) => frames.push(JSON.parse(data));
  socket.send('ping');
  const until = performance.now() + 2000;
  while (performance.now() < until);
  await new Promise((done) => setTimeout(done, 300));
  const timeOf = (opcode) => frames.findLast((frame) => frame.opcode === opcode)?.timeMs;
  log(`frozen for 2,000 ms; the pong came within ${timeOf(10) - timeOf(9) < 500 ? '500 ms' : 'more than 500 ms'}`);
  tap.close();
  socket.close();
};
