import './decode.css';
import type { DecodeRequest } from '../base/address/decode-address.ts';
import { BytesInput } from './BytesInput.tsx';
import { ConnectionList } from './ConnectionList.tsx';
import type { Decoded } from './decoded.ts';
import { FrameRows } from './FrameRows.tsx';
import { OpenedFrame } from './OpenedFrame.tsx';
import { showText } from './show-text.ts';
import { useDecoder } from './use-decoder.ts';

/** So few rows stand above the open frame: beside it, they would leave a column empty. */
const MAX_ABOVE = 8;

interface Props {
  /** The bytes at first, and without JavaScript. */
  readonly example: DecodeRequest;
  /** What is shown of them: the reading itself is loaded when there is something else to read. */
  readonly initial: Decoded;
}

/** Reads bytes, lists the frames in them, and shows one of them: its payload first, then bit by bit. */
export function Decoder({ example, initial }: Props) {
  const decoder = useDecoder(example, initial);
  const { decoded, show } = decoder;
  const hasProblem = decoded?.problem !== undefined;
  const stale = hasProblem && decoded.frameCount > 0;
  return (
    <div class="decoder">
      <BytesInput decoder={decoder} />
      {decoded !== undefined && !hasProblem && <Found decoded={decoded} />}
      {decoded !== undefined && decoded.form === undefined && !hasProblem && <Nothing />}
      {decoded !== undefined && !hasProblem && decoded.connections.length > 0 && (
        <ConnectionList decoded={decoded} show={show} />
      )}
      {decoded !== undefined && !hasProblem && <Heads heads={decoded.heads} />}
      {!hasProblem && decoded?.asksSender === false && <Ending ending={decoded.ending} />}
      {decoder.isFilterStopped && (
        <p class="verdict" role="status">
          The filter took more than 10 seconds, so it was stopped, and everything was read again. A simpler pattern is
          faster.
        </p>
      )}
      {stale && <p class="decoder-stale">Below are the last bytes that could be read.</p>}
      {decoded !== undefined && decoded.frameCount > 0 && (
        <div class="decoder-result" data-many={decoded.frameCount > MAX_ABOVE || undefined} inert={stale}>
          {decoded.frameCount > 1 && <FrameRows decoded={decoded} show={show} />}
          <OpenedFrame decoded={decoded} show={show} />
        </div>
      )}
      {!hasProblem && decoded?.asksSender === true && <Ending ending={decoded.ending} />}
    </div>
  );
}

/** The form that was taken, and remarks. */
function Found({ decoded: { form, notes } }: { readonly decoded: Decoded }) {
  return (
    <>
      {form !== undefined && (
        <p class="decoder-form" role="status">
          Read as: {showText(form)}.
        </p>
      )}
      {notes.map((note) => (
        <p class="verdict" key={note}>
          {showText(note)}
        </p>
      ))}
    </>
  );
}

/** Why the connection ended: above the frames of a recording, below those that somebody copied. */
function Ending({ ending }: Pick<Decoded, 'ending'>) {
  if (ending === undefined) return null;
  return (
    <p class="decoder-ending">
      <b>Why it ended:</b> {showText(ending)}
    </p>
  );
}

/** The props of a box that scrolls: it takes the focus, so that the keyboard can scroll it. */
const scrolledBox = (label: string) => ({ role: 'region', tabIndex: 0, 'aria-label': label }) as const;

/** The heads of the opening handshake. */
function Heads({ heads }: Pick<Decoded, 'heads'>) {
  return (
    <>
      {heads.map(({ from, firstLine, text }, i) => (
        <details key={`${i} ${text}`} class="decoder-head">
          <summary>
            {from === 'client' ? '→ Request' : '← Response'}: <code>{showText(firstLine)}</code>
          </summary>
          <pre {...scrolledBox(from === 'client' ? 'The request' : 'The response')}>{showText(text)}</pre>
        </details>
      ))}
    </>
  );
}

function Nothing() {
  return (
    <div class="decoder-nothing">
      <p>Nothing to decode yet. The box reads:</p>
      <ul>
        <li>
          hex, with or without spaces: <code>81 05 48 65 6c 6c 6f</code>; also bits, decimals and base64
        </li>
        <li>rows of xxd, hexdump -C, od -t x1, Wireshark or tcpdump -X, with their offsets and text</li>
        <li>
          an array or a string from a program: <code>[0x81, 0x05, …]</code>, <code>b'\x81\x05…'</code>
        </li>
        <li>logs of both sides: curl --trace, socat -x, strace, “Follow TCP Stream”, and those of many libraries</li>
      </ul>
      <p>
        A file can be any of these, a capture (pcap, pcapng), a HAR, a NetLog, a mitmproxy flow, or the recorded bytes
        themselves.
      </p>
    </div>
  );
}
