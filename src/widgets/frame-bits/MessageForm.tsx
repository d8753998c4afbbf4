import type { Draft, Sender } from '../base/own-frames/message.ts';

interface Props {
  readonly draft: Draft;
  readonly show: Sender;
  readonly ready: boolean;
  readonly onChange: (draft: Draft) => void;
  readonly onSend: (draft: Draft) => void;
  readonly onShow: (sender: Sender) => void;
}

const MAX_TEXT_LENGTH = 200;
const KINDS = ['text', 'binary'] as const;
const SENDERS = [
  { sender: 'client', label: 'your browser’s' },
  { sender: 'server', label: 'the server’s echo' },
] as const;

/** The reader's message, and which of its frames is shown: the browser's, or the server's echo. */
export function MessageForm({ draft, show, ready, onChange, onSend, onShow }: Props) {
  return (
    <form
      class="message-form needs-js"
      onSubmit={(event) => {
        event.preventDefault();
        onSend(draft);
      }}
    >
      <p class="message-line">
        <label for="frame-bits-message">Message</label>
        <input
          id="frame-bits-message"
          type="text"
          autocomplete="off"
          spellcheck={false}
          maxLength={MAX_TEXT_LENGTH}
          value={draft.text}
          onInput={(event) => onChange({ ...draft, text: event.currentTarget.value })}
        />
        <button type="submit" disabled={!ready}>
          Send
        </button>
      </p>
      <fieldset>
        <legend>Send it as</legend>
        {KINDS.map((as) => (
          <label key={as}>
            <input
              type="radio"
              name="frame-bits-as"
              checked={draft.as === as}
              onChange={() => {
                onChange({ ...draft, as });
                if (ready) onSend({ ...draft, as });
              }}
            />
            {as}
          </label>
        ))}
      </fieldset>
      <fieldset>
        <legend>Show the frame</legend>
        {SENDERS.map(({ sender, label }) => (
          <label key={sender}>
            <input
              type="radio"
              name="frame-bits-show"
              checked={show === sender}
              disabled={!ready}
              onChange={() => onShow(sender)}
            />
            {label}
          </label>
        ))}
      </fieldset>
    </form>
  );
}
