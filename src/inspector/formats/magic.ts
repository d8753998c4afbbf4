/** Another protocol or file format, recognized by its first bytes. */
export interface Magic {
  readonly name: string;
  /** Says what the bytes are, and what to paste instead. */
  readonly sentence: string;
  /** Whether it is the beginning of a file that `openRecording` may read. */
  readonly isRecording?: boolean;
}

const TLS_TYPES: Readonly<Record<number, string>> = {
  20: 'ChangeCipherSpec',
  21: 'Alert',
  22: 'Handshake',
  23: 'Application Data',
};
const TLS_HANDSHAKES: Readonly<Record<number, string>> = { 1: 'ClientHello', 2: 'ServerHello', 11: 'Certificate' };

/** Recognizes other protocols and files by their first bytes. */
export function findMagic(bytes: Uint8Array): Magic | undefined {
  const [first = 0, second = 0, third = 0, fourth = 0, fifth = 0, sixth = 0] = bytes;
  const type = TLS_TYPES[first];
  // A record has a version of 3.x and at most 2^14 + 256 bytes. RFC 8446 §5.1.
  if (type !== undefined && second === 3 && third <= 4 && bytes.length >= 5 && (fourth << 8) + fifth <= 0x4100) {
    const what = first === 22 ? (TLS_HANDSHAKES[sixth] ?? type) : type;
    const sentence = `This is TLS (${what}), so the frames inside are encrypted. Record the bytes inside your program, or set SSLKEYLOGFILE in your browser or program, and Wireshark can decrypt them.`;
    return { name: 'TLS', sentence };
  }
  const file = FILES.find(({ magic }) => magic.every((byte, i) => bytes[i] === byte));
  if (file !== undefined) return file;
  if (String.fromCharCode(...bytes.subarray(0, 14)) === 'PRI * HTTP/2.0') {
    return {
      name: 'HTTP/2',
      sentence:
        'This is HTTP/2, which wraps WebSocket frames in its own DATA frames (RFC 8441). Paste the contents of those.',
    };
  }
  return undefined;
}

const capture = (name: string) =>
  `This is a capture file (${name}), which holds whole packets. This reads it: framelight open FILE. So does the page /decode/.`;

const FILES: readonly (Magic & { readonly magic: readonly number[] })[] = [
  { name: 'pcapng', magic: [0x0a, 0x0d, 0x0d, 0x0a], sentence: capture('pcapng'), isRecording: true },
  { name: 'pcap', magic: [0xd4, 0xc3, 0xb2, 0xa1], sentence: capture('pcap'), isRecording: true },
  { name: 'pcap', magic: [0xa1, 0xb2, 0xc3, 0xd4], sentence: capture('pcap'), isRecording: true },
  { name: 'pcap', magic: [0x4d, 0x3c, 0xb2, 0xa1], sentence: capture('pcap'), isRecording: true },
  { name: 'pcap', magic: [0xa1, 0xb2, 0x3c, 0x4d], sentence: capture('pcap'), isRecording: true },
  { name: 'gzip', magic: [0x1f, 0x8b, 0x08], sentence: 'This is a file compressed by gzip. Unpack it first.' },
  { name: 'zip', magic: [0x50, 0x4b, 0x03, 0x04], sentence: 'This is a zip file. Unpack it first.', isRecording: true },
];
