import './panes.css';
import { useMemo, useState } from 'preact/hooks';
import type { HandshakeEntry } from '../log/entry.ts';
import { type HeadLine, headLines } from '../log/head-lines.ts';
import { Sentence } from '../log/Sentence.tsx';

interface Props {
  readonly request: HandshakeEntry | undefined;
  readonly response: HandshakeEntry | undefined;
  /** Who asked, as a heading begins with it: `Your browser`. */
  readonly client: string;
}

/** The request and the response that opened the connection, line by line. RFC 6455 §4. */
export function Handshake({ request, response, client }: Props) {
  return (
    <div class="handshake">
      <h3>The opening handshake</h3>
      <p class="handshake-hint">Pick a line to read what it is for.</p>
      <Head title={`${client} asked`} entry={request} direction="request" first="Sec-WebSocket-Key" />
      <Head title="The server answered" entry={response} direction="response" first="Sec-WebSocket-Accept" />
    </div>
  );
}

interface HeadProps {
  readonly title: string;
  readonly entry: HandshakeEntry | undefined;
  readonly direction: 'request' | 'response';
  /** The header whose line is open at first. */
  readonly first: string;
}

function Head({ title, entry, direction, first }: HeadProps) {
  const [open, setOpen] = useState<string | undefined>(first);
  const hex = entry?.hex;
  const lines = useMemo(() => (hex === undefined ? [] : headLines(hex, direction)), [hex, direction]);
  return (
    <>
      <h4>
        {title}
        {entry !== undefined && <span class="head-size"> {entry.byteLength} bytes</span>}
      </h4>
      <ul class="head-lines">
        {lines.map((line, i) => {
          const key = `${direction}-${i}-${line.name}`;
          return <Line key={key} line={line} id={key} open={open === line.name} onOpen={setOpen} />;
        })}
      </ul>
    </>
  );
}

interface LineProps {
  readonly line: HeadLine;
  readonly id: string;
  readonly open: boolean;
  readonly onOpen: (name: string | undefined) => void;
}

function Line({ line, id, open, onOpen }: LineProps) {
  const { name, value, sentence, section } = line;
  return (
    <li>
      <button type="button" aria-expanded={open} aria-controls={id} onClick={() => onOpen(open ? undefined : name)}>
        {name !== '' && <b>{name}: </b>}
        {value}
      </button>
      <p id={id} class="head-line-said" hidden={!open}>
        <Sentence text={sentence} />
        {section !== undefined && (
          <span class="head-line-section"> {section.startsWith('RFC') ? section : `RFC 6455 §${section}`}</span>
        )}
      </p>
    </li>
  );
}
