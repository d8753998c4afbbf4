const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const MAX_HEAD = 16 * 1024;

function createServer() {
  let buffer = new Uint8Array(0);
  let isOpen = false;
  let message; // Its opcode and the payloads of its fragments, until the last one has come.

  function receive(bytes) {
    buffer = concat(buffer, bytes);
    const out = [];
    const answer = (end) => ({ send: concat(...out), end });
    if (!isOpen) {
      const end = endOfHead(buffer);
      if (end === undefined && buffer.length <= MAX_HEAD) return answer(false);
      const head = String.fromCharCode(...buffer.subarray(0, Math.min(end ?? 0, MAX_HEAD)));
      const status = end === undefined || end > MAX_HEAD ? '431 Head Too Large' : refusalOf(head);
      if (status !== undefined) {
        out.push(latin1(`HTTP/1.1 ${status}\r\n${REFUSAL_HEADERS}`));
        return answer(true);
      }
      const key = valuesOf(head, 'sec-websocket-key')[0];
      out.push(latin1(`HTTP/1.1 101 Switching Protocols\r\n${OPENING_HEADERS}${accept(key)}\r\n\r\n`));
      isOpen = true;
      buffer = buffer.slice(end);
    }
    for (;;) {
      const header = decodeHeader(buffer);
      if (header === undefined) return answer(false);
      // Check the header before its payload is there: a wrong one may announce bytes that never come.
      let code = faultOf(header, message !== undefined);
      const end = header.headerLength + header.length;
      if (code === undefined && buffer.length < end) return answer(false);
      if (code === undefined) {
        const payload = unmask(buffer.slice(header.headerLength, end), header.key);
        buffer = buffer.slice(end);
        code = take(header, payload, out);
      }
      if (code !== undefined) {
        out.push(closeFrame(code));
        return answer(true);
      }
    }
  }

  /** Answers one frame. Returns the code to close with, or undefined to go on. */
  function take({ fin, opcode }, payload, out) {
    if (opcode === 8) return codeOfClose(payload);
    if (opcode === 9) out.push(frame(10, payload));
    if (opcode > 7) return undefined;
    message ??= { opcode, parts: [] };
    message.parts.push(payload);
    if (!fin) return undefined;
    const whole = concat(...message.parts);
    if (message.opcode === 1 && !isUtf8(whole)) return 1007;
    out.push(frame(message.opcode, whole));
    message = undefined;
    return undefined;
  }

  return { receive };
}

/** The close code for a header that breaks a rule. */
function faultOf({ fin, rsv, opcode, masked, length, headerLength }, inMessage) {
  if (rsv !== 0 || !masked) return 1002;
  if (opcode > 10 || (opcode > 2 && opcode < 8)) return 1002;
  if (opcode > 7 && (!fin || length > 125)) return 1002;
  if (opcode === 0 && !inMessage) return 1002;
  if ((opcode === 1 || opcode === 2) && inMessage) return 1002;
  // With the key, the header has 6, 8 or 14 bytes: the shortest form is required.
  if (headerLength !== (length < 126 ? 6 : length < 65536 ? 8 : 14)) return 1002;
  if (length >= 2 ** 63) return 1002;
  return length > 1024 * 1024 ? 1009 : undefined;
}

/** The code with which a close frame is answered. RFC 6455 §7.4. */
function codeOfClose(payload) {
  if (payload.length === 0) return 1005;
  if (payload.length === 1) return 1002;
  const code = payload[0] * 256 + payload[1];
  const isDefined = code >= 1000 && code <= 1014 && ![1004, 1005, 1006].includes(code);
  if (!isDefined && (code < 3000 || code > 4999)) return 1002;
  return isUtf8(payload.subarray(2)) ? code : 1007;
}

function closeFrame(code) {
  return frame(8, code === 1005 ? new Uint8Array(0) : Uint8Array.of(code >> 8, code & 0xff));
}

/** A frame from a server: never masked, and in the shortest form. */
function frame(opcode, payload) {
  const n = payload.length;
  const length = n < 126 ? [n] : n < 65536 ? [126, n >> 8, n & 0xff] : [127, 0, 0, 0, 0, n >>> 24, n >> 16, n >> 8, n];
  return concat(Uint8Array.of(0x80 | opcode, ...length), payload);
}

function isUtf8(bytes) {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

const OPENING_HEADERS = 'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ';
const REFUSAL_HEADERS =
  'Allow: GET\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nConnection: Upgrade, close\r\nContent-Length: 0\r\n\r\n';

function latin1(text) {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** Where the head ends: after its empty line. */
function endOfHead(bytes) {
  for (let i = 3; i < bytes.length; i++) {
    if (bytes[i] === 10 && bytes[i - 1] === 13 && bytes[i - 2] === 10 && bytes[i - 3] === 13) return i + 1;
  }
  return undefined;
}

/** The values of a header, whatever the case of its name. */
function valuesOf(head, name) {
  const lines = head.split('\r\n').slice(1, -2);
  const own = lines.filter((line) => line.slice(0, line.indexOf(':')).toLowerCase() === name);
  return own.map((line) => line.slice(line.indexOf(':') + 1).trim());
}

/** The elements of a header that is a list, in lower case. */
function listOf(head, name) {
  const elements = valuesOf(head, name).join(',').split(',');
  return elements.map((element) => element.trim().toLowerCase()).filter((element) => element !== '');
}

/** The HTTP status with which the request is refused; undefined if the connection can open. RFC 6455 §4.2.1. */
function refusalOf(head) {
  const [request, ...lines] = head.split('\r\n').slice(0, -2);
  const [, method, target, version] = /^(\S+) (\S+) HTTP\/(\d\.\d)$/.exec(request) ?? [];
  if (method === undefined || Number(version) < 1.1 || target.includes('#')) return '400 Bad Request';
  if (method !== 'GET') return '405 Method Not Allowed';
  const isHeader = (line) =>
    TOKEN.test(line.slice(0, Math.max(0, line.indexOf(':')))) && /^[\t -~\x80-\xff]*$/.test(line);
  if (!lines.every(isHeader)) return '400 Bad Request';
  const hosts = valuesOf(head, 'host');
  if (hosts.length !== 1 || !/^(\[[\da-f:.]+\]|[\w.~%!$&'()*+,;=-]+)(:\d*)?$/i.test(hosts[0])) return '400 Bad Request';
  if (valuesOf(head, 'upgrade').length === 0) return '426 Upgrade Required';
  if (!listOf(head, 'upgrade').includes('websocket')) return '400 Bad Request';
  if (!listOf(head, 'connection').includes('upgrade')) return '400 Bad Request';
  const versions = valuesOf(head, 'sec-websocket-version');
  if (versions.length !== 1 || versions[0] !== '13') return '426 Upgrade Required';
  const keys = valuesOf(head, 'sec-websocket-key');
  if (keys.length !== 1 || !/^[A-Za-z0-9+/]{21}[AQgw]==$/.test(keys[0])) return '400 Bad Request';
  const protocols = listOf(head, 'sec-websocket-protocol');
  if (!protocols.every((name) => TOKEN.test(name))) return '400 Bad Request';
  const parameter = /^[\w!#$%&'*+.^`|~-]+(=([\w!#$%&'*+.^`|~-]+|"[^"]*"))?$/;
  const isExtension = (text) => text.split(';').every((part) => parameter.test(part.trim()));
  if (!listOf(head, 'sec-websocket-extensions').every(isExtension)) return '400 Bad Request';
  return undefined;
}
