import './broadcast.css';
import { useId, useState } from 'preact/hooks';
import { LinkBadge, LinkNote } from '../base/link/LinkNote.tsx';
import type { BroadcastEvent } from './events.ts';
import { type DeliveryView, type FrameRow, MAX_MEMBERS, presentDelivery, summarizeBroadcast } from './model.ts';
import { type BroadcastFigure, useBroadcast } from './use-broadcast.ts';

interface Props {
  /** One, or two that share one Redis. */
  readonly companions: 1 | 2;
  /** The worked example, computed when the site is built. */
  readonly example: readonly BroadcastEvent[];
}

const DEFAULT_SECOND_PORT = '8081';

/** Several members of one broadcast: one masked frame in, and the same unmasked frame out to each of them. */
export default function Broadcast({ companions, example }: Props) {
  const figure = useBroadcast(companions, example);
  const { state, companion, isLive, problem } = figure;
  const id = useId();
  const shown = companions === 1 || isLive ? companion.link : ({ state: 'simulated', why: '' } as const);
  return (
    <section class="figure wide broadcast" aria-labelledby={`${id}-title`} data-pagefind-ignore>
      <header class="figure-bar">
        <h3 class="figure-title" id={`${id}-title`}>
          {companions === 1 ? 'One message, to everybody' : 'Two companions, one broadcast'}
        </h3>
        <LinkBadge link={shown} />
      </header>
      <div class="figure-body">
        <Members figure={figure} companions={companions} />
        <SayForm figure={figure} />
        {companions === 1 ? <Crowd figure={figure} /> : <SecondForm figure={figure} />}
        {problem !== '' && (
          <p class="verdict" data-tone="danger" role="alert">
            {problem} Start a second one with another port, and both with the same <code>--pubsub</code>. Until then,
            both are simulated.
          </p>
        )}
        <ol class="broadcast-deliveries plain-list">
          {state.deliveries.map((delivery) => (
            <DeliveryRow key={delivery.id} view={presentDelivery(delivery, state.members)} />
          ))}
        </ol>
        <p class="verdict" role="status">
          {summarizeBroadcast(state)}
        </p>
      </div>
      {companions === 1 ? (
        <LinkNote
          {...{ link: companion.link, look: companion.look, simulate: companion.simulate }}
          example="A worked example: A says Hello. With JavaScript on, say something yourself."
          live="The members are WebSockets of your page. The companion recorded the bytes at its sockets."
          simulated="The companion and all members are inside this page."
        />
      ) : (
        <footer class="figure-note">
          {isLive
            ? 'The bytes are those of the first companion. The second shows its bytes to its own pages only.'
            : 'Simulated: both companions, their Redis and all members are inside this page.'}
        </footer>
      )}
    </section>
  );
}

function Members({ figure: { state }, companions }: { readonly figure: BroadcastFigure; readonly companions: 1 | 2 }) {
  const [newest] = state.deliveries;
  return (
    <div class="broadcast-servers">
      {Array.from({ length: companions }, (_, server) => (
        <div key={server} class="broadcast-server">
          <p class="broadcast-name">{companions === 1 ? 'The members' : `At companion ${server + 1}`}</p>
          <ul class="broadcast-members plain-list">
            {state.members
              .filter((member) => member.server === server)
              .map(({ name }) => (
                <li key={name} data-heard={newest?.heard.includes(name) || undefined}>
                  <b>{name}</b> {newest?.heard.includes(name) ? 'heard it' : 'waits'}
                </li>
              ))}
          </ul>
        </div>
      ))}
    </div>
  );
}

function SayForm({ figure: { state, say } }: { readonly figure: BroadcastFigure }) {
  const id = useId();
  const [text, setText] = useState('Hello');
  const [chosen, setChosen] = useState('A');
  const { members } = state;
  const sender = members.some(({ name }) => name === chosen) ? chosen : members[0]?.name;
  return (
    <form
      class="broadcast-form needs-js"
      onSubmit={(event) => {
        event.preventDefault();
        if (sender !== undefined) say(sender, text);
      }}
    >
      <label for={`${id}-sender`}>Sender</label>
      <select id={`${id}-sender`} value={sender ?? ''} onChange={(event) => setChosen(event.currentTarget.value)}>
        {members.map(({ name }) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
      <label for={`${id}-text`}>Message</label>
      <input
        id={`${id}-text`}
        type="text"
        autocomplete="off"
        spellcheck={false}
        maxLength={200}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <button type="submit" disabled={sender === undefined}>
        Send
      </button>
    </form>
  );
}

function Crowd({ figure: { state, add, remove } }: { readonly figure: BroadcastFigure }) {
  return (
    <p class="broadcast-buttons needs-js">
      <button type="button" disabled={state.members.length >= MAX_MEMBERS} onClick={add}>
        Add a member
      </button>
      <button type="button" disabled={state.members.length <= 1} onClick={remove}>
        Remove a member
      </button>
    </p>
  );
}

function SecondForm({ figure: { companion, connect, isLive } }: { readonly figure: BroadcastFigure }) {
  const id = useId();
  const [port, setPort] = useState(DEFAULT_SECOND_PORT);
  const isPort = /^\d{1,5}$/.test(port) && Number(port) > 0 && Number(port) <= 65_535;
  return (
    <form
      class="broadcast-form needs-js"
      onSubmit={(event) => {
        event.preventDefault();
        if (isPort) connect(Number(port));
      }}
    >
      <label for={`${id}-port`}>Port of your second companion</label>
      <input
        id={`${id}-port`}
        type="text"
        inputMode="numeric"
        autocomplete="off"
        value={port}
        aria-invalid={!isPort}
        onInput={(event) => setPort(event.currentTarget.value)}
      />
      <button type="submit" disabled={!isPort || companion.link.state !== 'live'}>
        {isLive ? 'Connect again' : 'Connect to both'}
      </button>
    </form>
  );
}

function DeliveryRow({ view: { title, read, written, heard, missing } }: { readonly view: DeliveryView }) {
  return (
    <li class="broadcast-delivery">
      <p class="broadcast-title">{title}</p>
      {read !== undefined && <Frame row={read} />}
      {written.map((row) => (
        <Frame key={row.words} row={row} />
      ))}
      <p class="broadcast-heard">
        onmessage: {heard === '' ? 'nobody yet' : heard}
        {missing.length > 0 && heard !== '' && `; not yet: ${missing.join(', ')}`}
      </p>
    </li>
  );
}

function Frame({ row: { words, parts } }: { readonly row: FrameRow }) {
  return (
    <p class="broadcast-frame">
      <span class="broadcast-way">{words}</span>{' '}
      <span class="broadcast-bytes">
        {parts.map(({ field, hex }) => (
          <span key={field}>
            <span class={`field-word field-${field}`}>{hex}</span>{' '}
          </span>
        ))}
      </span>
    </p>
  );
}
