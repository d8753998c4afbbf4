import { useState } from 'preact/hooks';
import { formatHex } from '../../bytes/hex.ts';
import { hexDumpRows } from '../../inspector/hex/hex-dump.ts';
import { countBytes } from '../../text/count.ts';
import { CopyButton } from '../base/CopyButton.tsx';
import type { Payload } from './payload.ts';
import { showText } from './show-text.ts';

/** The props of a box that scrolls: it takes the focus, so that the keyboard can scroll it. */
const scrolledBox = (label: string) => ({ role: 'region', tabIndex: 0, 'aria-label': label }) as const;

interface Props {
  readonly payload: Payload;
  readonly title: string;
}

/** A payload as text, as bytes, or as the code and reason of a close frame. */
export function PayloadPane({ payload, title }: Props) {
  return (
    <section class="payload" aria-label={title}>
      <h2 class="pane-title">{title}</h2>
      {payload.notes.map((note) => (
        <p class="verdict" key={note}>
          {note}
        </p>
      ))}
      <Body payload={payload} title={title} />
    </section>
  );
}

function Body({ payload, title }: Props) {
  switch (payload.kind) {
    case 'empty':
      return <p class="payload-none">Empty: the frame has a header only.</p>;
    case 'text':
      return <Text text={payload.text} pretty={payload.pretty} title={title} />;
    case 'bytes':
      return <Bytes bytes={payload.bytes} title={title} />;
    case 'close':
      return (
        <dl class="payload-close">
          <dt>Status code</dt>
          <dd>
            <b>
              {payload.code}, {payload.name}
            </b>
            <br />
            {payload.meaning}
          </dd>
          <dt>Reason</dt>
          <dd>{payload.reason === '' ? 'none' : <q>{showText(payload.reason)}</q>}</dd>
        </dl>
      );
  }
}

interface TextProps {
  readonly text: string;
  readonly pretty: string | undefined;
  readonly title: string;
}

/** A text as it was sent, or indented if it is JSON. */
function Text({ text, pretty, title }: TextProps) {
  const [indented, setIndented] = useState(true);
  const shown = (indented ? pretty : undefined) ?? text;
  return (
    <>
      <pre class="payload-text" {...scrolledBox(`${title} as text`)}>
        {showText(shown)}
      </pre>
      <p class="payload-tools needs-js">
        <CopyButton label="Copy text" text={shown} />
        {pretty !== undefined && (
          <button type="button" aria-pressed={indented} onClick={() => setIndented(!indented)}>
            Indent JSON
          </button>
        )}
      </p>
    </>
  );
}

/** In half rows, so that a phone shows one below the other and a wide screen two side by side. */
const BYTES_PER_ROW = 8;
const FIRST_SHOWN_BYTES = 2048;

function Bytes({ bytes, title }: { readonly bytes: Uint8Array; readonly title: string }) {
  const [all, setAll] = useState(false);
  const shown = all ? bytes : bytes.subarray(0, FIRST_SHOWN_BYTES);
  return (
    <>
      <div class="payload-bytes" {...scrolledBox(`${title} as bytes`)}>
        {hexDumpRows(shown, { bytesPerRow: BYTES_PER_ROW }).map(({ offset, hex, ascii }) => (
          <span key={offset}>
            <i>{offset.toString(16).padStart(4, '0')}</i> {hex.join(' ').padEnd(3 * BYTES_PER_ROW)} {ascii}
          </span>
        ))}
      </div>
      <p class="payload-tools needs-js">
        <CopyButton label="Copy as hex" text={formatHex(bytes)} />
        {shown.length < bytes.length && (
          <button type="button" onClick={() => setAll(true)}>
            Show all {countBytes(bytes.length)}
          </button>
        )}
      </p>
    </>
  );
}
