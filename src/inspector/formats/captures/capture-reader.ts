import { countNoun } from '../../../text/count.ts';
import type { OpenForm, TrafficEvent, TrafficReader } from '../../traffic/traffic.ts';
import { type Carries, Conversation } from './conversation.ts';
import { FIN, LINK_NAMES, RST, type Segment, SYN, segmentIn } from './link-layer.ts';
import type { CapturedPacket, PacketSource, PacketTaker } from './packet-source.ts';
import { isPcap, PcapSource } from './pcap.ts';
import { isPcapng, PcapngSource } from './pcapng.ts';
import { type Side, TcpConnection } from './tcp.ts';

/** Opens a pcap or pcapng capture. */
export const openCapture: OpenForm = (head) => {
  if (isPcapng(head)) return new CaptureReader('a pcapng capture', (taker) => new PcapngSource(taker));
  if (isPcap(head)) return new CaptureReader('a pcap capture', (taker) => new PcapSource(taker));
  return undefined;
};

interface Pair {
  readonly tcp: TcpConnection;
  readonly conversation: Conversation;
  /** The address and port of side 0. */
  readonly first: string;
}

/** Reads a capture: its packets, the TCP connections in them, and the WebSockets in those. */
class CaptureReader implements TrafficReader, PacketTaker {
  readonly form: string;
  readonly #source: PacketSource;
  readonly #pairs = new Map<string, Pair>();
  #events: TrafficEvent[] = [];
  #connections = 0;
  #packets = 0;
  #fragments = 0;
  readonly #unknownLinks = new Map<number, number>();
  readonly #settled: Record<Carries, number> = { undecided: 0, websocket: 0, http: 0, tls: 0, http2: 0, other: 0 };

  constructor(form: string, open: (taker: PacketTaker) => PacketSource) {
    this.form = form;
    this.#source = open(this);
  }

  push(piece: Uint8Array): TrafficEvent[] {
    this.#source.push(piece);
    return this.#take();
  }

  end(): TrafficEvent[] {
    this.#source.end();
    for (const pair of this.#pairs.values()) this.#finish(pair);
    this.#pairs.clear();
    this.#summarize();
    return this.#take();
  }

  packet({ linkType, timeMs, bytes }: CapturedPacket): void {
    this.#packets++;
    const segment = segmentIn(linkType, bytes);
    if (typeof segment === 'object') this.#segment(segment, bytes, timeMs);
    else if (segment === 'fragment') this.#fragments++;
    else if (segment === 'unknown-link') this.#unknownLinks.set(linkType, (this.#unknownLinks.get(linkType) ?? 0) + 1);
  }

  note(sentence: string): void {
    this.#events.push({ kind: 'note', sentence });
  }

  secrets(_text: string): void {}

  #segment(segment: Segment, bytes: Uint8Array, timeMs: number): void {
    const { source, destination, flags, start, end } = segment;
    const isForward = source < destination;
    const key = isForward ? `${source} ${destination}` : `${destination} ${source}`;
    let pair = this.#pairs.get(key);
    if (pair?.tcp.isNew(segment, pair.first === source ? 0 : 1)) {
      this.#finish(pair);
      pair = undefined;
    }
    if (pair === undefined) {
      // Nothing begins with an acknowledgment, or with the end of what was before the recording.
      if ((flags & SYN) === 0 && (end === start || (flags & RST) !== 0)) return;
      const conversation = new Conversation(
        { emit: (event) => this.#events.push(event), nextConnection: () => ++this.#connections },
        [source, destination],
      );
      pair = { tcp: new TcpConnection(conversation), conversation, first: source };
      this.#pairs.set(key, pair);
    }
    const side: Side = pair.first === source ? 0 : 1;
    pair.tcp.take(side, segment, bytes.subarray(start, Math.min(end, bytes.length)), timeMs);
    if ((flags & (FIN | RST)) !== 0 && pair.tcp.hasEnded) {
      this.#finish(pair);
      this.#pairs.delete(key);
    }
  }

  #finish({ tcp, conversation }: Pair): void {
    tcp.finish();
    this.#settled[conversation.carries]++;
  }

  /** What the capture has beside its WebSockets. */
  #summarize(): void {
    const { tls, http2, http, other, undecided } = this.#settled;
    if (this.#packets === 0) this.note('The capture holds no packets.');
    for (const [linkType, count] of this.#unknownLinks) {
      const name = LINK_NAMES[linkType];
      this.note(
        `${countNoun(count, 'packet')} of link type ${linkType}${name === undefined ? '' : ` (${name})`} cannot be read. Capture on another interface, or convert the file with Wireshark’s editcap -T.`,
      );
    }
    if (this.#fragments > 0)
      this.note(`${countNoun(this.#fragments, 'IP fragment')} were left out: the parts of a packet are not joined.`);
    if (tls > 0)
      this.note(
        `${countNoun(tls, 'connection')} of TLS: encrypted, so that a WebSocket in it cannot be seen. ${HOW_TO_GET_KEYS}`,
      );
    if (http2 > 0)
      this.note(
        `${countNoun(http2, 'connection')} of HTTP/2: a WebSocket in it (RFC 8441) is not read yet. Let the client use HTTP/1.1, or ask Wireshark for the DATA of the stream.`,
      );
    const rest = http + other + undecided;
    if (rest > 0) this.note(`${countNoun(rest, 'other TCP connection')} without a WebSocket: not shown.`);
    if (this.#connections === 0 && rest + tls + http2 === 0 && this.#packets > 0)
      this.note('The capture holds no TCP connection with data.');
  }

  #take(): TrafficEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }
}

const HOW_TO_GET_KEYS =
  'Record again with a key log: set the environment variable SSLKEYLOGFILE to a file before you start Chrome, Firefox, curl or Python 3.8 or later, or start Node with --tls-keylog=FILE.';
