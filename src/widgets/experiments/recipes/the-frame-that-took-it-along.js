export default async ({ address, log, next }) => {
  const frame = document.createElement('iframe');
  document.body.append(frame);
  // With a token of its own, the tap shows this connection and no other.
  const token = `?watch=${crypto.randomUUID()}`;
  const tap = new WebSocket(new URL(token, address('/tap')));
  const socket = new frame.contentWindow.WebSocket(new URL(token, address('/echo')));
  let told = 'nothing';
  socket.onclose = () => (told = 'onclose');
  const heard = [];
  tap.onmessage = ({ data }) => heard.push(JSON.parse(data));
  await Promise.all([next(socket, 'open'), next(tap, 'open')]);
  frame.remove();
  const isClose = ({ type }) => type === 'close';
  while (!heard.some(isClose)) await next(tap, 'message');
  log(`the script was told: ${told}; the server was told: ${heard.find(isClose).closeCode}`);
  tap.close();
};
