// In a file apart from the acts, so that the server need not load these sentences to carry out an act.

/** The description of an act. */
export interface ActWords {
  readonly title: string;
  /** Section of RFC 6455. */
  readonly section: string;
  /** One sentence about what the server does. */
  readonly does: string;
  /** The name of the rule that it breaks; undefined if it breaks none. */
  readonly rule?: string | undefined;
}

/** @param rule undefined if the act breaks none */
export const words = (section: string, title: string, does: string, rule?: string): ActWords => ({
  title,
  section,
  does,
  rule,
});

/** The words for every act that has its own name, in the order of the RFC. */
export const ACT_WORDS: Readonly<Record<string, ActWords>> = {
  'wrong-accept': words('4.1', 'A wrong accept', 'Answers 101 with the accept for another key.', 'wrong-accept'),
  'no-accept': words('4.1', 'No accept', 'Answers 101 without Sec-WebSocket-Accept.', 'missing-accept'),
  'status-200': words(
    '4.1',
    'Status 200',
    'Answers 200 instead of 101. The rest of the answer is right.',
    'status-not-101',
  ),
  'no-upgrade': words('4.1', 'No Upgrade header', 'Answers 101 without an Upgrade header.', 'response-without-upgrade'),
  'unoffered-subprotocol': words(
    '4.1',
    'A subprotocol that was not offered',
    'Answers 101 and chooses the subprotocol "surprise".',
    'subprotocol-not-offered',
  ),
  'unoffered-extension': words(
    '4.1',
    'An extension that was not offered',
    'Answers 101 and accepts the extension "x-surprise".',
    'extension-not-offered',
  ),

  'masked-frame': words(
    '5.1',
    'A masked frame',
    'Sends the text Hello masked, as a client would.',
    'masked-server-frame',
  ),
  rsv1: words(
    '5.2',
    'RSV1 set',
    'Sends the text Hello with RSV1 set, although no extension gives that bit a meaning.',
    'rsv1-set',
  ),
  rsv2: words(
    '5.2',
    'RSV2 set',
    'Sends the text Hello with RSV2 set, although no extension gives that bit a meaning.',
    'rsv2-set',
  ),
  rsv3: words(
    '5.2',
    'RSV3 set',
    'Sends the text Hello with RSV3 set, although no extension gives that bit a meaning.',
    'rsv3-set',
  ),
  'opcode-3': words('5.2', 'Opcode 3', 'Sends a data frame with opcode 3, which is reserved.', 'reserved-data-opcode'),
  'opcode-b': words(
    '5.2',
    'Opcode B',
    'Sends a control frame with opcode B, which is reserved.',
    'reserved-control-opcode',
  ),
  'length-16-for-5': words(
    '5.2',
    '16 bits for a length of 5',
    'Sends the text Hello with its length in the 16-bit form, although 7 bits are enough.',
    'length-not-minimal-7',
  ),
  'length-64-for-126': words(
    '5.2',
    '64 bits for a length of 126',
    'Sends a text of 126 bytes with its length in the 64-bit form, although 16 bits are enough.',
    'length-not-minimal-16',
  ),
  'length-top-bit': words(
    '5.2',
    'The top bit of a length set',
    'Sends the header of a frame whose 64-bit length has its most significant bit set.',
    'length-top-bit-set',
  ),
  'ping-of-126': words(
    '5.5',
    'A ping of 126 bytes',
    'Sends a ping with a payload of 126 bytes. A control frame may have at most 125.',
    'control-frame-too-long',
  ),
  'fragmented-ping': words(
    '5.5',
    'A ping in fragments',
    'Sends a ping without FIN, as if another fragment followed.',
    'fragmented-control-frame',
  ),

  'lone-continuation': words(
    '5.4',
    'A continuation of nothing',
    'Sends a continuation frame, although no message has begun.',
    'continuation-without-message',
  ),
  'interleaved-messages': words(
    '5.4',
    'A message inside a message',
    'Sends the first fragment of a text message, then another text message before the first has ended.',
    'message-inside-message',
  ),
  'text-not-utf8': words(
    '8.1',
    'Text that is not UTF-8',
    'Sends a text message with a byte that never occurs in UTF-8.',
    'text-not-utf8',
  ),
  'text-cut-inside-character': words(
    '8.1',
    'Text cut inside a character',
    'Sends a text message that ends after two of the three bytes of a euro sign.',
    'text-cut-inside-character',
  ),
  'data-after-close': words(
    '5.5.1',
    'A message after the close',
    'Sends a close frame with code 1000, then a text message.',
    'data-frame-after-close',
  ),
  'character-across-fragments': words(
    '5.4',
    'A character across two fragments',
    'Sends a euro sign in two fragments: its first byte, then its other two.',
  ),
  'ping-between-fragments': words(
    '5.4',
    'A ping between two fragments',
    'Sends a text message in two fragments, with a ping between them.',
  ),

  'close-body-of-one-byte': words(
    '5.5.1',
    'A close body of one byte',
    'Sends a close frame whose body is half a status code.',
    'close-body-of-one-byte',
  ),
  'close-reason-not-utf8': words(
    '5.5.1',
    'A close reason that is not UTF-8',
    'Sends a close frame with code 1000 and a reason with a byte that never occurs in UTF-8.',
    'close-reason-not-utf8',
  ),
  'close-without-code': words('5.5.1', 'Close without a code', 'Sends a close frame with an empty body.'),

  ping: words('5.5.2', 'A ping', 'Sends a ping, which the client must answer with a pong.'),
  'unsolicited-pong': words(
    '5.5.3',
    'A pong that nobody asked for',
    'Sends a pong, although the client has sent no ping.',
  ),
  'drop-tcp': words('7.1.5', 'TCP ends without a close frame', 'Ends TCP without sending a close frame.'),
  'silent-close': words(
    '5.5.1',
    'A close without an answer',
    'Does not answer the client’s close frame, and does not end TCP.',
  ),
};
