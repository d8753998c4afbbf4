import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { countBytes } from '../../text/count.ts';
import { closeCall } from '../base/source/close-call.ts';
import type { Source } from '../base/source/source.ts';
import { type Draft, PAYLOAD_LENGTHS, sendCall } from './draft.ts';
import type { InspectorState } from './model.ts';

interface Props {
  readonly connection: InspectorState['connection'];
  readonly source: Source | undefined;
}

/** The reader's hand on the WebSocket: send, close, connect again. */
export function SendForm({ connection, source }: Props) {
  const [draft, setDraft] = useState<Draft>({ text: 'Hello', as: 'text', byteLength: undefined });
  const [problem, setProblem] = useState('');
  const open = connection === 'open';

  const send = (): void => {
    const made = sendCall(draft);
    setProblem('problem' in made ? made.problem : '');
    if ('data' in made) source?.send(made.data, made.call);
  };

  return (
    <div class="send needs-js">
      <form
        class="send-message"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <label for="inspector-message">{draft.as === 'text' ? 'Message' : 'Bytes, in hex'}</label>
        <input
          id="inspector-message"
          type="text"
          autocomplete="off"
          spellcheck={false}
          value={draft.text}
          aria-invalid={problem !== ''}
          aria-describedby="inspector-problem"
          onInput={(event) => setDraft({ ...draft, text: event.currentTarget.value })}
        />
        <button type="submit" class="primary" disabled={!open}>
          Send
        </button>
        {connection === 'closed' && source !== undefined && (
          <button type="button" onClick={() => source.connect()}>
            Connect again
          </button>
        )}
      </form>
      <p id="inspector-problem" class="send-problem" role="alert">
        {problem}
      </p>
      <details class="send-more">
        <summary>Send bytes or a long payload, or close</summary>
        <SendOptions draft={draft} onChange={setDraft} />
        <CloseForm open={open} source={source} />
        <p class="send-aside">
          There is no button for a ping: JavaScript has no call that sends one, and no event that tells of one. Only the
          server’s pings, and your browser’s answers, may show up in the list.
        </p>
      </details>
    </div>
  );
}

function SendOptions({ draft, onChange }: { readonly draft: Draft; readonly onChange: (draft: Draft) => void }) {
  return (
    <div class="send-options">
      <label>
        Send as{' '}
        <select
          value={draft.as}
          onChange={(event) => onChange({ ...draft, as: event.currentTarget.value === 'binary' ? 'binary' : 'text' })}
        >
          <option value="text">text</option>
          <option value="binary">binary, typed as hex</option>
        </select>
      </label>
      <label>
        Payload{' '}
        <select
          value={String(draft.byteLength ?? '')}
          onChange={({ currentTarget: { value } }) =>
            onChange({ ...draft, byteLength: value === '' ? undefined : Number(value) })
          }
        >
          <option value="">as typed</option>
          {PAYLOAD_LENGTHS.map((length) => (
            <option key={length} value={length}>
              repeated to {countBytes(length)}
            </option>
          ))}
        </select>
      </label>
    </div>
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
        Close
      </button>
    </form>
  );
}
