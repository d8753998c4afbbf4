import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { countBytes } from '../../../text/count.ts';
import { closeCall } from '../../base/source/close-call.ts';
import type { Source } from '../../base/source/source.ts';
import { PAYLOAD_LENGTHS, sendBytes } from './draft.ts';
import type { InspectorDriver } from './driver.ts';

interface Props {
  readonly driver: InspectorDriver;
  readonly open: boolean;
  readonly source: Source | undefined;
}

/** Sends what the field at the top cannot: bytes, long payloads, and a close frame. */
export function SendMore({ driver, open, source }: Props) {
  return (
    <details class="send-more">
      <summary>Send bytes or a long payload, or close the connection</summary>
      <SendBytes driver={driver} />
      <CloseForm open={open} source={source} />
      <p class="send-aside">
        There is no button for a ping: JavaScript can neither send a ping nor see one. If the server sends a ping, you
        see it in the list below, with your browser’s answer.
      </p>
    </details>
  );
}

function SendBytes({ driver }: { readonly driver: InspectorDriver }) {
  const [hex, setHex] = useState('48 65 6c 6c 6f');
  const [byteLength, setByteLength] = useState('');
  const [problem, setProblem] = useState('');
  const send = (event: JSX.TargetedSubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const made = sendBytes(hex, byteLength === '' ? undefined : Number(byteLength));
    setProblem('problem' in made ? made.problem : '');
    if ('data' in made) driver.send(made);
  };
  return (
    <form class="send-options" onSubmit={send}>
      <label>
        Bytes, two digits each{' '}
        <input
          type="text"
          autocomplete="off"
          spellcheck={false}
          value={hex}
          aria-invalid={problem !== ''}
          aria-describedby="send-bytes-problem"
          onInput={(event) => setHex(event.currentTarget.value)}
        />
      </label>
      <label>
        Length{' '}
        <select value={byteLength} onChange={(event) => setByteLength(event.currentTarget.value)}>
          <option value="">as typed</option>
          {PAYLOAD_LENGTHS.map((length) => (
            <option key={length} value={length}>
              repeated to {countBytes(length)}
            </option>
          ))}
        </select>
      </label>
      <button type="submit">Send bytes</button>
      <p id="send-bytes-problem" class="send-problem" role="alert">
        {problem}
      </p>
    </form>
  );
}

function CloseForm({ open, source }: { readonly open: boolean; readonly source: Source | undefined }) {
  const [code, setCode] = useState('1000');
  const [reason, setReason] = useState('');
  const close = (event: JSX.TargetedSubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const { code: number, reason: text, call } = closeCall(code, reason);
    source?.close(number, text, call);
  };
  return (
    <form class="send-options" onSubmit={close}>
      <label>
        Status code{' '}
        <input
          type="text"
          inputmode="numeric"
          pattern="[0-9]{0,5}"
          size={5}
          value={code}
          onInput={(event) => setCode(event.currentTarget.value)}
        />
      </label>
      <label>
        Reason <input type="text" value={reason} onInput={(event) => setReason(event.currentTarget.value)} />
      </label>
      <button type="submit" disabled={!open}>
        Close the connection
      </button>
    </form>
  );
}
