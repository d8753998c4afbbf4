import type { OpenForm } from '../../traffic/traffic.ts';

interface RefusedText {
  readonly looks: RegExp;
  /** Names the form, and says what to do instead. */
  readonly refusal: string;
}

/** Texts in which bytes have been lost: each is recognized, so that nothing in it is taken for bytes. */
const REFUSED: readonly RefusedText[] = [
  {
    looks: /^=+\r?\nFollow: [a-z0-9]+,(?:ascii|utf-8|ebcdic)\b/m,
    refusal:
      'This is a followed stream shown as text, in which every byte that cannot be printed became a dot. Follow it as hex (tshark -q -z follow,tcp,hex,0) or as raw.',
  },
  {
    looks: /^=+\r?\nFollow: http2,/m,
    refusal:
      'This is a followed HTTP/2 stream: it has heads that Wireshark made up, and HTTP/2’s own frames around those of WebSocket. Open the capture file itself.',
  },
  {
    looks: /^\* +(?:Trying|Connected to|Host )[\s\S]*^[<>] /m,
    refusal: 'This is the output of curl -v, which has the heads but not the bytes. Run curl with --trace FILE.',
  },
  {
    looks:
      /^(?:\d\d:\d\d:\d\d\.\d+ )?(?:=>|<=) (?:Send|Recv) [\s\S]*^[0-9a-f]{4,5}: (?![0-9a-f]{2}(?: [0-9a-f]{2}){2,})/m,
    refusal:
      'This is the output of curl --trace-ascii, in which every byte that cannot be printed became a dot. Run curl with --trace FILE.',
  },
  {
    looks: /^\s*\d+\s+\d+\.\d{3,}\s+\S+ → \S+\s+[A-Za-z]/m,
    refusal:
      'This is tshark’s list of packets, which has no bytes. Print them with -x, or open the capture file itself.',
  },
  {
    looks: /^Frame \d+: \d+ bytes on wire[^\n]*\n(?:[^\n]*\n)*?(?:WebSocket|Transmission Control Protocol)/m,
    refusal:
      'These are packet details of Wireshark, which do not have all bytes. Print them with -x, or open the capture file itself.',
  },
  {
    looks: /"method"\s*:\s*"network\.(?:beforeRequestSent|responseStarted|responseCompleted)"/,
    refusal:
      'These are events of WebDriver BiDi, which tell of the handshake but of no messages. Record with the Chrome DevTools Protocol, with Playwright, or capture the packets.',
  },
  {
    looks: /^\S+:\d+ (?:->|<-) WebSocket (?:text|binary) message (?:->|<-) /m,
    refusal:
      'This is what mitmdump prints, in which the ends of messages cannot be told. Save the flows with -w FILE, and open that file.',
  },
];

const TCPDUMP_HEAD = /^(?:\d{4}-\d\d-\d\d )?\d\d:\d\d:\d\d\.\d+ IP6? \S+ > \S+: Flags \[/m;
const TCPDUMP_ROW = /^\s+0x[0-9a-f]{4}:/m;

/** Refuses a text in which bytes have been lost, and says how to record it with them. */
export const refuseText: OpenForm = (head) => {
  const text = new TextDecoder().decode(head.subarray(0, 16 * 1024)).replace(/^\ufeff/, '');
  if (TCPDUMP_HEAD.test(text) && !TCPDUMP_ROW.test(text)) {
    return {
      refusal:
        'This is the output of tcpdump without -x, in which bytes are missing or became dots. Run tcpdump with -X, or save the packets with -w FILE.',
    };
  }
  const found = REFUSED.find(({ looks }) => looks.test(text));
  return found && { refusal: found.refusal };
};
