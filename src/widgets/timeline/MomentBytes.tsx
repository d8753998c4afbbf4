import { escapeText } from '../../text/escape-text.ts';
import { textOfHex } from '../../text/latin1.ts';
import { formatDecodeHash } from '../base/address/decode-address.ts';
import type { Moment } from '../base/life/moment.ts';
import type { FrameEntry } from '../base/log/entry.ts';
import { partsOfFrame } from './frame-parts.ts';

/** What went over the wire at a moment: the lines of a head, or the parts of a frame. */
export function MomentBytes({ moment }: { readonly moment: Moment | undefined }) {
  const entry = moment?.entry;
  if (entry?.kind === 'frame') return <FrameText entry={entry} />;
  if (entry?.kind === 'handshake') return <HeadText hex={entry.hex} />;
  return <p class="moment-said">{noteOf(moment)}</p>;
}

/** A frame in the few parts that a first chapter needs, with a link to all of its bits. */
function FrameText({ entry }: { readonly entry: FrameEntry }) {
  const sender = entry.fromClient ? 'client' : 'server';
  const hash = formatDecodeHash({ text: entry.hex, sender, limits: {} });
  return (
    <>
      <dl class="moment-frame">
        {partsOfFrame(entry).map(({ name, field, hex, hidden }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <code class={`field-word field-${field}`}>{hex.join(' ')}</code>
              {hidden > 0 && ` and ${hidden} more`}
            </dd>
          </div>
        ))}
      </dl>
      {hash !== undefined && (
        <p class="moment-said">
          <a href={`/decode/${hash}`}>See every bit in the decoder</a>
        </p>
      )}
    </>
  );
}

/** A head as text, with its line ends to be seen. RFC 9112 §2.1. */
function HeadText({ hex }: { readonly hex: string }) {
  // The text after the last line end is empty, and no line.
  const lines = textOfHex(hex).split('\r\n').slice(0, -1);
  return (
    <ol class="moment-head plain-list">
      {lines.map((line, index) => (
        <li key={`${index}-${line}`}>
          <code>{escapeText(line)}</code>
          <small>CR LF</small>
        </li>
      ))}
    </ol>
  );
}

function noteOf(moment: Moment | undefined): string {
  if (moment === undefined) return 'Nothing yet. Step forward, and the client opens TCP.';
  return moment.kind === 'tcp'
    ? 'Packets of TCP itself. They carry no data yet: the two systems only agree on how to number the bytes that will follow.'
    : 'Packets of TCP itself. No more data follows, in either direction.';
}
