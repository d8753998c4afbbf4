/** What to know about a server's results in addition to the numbers, in a few sentences. */
export const WORDS: Readonly<Record<string, readonly string[]>> = {
  framelight: [
    'This is the companion of this site. Its own tests require the strict answer in every case, and the suite was written together with it, so this row says little.',
  ],
  ws: [
    'Frames, fragments, text and closing have no failures. All failures are about HTTP in the opening handshake: a 405 answer has no Allow header and a 426 answer no Upgrade header, and connections open for HTTP/1.0 and without exactly one valid Host header, which Node’s HTTP server does not check.',
    'Compression is off by default. Then ws does not read offers of extensions, so malformed ones pass. It reads the version as a number, so 013 passes for 13.',
    'Messages of more than 16,384 fragments are rejected with 1008. That is a setting, and allowed.',
  ],
  'python3-websockets': [
    'Debian 12 has an older version. Frames have no failures. An unsupported version is refused with 400, but without the header that names the supported version.',
    'If the server has no subprotocols, it does not read the offered ones, so malformed offers pass. It does not check the Host header.',
    'Messages of more than 1 MiB are rejected with 1009. That is the default limit, and allowed.',
    'The library itself answers close frames and pings, while messages wait for the program. So a close frame or a pong can come before the echo of an earlier message. That is allowed, too.',
  ],
  'python3-aiohttp': [
    'Debian 12 has an older version. It accepts unmasked frames from clients, although the RFC says that a server must close the connection.',
    'A HEAD request opens a connection, because a route for GET accepts HEAD by default.',
    'White space after the value of a header becomes part of the value, and only the first of two Connection headers is read. Versions 7 and 8, drafts with the same frames, are accepted, which is allowed.',
    'Messages of 4 MiB and more are rejected with 1009. That is the default limit, and allowed.',
  ],
  'python3-tornado': [
    'It accepts unmasked frames from clients, echoes close codes that must not be sent, and takes a frame with a reserved opcode and FIN 0 for the start of a message.',
    'If a rule is broken, it usually ends TCP without a close frame. The RFC says that a server SHOULD send one, so these cases are allowed, not passed.',
    'Messages of more than 10 MiB are rejected. That is the default limit, and allowed.',
  ],
  netty: [
    'Debian 12 has an older version. Frames and fragments have no failures.',
    'Its handler sends a close frame with 1000 and the reason “Bye” whenever the connection ends. So text that is not UTF-8, and a close frame with a wrong code, are answered with 1000 instead of 1007 or 1002. After any other broken rule the right code comes first, and then the same second close frame, which no client reads.',
    'In the opening handshake it leaves much to the program: the Host header, the Upgrade header and the offered extensions and subprotocols are not checked, and a 426 answer has no Upgrade header. A request to another path gets no answer from this program.',
  ],
  libwebsockets: [
    'By default libwebsockets does not check text for valid UTF-8. That is an option of its context, and causes most of the failures. The next results are from the same program with the option on.',
    'It answers most malformed requests by ending TCP. RFC 6455 §10.7 permits that, but says that a server SHOULD answer with an HTTP error. Unknown subprotocols end the connection as well: the library is made for servers with subprotocols of their own.',
    'If several pings arrive in one read, it answers only the first. RFC 6455 §5.5.3 permits a server to skip pings, but not the latest. If frames arrive together with the request, it may close with 1002, which is allowed.',
    'After a protocol error it keeps TCP open for five seconds. RFC 6455 §7.1.1 says that a server SHOULD end TCP immediately.',
  ],
  'libwebsockets-utf8': [
    'The same program with LWS_SERVER_OPTION_VALIDATE_UTF8. Two faults with text remain: a text that ends inside a character passes if its last fragment is empty, and so does a close reason that ends inside a character.',
    'How many of ten pings it answers depends on how they arrive.',
  ],
};
