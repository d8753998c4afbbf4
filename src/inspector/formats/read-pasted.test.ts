import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { hexOf } from '../../../tests/bytes.ts';
import { readPasted } from './read-pasted.ts';

/** The form and the bytes of each part; or the sentence that refuses, with the place. */
function read(text: string): string {
  const result = readPasted(text);
  if ('problem' in result) return `${result.problem.start}: ${result.problem.sentence}`;
  const parts = result.parts.map(({ bytes, side, sender }) =>
    [sender ?? side, hexOf(bytes)].filter((word) => word !== undefined).join(' '),
  );
  return `${result.form} | ${parts.join(' / ')}`;
}

const HELLO = '810548656c6c6f';
const MASKED = '818537fa213d7f9f4d5158';

describe('numbers and strings of programs', () => {
  test.each([
    ['plain hex', '81 05 48 65 6C 6c 6f', `hex | ${HELLO}`],
    ['hex in groups of four', '8105 4865 6c6c 6f', `hex | ${HELLO}`],
    ['a byte order mark before it', '\ufeff81 05 48 65 6c 6c 6f', `hex | ${HELLO}`],
    ['bits', '10000001 00000101 01001000', 'bits | 810548'],
    ['bits with 0b and commas', '0b10000001, 0b101', 'bits | 8105'],
    ['bits in one row', '1000000100000101', 'bits | 8105'],
    ['bits in groups of four', '1000 0001 0000 0101', 'bits | 8105'],
    ['decimals', '129 5 72 101', 'decimal bytes | 81054865'],
    ['decimals, by a word', 'decimal: 10 5 72', 'decimal bytes | 0a0548'],
    ['an array', 'new Uint8Array([129, 5, 72])', 'decimal bytes | 810548'],
    ['an array with its length', 'Uint8Array(3) [129, 5, 72]', 'decimal bytes | 810548'],
    ['an array of Go', 'data := []byte{0x81, 0x05, 72}', 'hex bytes in brackets | 810548'],
    [
      'an array of C with comments',
      '/* Packet 12 */\nstatic const unsigned char pkt12[3] = {\n0x81, 0x05, /* ..*/\n0x48 };',
      'hex bytes in brackets | 810548',
    ],
    [
      'two arrays of C',
      'char a[1] = {0x81};\nchar b[2] = {0x05, 0x48};',
      '2 arrays of hex bytes in brackets | 81 / 0548',
    ],
    ['signed bytes of Java', '[-127, 5, 72]', 'signed decimal bytes | 810548'],
    ['casts of Java', 'new byte[] {(byte) 0x81, 5, 72}', 'hex bytes in brackets | 810548'],
    ['Rust {:02x?}', '[81, 02, 68, 69]', 'hex bytes in brackets | 81026869'],
    ['two digits that may be either are decimal, and it says so', '[81, 12]', 'decimal bytes | 510c'],
    ['Erlang', '<<129,5,72>>', 'decimal bytes | 810548'],
    ['JSON of a Buffer', '{"type":"Buffer","data":[129,5,72]}', 'decimal bytes | 810548'],
    ['comments in an array', '[\n  129, 5, // header\n  72, // "H"\n]', 'decimal bytes | 810548'],
    ["Arduino's single digits", '81 5 48 A', 'hex bytes of one or two digits | 8105480a'],
    ['a string', String.raw`"\x81\x05Hello"`, `a string literal | ${HELLO}`],
    ['octal after hex', String.raw`"\x81\005Hello"`, `a string literal | ${HELLO}`],
    ['octal alone', String.raw`"\201\5Hello";`, `a string literal | ${HELLO}`],
    ['two strings side by side', String.raw`"\x81\x05" "Hello"`, `2 string literals, joined | ${HELLO}`],
    ['two strings with a sign between', String.raw`'\x81\x05' + 'Hello'`, `2 string literals, joined | ${HELLO}`],
    ['strings over two lines', '"\\x81\\x05" \\\n"Hello"', `2 string literals, joined | ${HELLO}`],
    ['a declaration before it', String.raw`const char frame[] = "\x81\x05Hello";`, `a string literal | ${HELLO}`],
    ['base64', 'gYU3+iE9f59NUVg=', `base64 | ${MASKED}`],
    ['base64 of as many bytes as a key has', 'gYo3+iE9f59NUVjWAW1YiA==', 'base64 | 818a37fa213d7f9f4d5158d6016d5888'],
    ['base64 for addresses, without its end', 'gYU3-iE9f59NUVg', `base64 | ${MASKED}`],
    ["the RFC's line", '   *  0x81 0x05 0x48 0x65 0x6c 0x6c 0x6f (contains "Hello")', `hex with comments | ${HELLO}`],
    ['hex with comments', '8105 // header\n48656c6c6f // payload', `hex with comments | ${HELLO}`],
    [
      'a time before the bytes',
      '12:34:56 81 05 48\n12:34:57.250 -> 65 6c 6c 6f',
      `hex, with a time before each line | ${HELLO}`,
    ],
    ['colons between bytes are no time', '81:05:48:65:6c:6c:6f', `hex | ${HELLO}`],
  ])('%s', (_, text, expected) => {
    expect(read(text)).toBe(expected);
    // Where nothing stands in a string, the ends of the lines do not matter.
    if (!text.includes('\\\n')) expect(read(`${text.replaceAll('\n', '\r\n')}\r\n`)).toBe(expected);
  });

  test.each([
    ['an escape that is none', String.raw`"\x81\q"`, '5: This escape is not a byte'],
    ['a number too large', '[129, 256]', '5: 256 is not a byte'],
    ['a number too small', '[-129]', '1: -129 is not a byte'],
    ['hex without 0x among decimals', '[129, 5, ab]', '8: ab is not a decimal number. Write hex with 0x'],
    ['no number', '[129, x]', '6: "x" is not part of a number'],
    ['something after a string', String.raw`"\x81" 05`, '7: "0" follows the string'],
  ])('refuses %s', (_, text, expected) => {
    expect(read(text)).toContain(expected);
  });
});

