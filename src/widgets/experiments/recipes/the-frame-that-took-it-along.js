export default async ({ address, log, next }) => {
  const frame = document.createElement('iframe');
  document.body.append(frame);
  const socket = new frame.contentWindow.WebSocket(address('/echo'));
  let told = 'nothing';
  socket.onclose = () => (told = 'onclose');
  await next(socket, 'open');
  const tap = new WebSocket(address('/tap'));
  const endings = [];
  tap.onmessage = ({ data }) => endings.push(JSON.parse(data));
  await next(tap, 'open');
  frame.remove();
  const isClose = ({ type }) => type === 'close';
  while (!endings.some(isClose)) await next(tap, 'message');
  const close = endings.find(isClose);
  log(`the script was told: ${told}; the server was told: ${close?.closeCode}`);
  tap.close();
};
