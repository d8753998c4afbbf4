import { formatNumber } from '../../text/count.ts';
import './watch.css';
import { CopyButton } from '../base/CopyButton.tsx';
import { watchedAddress } from './address.ts';
import { ConnectionPanes } from './ConnectionPanes.tsx';
import { MAX_CONNECTIONS, nameOf, selectedOf, standingOf, type WatchLink, type WatchState } from './model.ts';
import { Snippets } from './Snippets.tsx';
import { Tabs } from './Tabs.tsx';
import { useWatch } from './use-watch.ts';

/** Shown until the page runs, and where no server is known. */
const SOME_PLACE = { protocol: 'http:', host: 'localhost:8080' };
/** As long as a token of the page's own, and as easy to break: nothing moves when that takes its place. */
const SOME_TOKEN = 'yourOwn16to64lettersOrDigitsHere';

/** The reader's own client, watched: an address to connect to, and a tab for each connection. */
export default function Watch() {
  const { state, dispatch, token, renew, look } = useWatch();
  const { link, connections } = state;
  const selected = selectedOf(state);
  const isHere = token !== undefined && link.state !== 'gone';
  const address = watchedAddress(isHere ? location : SOME_PLACE, token ?? SOME_TOKEN);
  return (
    <section class="figure wide watch" aria-labelledby="watch-title" data-pagefind-ignore>
      <header class="figure-bar">
        <h2 class="figure-title" id="watch-title">
          Connect to this address
        </h2>
        <WatchBadge link={link} look={look} />
      </header>
      <div class="figure-body">
        {link.state === 'gone' && (
          <p class="verdict">
            {link.why} Start our server with <code>npm start</code>, then open{' '}
            <code>http://localhost:8080/inspector/</code>. What was seen so far stays here.
          </p>
        )}
        <div class="watch-address">
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <code tabIndex={0}>{address}</code>
          <span class="watch-buttons needs-js">
            <CopyButton key={address} label="Copy address" text={address} />
            <button type="button" onClick={renew}>
              New address
            </button>
          </span>
        </div>
        <p class="watch-hint">
          The server sends back every message that it receives here. The last part is a token of your own: this page
          shows the connections that carry it, and no others.
        </p>
        <Snippets address={address} />
        <Waiting state={state} />
        {selected !== undefined && (
          <div class="watch-connections">
            <Tabs
              name="Connections"
              prefix="connection"
              tabs={connections.map((watched) => ({
                id: String(watched.number),
                label: <TabLabel watched={watched} />,
              }))}
              selected={String(selected.number)}
              onSelect={(id) => dispatch({ type: 'select', number: Number(id) })}
            >
              <ConnectionPanes key={selected.number} watched={selected} dispatch={dispatch} />
            </Tabs>
            <p class="watch-kept">
              {state.forgotten > 0 && (
                <span>
                  {formatNumber(state.forgotten)} older connections are no longer shown: this page keeps{' '}
                  {MAX_CONNECTIONS}.
                </span>
              )}
              {connections.some((watched) => standingOf(watched).state === 'ended') && (
                <button type="button" onClick={() => dispatch({ type: 'forgetEnded' })}>
                  Remove ended connections
                </button>
              )}
            </p>
          </div>
        )}
      </div>
      <footer class="figure-note">
        The server on your machine recorded these bytes at its socket. They went nowhere else, and the token stays in
        the part of the page’s address that no browser sends.
      </footer>
    </section>
  );
}

function TabLabel({ watched }: { readonly watched: Parameters<typeof nameOf>[0] }) {
  const { state, text } = standingOf(watched);
  return (
    <>
      <span class="tab-dot" data-state={state} aria-hidden="true" />
      {nameOf(watched)} <span class="tab-state">{text}</span>
    </>
  );
}

function WatchBadge({ link, look }: { readonly link: WatchLink; readonly look: () => void }) {
  const texts = {
    looking: ['example', 'looking for the server'],
    watching: ['live', 'live: the server is watching'],
    gone: [
      'lost',
      link.state === 'gone' && link.waitMs !== undefined
        ? `no server: trying again in ${link.waitMs / 1000} s`
        : 'no server',
    ],
  } as const;
  const [state, text] = texts[link.state];
  return (
    <div class="stage-badge">
      <p class="badge" data-state={state} role="status">
        <span key={text}>{text}</span>
      </p>
      {link.state === 'gone' && (
        <button type="button" onClick={look}>
          Reconnect
        </button>
      )}
    </div>
  );
}

/** What the page does while nothing is connected, and how many are. */
function Waiting({ state: { link, connections } }: { readonly state: WatchState }) {
  const open = connections.filter((watched) => standingOf(watched).state !== 'ended').length;
  const text =
    link.state !== 'watching'
      ? 'Not watching yet.'
      : open > 0
        ? `${open} ${open === 1 ? 'connection is' : 'connections are'} open.`
        : connections.length > 0
          ? 'All connections have ended. Waiting for the next one…'
          : 'Waiting for a connection…';
  return (
    <p class="watch-waiting needs-js" role="status">
      <span class="watch-pulse" data-on={link.state === 'watching' || undefined} aria-hidden="true" />
      {text}
    </p>
  );
}
