import { type ReadForm, refused } from './pasted.ts';

const NAME = 'This is the name of an object, not its bytes:';

/** What languages print for bytes if nobody asks for the bytes, and what to print instead. */
const OBJECTS: readonly (readonly [RegExp, string])[] = [
  [
    /^\[[BCI]@[0-9a-f]{1,8}$/,
    `${NAME} Java printed an array. Print Arrays.toString(bytes) or HexFormat.of().formatHex(bytes).`,
  ],
  [
    /^java\.nio\.\w*ByteBuffer\w*\[pos=/,
    `${NAME} a ByteBuffer of Java. Copy its bytes into an array and print HexFormat.of().formatHex(bytes).`,
  ],
  [
    /^(?:\w+\()?\w*(?:Pooled|Unpooled|Composite|Sliced|Duplicated)\w*ByteBuf\(/,
    `${NAME} a ByteBuf of Netty. Print ByteBufUtil.hexDump(buffer).`,
  ],
  [
    /^\w*WebSocketFrame\(data: /,
    `${NAME} a frame of Netty. Add a LoggingHandler to the pipeline, which prints the bytes.`,
  ],
  [/^<memory at 0x[0-9a-f]+>$/i, `${NAME} a memoryview of Python. Print bytes(view).hex().`],
  [
    /^\[object (?:ArrayBuffer|Uint8Array|Blob|DataView|Object|MessageEvent)\]$/,
    `${NAME} JavaScript made a text of it. Print new Uint8Array(data).`,
  ],
  [/^(?:Blob|File) ?(?:\(\d+\) ?)?\{/, `${NAME} a Blob. Print new Uint8Array(await blob.arrayBuffer()).`],
  [/^(?:ArrayBuffer|DataView)\(\d+\)(?: ?\{\s?\})?$/, `${NAME} an ArrayBuffer. Print new Uint8Array(buffer).`],
  [
    /^System\.(?:Byte\[\]|ReadOnlyMemory<Byte>\[\d+\]|ArraySegment)/,
    `${NAME} .NET printed a type. Print Convert.ToHexString(bytes) or BitConverter.ToString(bytes).`,
  ],
  [
    /^\d+ bytes$/,
    'This is the number of bytes of a Data, as Swift prints it, and not the bytes. Print data.map { String(format: "%02x", $0) }.joined().',
  ],
  [/^#<(?:ArrayBuffer|Uint8Array|StringIO|IO::Buffer)[ :>]/, `${NAME} print its bytes as hex.`],
  [/^<_io\.BytesIO object at /, `${NAME} a BytesIO of Python. Print it.getvalue().hex().`],
  [/^\[text=/, 'This is a text as okio prints it, and not the bytes of a frame. Print hex() of the bytes.'],
  [
    /^(?:Text|Binary|Ping|Pong)Message payload=/,
    'This is a message as Spring logs it, without its frame. Record with Wireshark, or open the program’s traffic through: framelight proxy URL',
  ],
  [
    /^Connected \(press CTRL\+C to quit\)/,
    'This is what wscat prints: messages, and no frames. Let wscat connect through: framelight proxy URL',
  ],
  [
    /^\[(?:INFO|DEBUG|WARN)\s+websocat::|^websocat: /,
    'This is the log of websocat, which has no bytes of frames. Let websocat connect through: framelight proxy URL',
  ],
  [
    /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d \[(?:debug|info|notice|warn|error)\] \d+#\d+: /,
    'This is the log of nginx, which does not have the bytes of WebSocket frames. Record them with tcpdump, or put in front of nginx: framelight proxy URL',
  ],
  [
    /^(?:\S+ +)?(?:haproxy\[\d+\]: |<\d+>.*haproxy)|^\[\d\d\|\w+\|\d\|\w+\.c:\d+\]/,
    'This is the log or a trace of HAProxy, which does not have the bytes of frames. Record them with tcpdump, or use: framelight proxy URL',
  ],
  [
    /^--> (?:GET|POST|CONNECT) \S+|^<-- 101 /,
    'This is what OkHttp’s HttpLoggingInterceptor prints: it ends with the handshake. Record with Wireshark, or use: framelight proxy URL',
  ],
  [
    /^(?:\[WebSocket|\[#?\d+\] WebSocket|.* \[WebSocket'? ?#?\d+\]|.*\bUpgrade to WebSocket succeeded)/,
    'This is a log of Fiddler: it has messages, and not the bytes of frames. Save the hex view of each message, or record with Wireshark.',
  ],
  [
    /^(?:CONNECTED\(\w+\)\s+)?(?:(?:>>>|<<<) (?:TLS|SSL)|(?:Sent|Received) (?:TLS )?Record\s)/,
    'This is the output of "openssl s_client -msg" or -trace: it has records of TLS, and the frames in them are encrypted. Read what s_client prints itself: run it with -quiet and pipe it into xxd.',
  ],
  [
    /^0000000 (?: *(?:nul|soh|stx|etx|eot|enq|ack|bel|bs|ht|nl|vt|ff|cr|so|si|dle|dc[1-4]|nak|syn|etb|can|em|sub|esc|fs|gs|rs|us|sp|del|[!-~])(?: |$)){2,}/,
    'This looks like the output of "od -a", which leaves out the highest bit of each byte. Use "od -A x -t x1" or "xxd" instead.',
  ],
  [
    /^\d{7}(?: +\d{5}){1,8}(?:\n|$)/,
    'This looks like the output of "hexdump -d" or "od -t u2". Each number is two bytes, which most machines swap. Use "hexdump -C" or "xxd" instead.',
  ],
  [
    /^[0-7]{7} [0-9a-f]{8}(?: [0-9a-f]{8}){1,3}(?:\n|$)|^[0-7]{7} [0-9a-f]{16}(?: [0-9a-f]{16})?(?:\n|$)/,
    'This looks like the output of "od -t x4" or "od -t x8". Each number is several bytes, which most machines turn around. Use "od -A x -t x1" or "xxd" instead.',
  ],
  [/^(?:[A-Z2-7]{8}){2,}[A-Z2-7=]*=$/, 'This looks like base32. Decode it first: base32 -d FILE | xxd'],
];

/** Refuses the names of objects and the logs of programs that are easily taken for bytes, and says what to print instead. */
export const refuseObjects: ReadForm = (text) => {
  const opening = text.slice(0, MAX_OPENING).trimStart();
  const [line = ''] = opening.split(/\r?\n/, 1);
  const shown = opening.trimEnd();
  const [, sentence] = OBJECTS.find(([pattern]) => pattern.test(shown) || pattern.test(line)) ?? [];
  const start = text.search(/\S/);
  return sentence === undefined ? undefined : refused(sentence, start, start + Math.max(1, line.length));
};

/** In characters. */
const MAX_OPENING = 2000;
