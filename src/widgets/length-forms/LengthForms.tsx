import './length-forms.css';
import { useState } from 'preact/hooks';
import { formatNumber } from '../../text/count.ts';
import { useHashParameters } from '../base/address/use-hash-parameters.ts';
import {
  type FormView,
  type HeaderPart,
  type HeaderView,
  JUMPS,
  LANDMARKS,
  MAX_LENGTH,
  parseLength,
  presentLength,
  STOPS,
  staircase,
  stopOf,
} from './model.ts';

interface Props {
  /** The length of the worked example, in bytes. */
  readonly example: number;
}

const FORM_NAMES = { 7: 'the 7-bit form', 16: 'the 16-bit form', 64: 'the 64-bit form' } as const;

/** A slider over payload lengths: what the header is for each, and what it must not be. RFC 6455 §5.2. */
export default function LengthForms({ example }: Props) {
  const [length, setLength] = useState(example);
  const [typed, setTyped] = useState(formatNumber(example));
  const { write } = useHashParameters((parameters) => {
    const asked = parameters.get('length');
    if (asked !== null) take(asked);
    return undefined;
  });
  const choose = (next: number): void => type(formatNumber(next));
  /** Whatever is wrong with it is said beside the field. */
  const take = (text: string): number | undefined => {
    setTyped(text);
    const next = parseLength(text);
    if (next !== undefined) setLength(next);
    return next;
  };
  const type = (text: string): void => {
    const next = take(text);
    if (next !== undefined) write({ length: String(next) });
  };
  const view = presentLength(length);
  const wrong = parseLength(typed) === undefined;
  return (
    <section class="figure wide length-forms" aria-labelledby="length-forms-title" data-pagefind-ignore>
      <header class="figure-bar">
        <h3 class="figure-title" id="length-forms-title">
          How a length is written
        </h3>
        <p class="badge">computed in this page</p>
      </header>
      <div class="figure-body">
        <p class="stairs-title">Header length, for each payload length (in bytes)</p>
        <Stairs length={length} />
        <div class="length-choice needs-js">
          <label for="length-slider">Payload length</label>
          <input
            id="length-slider"
            type="range"
            min={0}
            max={STOPS.length - 1}
            value={stopOf(length)}
            aria-valuetext={view.sentence}
            onInput={(event) => choose(STOPS[Number(event.currentTarget.value)] ?? 0)}
          />
          <p class="length-buttons">
            {LANDMARKS.map((landmark) => (
              <button type="button" key={landmark} aria-pressed={landmark === length} onClick={() => choose(landmark)}>
                {formatNumber(landmark)}
              </button>
            ))}
            <label>
              or exactly{' '}
              <input
                type="text"
                inputMode="numeric"
                size={9}
                value={typed}
                aria-invalid={wrong}
                aria-describedby="length-problem"
                onInput={(event) => type(event.currentTarget.value)}
              />
            </label>
          </p>
          <p id="length-problem" class="length-problem" role="alert">
            {wrong && `Type a whole number from 0 to ${formatNumber(MAX_LENGTH)}.`}
          </p>
        </div>
        <p class="length-sum" role="status">
          <b>
            {formatNumber(length)} bytes take {FORM_NAMES[view.form]}.
          </b>{' '}
          {view.sum}
        </p>
        <div class="length-headers">
          {view.headers.map((header) => (
            <Header key={header.sender} header={header} length={length} />
          ))}
        </div>
        <table class="length-table">
          <caption>The same length in each form, sent by a client</caption>
          <tbody>
            {view.forms.map((form) => (
              <Form key={form.bits} form={form} />
            ))}
          </tbody>
        </table>
      </div>
      <footer class="figure-note">
        The slider’s steps grow with the length. Type a number to get any length exactly. The key is the one in the
        RFC’s examples.
      </footer>
    </section>
  );
}

function Header({ header, length }: { readonly header: HeaderView; readonly length: number }) {
  const { sender, parts, headerLength, frameLength, share } = header;
  return (
    <section data-sender={sender}>
      <h4>From a {sender}</h4>
      <p class="header-bytes">
        <HeaderParts parts={parts} labelled />
        <span class="header-part field-payload-data">
          <span class="header-hex">{length === 0 ? '–' : '…'}</span>
          <span class="header-label">{formatNumber(length)} of payload</span>
        </span>
      </p>
      <p>
        <b>{headerLength} bytes</b> of header, {share} of the {formatNumber(frameLength)}-byte frame.
      </p>
    </section>
  );
}

function HeaderParts({ parts, labelled }: { readonly parts: readonly HeaderPart[]; readonly labelled: boolean }) {
  return (
    <>
      {parts.map(({ fieldClass, label, bytes }) => (
        <span class={`header-part ${fieldClass}`} key={label}>
          <span class="header-hex">{bytes.join(' ')}</span>
          {labelled && <span class="header-label">{label}</span>}
        </span>
      ))}
    </>
  );
}

function Form({ form }: { readonly form: FormView }) {
  const { bits, verdict, sentence, header, rule } = form;
  return (
    <tr data-verdict={verdict}>
      <th scope="row">{bits} bits</th>
      <td class="header-bytes">{header !== undefined && <HeaderParts parts={header} labelled={false} />}</td>
      <td>
        {sentence} {rule !== undefined && <code>{rule}</code>}
      </td>
    </tr>
  );
}

const TALLEST = 16;
const WIDTH = 1000;
/** The lines take this share of the chart's height; below it stand the lengths of the payload. */
const LINES_SHARE = 82;
const percentOf = (length: number): string => `${(100 * stopOf(length)) / (STOPS.length - 1)}%`;

/** The header's length over the payload's: two steps, at 126 and at 65,536. */
function Stairs({ length }: { readonly length: number }) {
  const at = percentOf(length);
  return (
    <svg class="stairs" aria-hidden="true">
      <svg viewBox={`0 0 ${WIDTH} ${TALLEST}`} height={`${LINES_SHARE}%`} preserveAspectRatio="none" aria-hidden="true">
        {SENDERS.map((sender) => (
          <polyline
            key={sender}
            data-sender={sender}
            points={staircase(sender)
              .map(({ x, y }) => `${x},${TALLEST - y}`)
              .join(' ')}
          />
        ))}
      </svg>
      <line class="stairs-axis" x1="0" x2="100%" y1={`${LINES_SHARE}%`} y2={`${LINES_SHARE}%`} />
      <line class="stairs-now" x1={at} x2={at} y1="0" y2={`${LINES_SHARE}%`} />
      {SENDERS.flatMap((sender) =>
        stepsOf(sender).map(({ x, y }, i) => (
          <text
            key={`${sender} ${y}`}
            x={`${x / 10}%`}
            y={`${(LINES_SHARE * (TALLEST - y)) / TALLEST}%`}
            dx="3"
            dy="-4"
          >
            {i === 0 ? `${sender}: ${y}` : y}
          </text>
        )),
      )}
      <text x="0" y="100%" dy="-3">
        0
      </text>
      {JUMPS.map((jump) => (
        <text key={jump} x={percentOf(jump)} y="100%" dy="-3" text-anchor="middle">
          {formatNumber(jump - 1)}|{formatNumber(jump)}
        </text>
      ))}
      <text class="stairs-end" x="100%" y="100%" dy="-3" text-anchor="end">
        {formatNumber(MAX_LENGTH)}
      </text>
    </svg>
  );
}

const SENDERS = ['client', 'server'] as const;

/** Where each step of a line begins. */
function stepsOf(sender: (typeof SENDERS)[number]) {
  const points = staircase(sender);
  return points.filter(({ y }, i) => y !== points[i - 1]?.y);
}