describe('dumps of tools', () => {
  test.each([
    [
      'hexdump -C',
      '00000000  81 05 48 65 6c 6c 6f                              |..Hello|',
      `rows of a hex dump | ${HELLO}`,
    ],
    ['xxd', '00000000: 8105 4865 6c6c 6f                        ..Hello', `rows of a hex dump | ${HELLO}`],
    [
      'xxd -b',
      '00000000: 10000001 00000101 01001000 01100101 01101100 01101100  ..Hell\n00000006: 01101111                                               o',
      `bits of xxd -b | ${HELLO}`,
    ],
    ['xxd -e', `00000000: 65480581   6f6c6c${' '.repeat(20)}..Hello`, `words of xxd -e, put back in order | ${HELLO}`],
    [
      'xxd -i',
      'unsigned char c_bin[] = {\n  0x81, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f\n};\nunsigned int c_bin_len = 7;',
      `hex bytes in brackets | ${HELLO}`,
    ],
    [
      'od -t x1',
      '0000000 81 85 37 fa 21 3d 7f 9f 4d 51 58 81 85 37 fa 21\n0000020 3d 7f 9f 4d 51 58\n0000026',
      `rows of od -t x1, with octal offsets | ${MASKED}${MASKED}`,
    ],
    [
      'od -t x1 with repeated rows',
      '0000000 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00\n*\n0000040 81 00\n0000042',
      `rows of od -t x1, with octal offsets | ${'00'.repeat(32)}8100`,
    ],
    ['od -b', '0000000 201 005 110 145 154 154 157\n0000007', `octal bytes of hexdump -b or od -b | ${HELLO}`],
    [
      'javax.net.debug',
      '0000: 81 85 37 FA 21 3D 7F 9F   4D 51 58 81 85 37 FA 21  ..7.!=..MQX..7.!\n0010: 3D 7F 9F 4D 51 58                                  =..MQX',
      `rows of javax.net.debug | ${MASKED}${MASKED}`,
    ],
    [
      'javax.net.debug in lower case, one row',
      '0000: 81 85 37 fa 21 3d 7f 9f   4d 51 58 88 00                     ..7.!=..MQX..',
      `rows of javax.net.debug | ${MASKED}8800`,
    ],
    ['the last row alone', '0030   81 85 37 fa 21 3d 7f 9f 4d 51 58', `one row of a hex dump | ${MASKED}`],
    [
      'Netty',
      '+--------+\n|00000000| 81 05 48 65 6c 6c 6f                            |..Hello         |\n+--------+',
      `a table of Netty's log | ${HELLO}`,
    ],
    [
      'a followed stream',
      `00000000  81 85 37 fa 21 3d 7f 9f  4d 51 58                 ..7.!=.. MQX\n\t00000000  81 05 48 65 6c 6c 6f                              ..Hello`,
      `a followed stream, with one side indented | 0 ${MASKED} / 1 ${HELLO}`,
    ],
    [
      'curl --trace',
      '=> Send data, 7 bytes (0x7)\n0000: 81 05 48 65 6c 6c 6f                            ..Hello\n== Info: done\n<= Recv data, 2 bytes (0x2)\n0000: 88 00                                           ..',
      `a curl trace | client ${HELLO} / server 8800`,
    ],
    [
      'socat -x -v',
      '> 2024/01/02 12:34:56.123456  length=7 from=0 to=6\n 81 05 48 65 6c 6c 6f                             ..Hello\n--\n< 2024/01/02 12:34:57.123456  length=2 from=0 to=1\n 88 00                                            ..\n--',
      `a socat log | 0 ${HELLO} / 1 8800`,
    ],
    [
      'websocket-client',
      `${String.raw`send: b'\x89\x80\xadt\t\xff'`}\n${String.raw`recv: b'\x8a\x00'`}`,
      'a log of send and receive calls, seen from the client | client 8980ad7409ff / server 8a00',
    ],
    ['Jetty', String.raw`HeapByteBuffer@1[p=0,l=2]={<<<\x81\x02Hi>>>\x00\x00}`, "a buffer in Jetty's log | 81024869"],
    ['less', '<8A><80>]<9E>3O', 'raw bytes as "less" shows them | 8a805d9e334f'],
    ['Node', '<Buffer 81 05 48 65 6c 6c 6f>', `a Buffer as Node prints it | ${HELLO}`],
  ])('%s', (_, text, expected) => {
    expect(read(text)).toBe(expected);
    expect(read(`${text.replaceAll('\n', '\r\n')}\r\n`)).toBe(expected);
  });

  test('Node says how many bytes it left out', () => {
    expect(readPasted('<Buffer 81 05 ... 16 more bytes>')).toMatchObject({
      notes: [expect.stringContaining('16 more bytes')],
    });
  });

  test.each([
    ['od', '0000000 002601 062510 066154 000157\n0000007', '"od" without options'],
    ['hexdump -o', '0000000  002601  062510  066154  000157\n0000007', '"hexdump -o"'],
    ['od -A x -t x2', '000000 0581 6548 6c6c 006f\n000007', '"od -A x -t x2"'],
    ['hexdump', '0000000 0581 6548 6c6c 006f\n0000007', '"hexdump" without -C'],
    ['od -c', '0000000 201 005   H   e   l   l   o\n0000007', '"od -c"'],
    ['curl --trace-ascii', '=> Send data, 7 bytes (0x7)\n0000: ..Hello', 'curl --trace-ascii'],
    ['socat -v', '> 2024/01/02 12:34:56.123456  length=7 from=0 to=6\n..Hello--', 'Run socat with -x'],
    ['tungstenite', '<FRAME>\nfinal: true\nopcode: PING\npayload: 0x0', 'tungstenite'],
    ['a head as text', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', 'HTTP head as text'],
    ['TLS', '16 03 01 00 b3 01 00 00 af 03 01', 'This is TLS (ClientHello)'],
    ['a TLS key log', `# made by a browser\n\nCLIENT_RANDOM ${'0a'.repeat(32)} ${'1b'.repeat(48)}\n`, 'a TLS key log'],
    ['a private key', '-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIA==\n', 'a key or a certificate (PEM)'],
    ['an address', 'wss://example.com/socket', 'This is an address'],
    ['a JSON Web Token', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc', 'a JSON Web Token'],
    ['a UUID', '550e8400-e29b-41d4-a716-446655440000', 'This is a UUID'],
    ['a close code', '1006\n', 'such as a close code'],
    ['a key', 'dGhlIHNhbXBsZSBub25jZQ==', 'a Sec-WebSocket-Key'],
    ['an accept', 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=', 'a Sec-WebSocket-Accept'],
    ['a capture', '0a 0d 0d 0a 1c 00 00 00 4d 3c 2b 1a', 'capture file (pcapng)'],
    [
      'a block of curl that lacks a row',
      '=> Send data, 20 bytes (0x14)\n0000: 81 05 48 65 6c 6c 6f 81 05 48 65 6c 6c 6f 81 05 ................',
      'should have 20 bytes, but 16 are here',
    ],
    ['a row of od that lacks one before it', '0000000 81 05\n0000020 48 65', 'A row is missing'],
  ])('refuses %s by name', (_, text, words) => {
    expect(read(text)).toContain(words);
  });
});

describe('whole packets', () => {
  const ip = (length: number) => `4500${(length + 40).toString(16).padStart(4, '0')}123440004006a481c0000201c0000202`;
  const tcp = 'c3501f9011223344556677885018020000000000';
  const ethernet = '020000000002020000000001';

  test.each([
    ['IPv4', ip(7), 40, 'IPv4 and TCP'],
    ['Ethernet', `${ethernet}0800${ip(7)}`, 54, 'Ethernet, IPv4 and TCP'],
    ['a VLAN', `${ethernet}810000050800${ip(7)}`, 58, 'Ethernet, VLAN, IPv4 and TCP'],
    ['Linux cooked', `00000304000600000000000000000800${ip(7)}`, 56, 'Linux cooked, IPv4 and TCP'],
    ['Linux cooked v2', `0800000000000002000104060200000000010000${ip(7)}`, 60, 'Linux cooked v2, IPv4 and TCP'],
    ['BSD loopback', `02000000${ip(7)}`, 44, 'BSD loopback, IPv4 and TCP'],
    ['IPv6', `${ethernet}86dd60000000001b0640${'20010db8'.repeat(8)}`, 74, 'Ethernet, IPv6 and TCP'],
  ])('%s', (_, before, skipped, layers) => {
    const result = readPasted(before + tcp + HELLO);
    expect(result).toMatchObject({ notes: [`${skipped} bytes of ${layers} skipped.`] });
    expect(read(before + tcp + HELLO)).toBe(`hex, of whole packets | 0 ${HELLO}`);
  });

  test('tshark -V -x: the rows below each tree, and not the ones that tshark derived from them', () => {
    const text = readFileSync(new URL('../../../tests/samples/tshark-V-x.txt', import.meta.url), 'utf8');
    const rowsOnly = text
      .split('\n')
      .filter((line) => line === '' || /^[0-9a-f]{4} {2}|^\S.* bytes\):$/.test(line))
      .join('\n');
    expect(read(text)).toBe(read(rowsOnly.trimStart()).replace('whole packets', 'whole packets, below their trees'));
    expect(read(text)).toMatch(/ \/ 0 818537fa213d7f9f4d5158 \/ 1 /);
    const exported = `No.     Time           Source   Destination   Protocol Length Info\n      1 0.000000  a  b  TCP  74  x\n\n`;
    expect(read(exported + text)).toBe(read(text));
    expect(read(text.replaceAll(/^[0-9a-f]{4} {2}.*\n/gm, ''))).toContain('it has no bytes');
  });

  test('tcpdump -X: the bytes of both ends, told apart by their ports', () => {
    const rows = (hex: string) =>
      (hex.match(/.{1,32}/g) ?? [])
        .map(
          (row, i) => `\t0x${(i * 16).toString(16).padStart(4, '0')}:  ${(row.match(/.{1,4}/g) ?? []).join(' ')}  ....`,
        )
        .join('\n');
    const back = tcp.replace('c3501f90', '1f90c350');
    const text = `12:00 IP a > b: length 7\n${rows(ip(7) + tcp + HELLO)}\n12:01 IP b > a: length 2\n${rows(`${ip(2) + back}8800`)}`;
    expect(read(text)).toBe(`rows of tcpdump | 0 ${HELLO} / 1 8800`);
  });

  test('frames are not taken for a packet', () => {
    const frame = `827e00ff${'45'.repeat(255)}`;
    expect(read(frame)).toBe(`hex | ${frame}`);
  });
});
