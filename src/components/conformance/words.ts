/** What is to be known of a server's results beside their numbers, in a few sentences each. */
export const WORDS: Readonly<Record<string, readonly string[]>> = {
  framelight: [
    'The companion of this site. Its own tests hold it to the strict answer in every case, so its row says little: the suite was written beside it.',
  ],
  ws: [
    'Frames, fragments, texts and closing: nothing falls short. What does is HTTP around the opening handshake. Its 405 has no Allow and its 426 no Upgrade; it opens connections for HTTP/1.0 and without a single Host, which Node’s HTTP server lets through to it.',
    'Offers of extensions are not read while compression is off, which it is unless told otherwise: so malformed ones pass. The version is read as a number, and 013 is 13.',
    'Messages of more than 16,384 fragments are declined with 1008. That is a setting, and counts as allowed.',
  ],
  'python3-websockets': [
    'Debian 12 has an older version than the current one. Frames: nothing falls short. An unsupported version is refused with 400, but without the header that says which version would do.',
    'Subprotocols are not read where the server has none of its own: so malformed offers pass. The Host header is not looked at.',
    'Messages of more than 1 MiB are declined with 1009. That is its default for the largest message, and counts as allowed.',
    'A close frame may overtake the echo of the message before it, and a pong overtake a message: the library answers both by itself, while messages wait for the program. That is allowed, too.',
  ],
  'python3-aiohttp': [
    'Debian 12 has an older version than the current one. It takes unmasked frames from clients, where the RFC has the server close the connection.',
    'Requests of HEAD are opened because a route for GET takes HEAD as well: that is how routes are added here, and could be turned off.',
    'White space behind the values of headers is taken for a part of them, and of two Connection headers only the first is read. It speaks versions 7 and 8 too, drafts whose frames look the same: opening for version 8 counts as allowed.',
    'Messages of 4 MiB and more are declined with 1009. That is its default for the largest message, and counts as allowed.',
  ],
  'python3-tornado': [
    'It takes unmasked frames from clients, sends back close codes that must not be sent, and takes a frame with a reserved opcode and without FIN for the beginning of a message. Version 7, a draft, is opened.',
    'Most cases that break a rule are allowed, not passed: it ends TCP without a close frame. The RFC says that a server should send one; that it need not is why this is no failure.',
    'Messages of more than 10 MiB are declined. That is its default for the largest message.',
  ],
  libwebsockets: [
    'By default libwebsockets does not check that texts are UTF-8: that is an option of its context, and most of what falls short comes from there. The next results are of the same program with the option on.',
    'A malformed request is mostly answered with the end of TCP, where the RFC asks for an HTTP error. Subprotocols that the server does not have end the connection as well: it is made for servers that have their own.',
    'Of several pings that come in one read only the first is answered, where at least the last has to be. A request that comes in pieces, with a frame behind it in its last piece, can be followed by a close 1002 for which there is no reason: it depends on how the pieces arrive, so a run may have it or not.',
    'After a protocol error it holds TCP for five seconds before it ends it. No rule says how soon that has to be.',
  ],
  'libwebsockets-utf8': [
    'The same as before, with LWS_SERVER_OPTION_VALIDATE_UTF8. What is left of texts: one that an empty last fragment ends inside a character, and a close reason that ends so, both pass.',
    'How many of ten pings are answered depends on how they arrive.',
  ],
};
