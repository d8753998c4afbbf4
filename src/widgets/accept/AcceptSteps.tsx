import { useLayoutEffect, useRef } from 'preact/hooks';
import { CopyButton } from '../base/CopyButton.tsx';
import { overlaps } from '../base/frame-view/bit-range.ts';
import type { Base64Group } from './base64-groups.ts';
import {
  type AcceptAction,
  type AcceptCell,
  type AcceptState,
  type AcceptView,
  describeBits,
  litBits,
} from './model.ts';

interface Props {
  readonly state: AcceptState;
  readonly view: AcceptView;
  readonly dispatch: (action: AcceptAction) => void;
}

const KEYS = new Set(['ArrowRight', 'ArrowLeft', 'ArrowUp', 'ArrowDown', 'Home', 'End']);

/** The four steps of the computation. */
export function AcceptSteps({ state, view, dispatch }: Props) {
  const lit = litBits(state);
  return (
    <ol class="accept-steps">
      <li>
        <p>Append the fixed GUID to the key, as plain text. Together they have {view.hashedLength} bytes.</p>
        <p class="hashed-text">
          <span class="hashed-key">{view.key}</span>
          <span class="hashed-guid">{view.guid}</span>
        </p>
      </li>
      <li>
        <p>
          Hash that text with SHA-1. The result is 20 bytes. Use these bytes, not the 40 hexadecimal digits in which
          they are shown.
        </p>
        <p class="digest">{view.groups.flatMap((group) => group.bytes.map((byte) => byte.hex)).join(' ')}</p>
      </li>
      <li>
        <p>
          Encode the bytes in base64. It takes three bytes at a time, splits their 24 bits into four values of 6 bits,
          and writes a character for each value. The last group has only two bytes: two zero bits complete its third
          character, and “=” takes the place of the fourth.
        </p>
        <Groups state={state} view={view} dispatch={dispatch} />
        <p class="accept-said">
          <span role="status">{lit === undefined ? '' : describeBits(view, lit)}</span>
          {lit === undefined && <span class="needs-js">Pick a byte or a character to see which bits they share.</span>}
        </p>
      </li>
      <li>
        <p>The server sends these 28 characters. The client compares them with its own result.</p>
        <p class="accept-header">
          Sec-WebSocket-Accept: <strong>{view.accept}</strong>
        </p>
        <p class="copy-line needs-js">
          <CopyButton label="Copy accept" text={view.accept} />
          <CopyButton label="Copy as command" text={view.command} />
        </p>
        <p class="accept-command">
          <code>{view.command}</code>
        </p>
      </li>
    </ol>
  );
}

/** Bytes above, characters below, and the bits that they share between them. */
function Groups({ state, view, dispatch }: Props) {
  const element = useRef<HTMLDivElement>(null);
  const moved = useRef(false);
  useLayoutEffect(() => {
    if (moved.current) element.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
    moved.current = false;
  }, [state.focus]);
  return (
    <div
      ref={element}
      class="base64-groups"
      role="group"
      aria-label="Bytes of the hash and characters of the accept: arrows move, up and down switch between them, Escape clears"
      onKeyDown={(event) => {
        if (event.key === 'Escape') dispatch({ type: 'clear' });
        if (!KEYS.has(event.key)) return;
        event.preventDefault();
        moved.current = true;
        dispatch({ type: 'move', key: event.key });
      }}
      onPointerLeave={() => dispatch({ type: 'hover', cell: undefined })}
    >
      {view.groups.map((group) => (
        <Group key={group.bytes[0]?.index} group={group} state={state} dispatch={dispatch} />
      ))}
    </div>
  );
}

function Group({ group, state, dispatch }: Omit<Props, 'view'> & { readonly group: Base64Group }) {
  const lit = litBits(state);
  const cell = (which: AcceptCell) => ({
    tabIndex: state.focus.kind === which.kind && state.focus.index === which.index ? 0 : -1,
    onClick: () => dispatch({ type: 'pick', cell: which }),
    onPointerEnter: (event: PointerEvent) => {
      if (event.pointerType === 'mouse') dispatch({ type: 'hover', cell: which });
    },
  });
  return (
    <div class="base64-group">
      {group.bytes.map(({ index, hex, range }) => (
        <button
          type="button"
          key={hex + index}
          class="base64-byte"
          aria-pressed={overlaps(range, lit)}
          {...cell({ kind: 'byte', index })}
        >
          <span class="visually-hidden">byte {index + 1}, hex </span>
          {hex}
        </button>
      ))}
      <span class="base64-bits" aria-hidden="true">
        {group.bits.map(({ bit, value, filling }) => (
          <span
            key={bit}
            data-lit={(!filling && overlaps({ start: bit, end: bit + 1 }, lit)) || undefined}
            data-filling={filling || undefined}
          >
            {value}
          </span>
        ))}
      </span>
      {group.characters.map(({ index, character, value, range }) =>
        value === undefined ? (
          <span key={index} class="base64-padding">
            {character}
          </span>
        ) : (
          <button
            type="button"
            key={index}
            class="base64-character"
            aria-pressed={overlaps(range, lit)}
            {...cell({ kind: 'character', index })}
          >
            <span class="visually-hidden">character {index + 1}, value </span>
            <small>{value}</small>
            <span class="visually-hidden">: </span>
            {character}
          </button>
        ),
      )}
    </div>
  );
}
