import { useEffect, useMemo, useReducer, useState } from 'preact/hooks';
import { findCompanion } from '../base/link/find-companion.ts';
import { FrameList } from '../base/panes/FrameList.tsx';
import { OpenedFrame } from '../base/panes/OpenedFrame.tsx';
import { EventQueue } from '../base/source/event-queue.ts';
import { Tap } from '../base/source/tap.ts';
import { EMPTY_STREAM, openDump, reduceStream } from './stream-model.ts';
import { ownToken } from './token.ts';

type Link = { readonly state: 'example' | 'live' } | { readonly state: 'lost'; readonly why: string };

/** Everything that the connections of this page send and receive, as the companion records it. */
export default function Stream() {
  const [state, dispatch] = useReducer(reduceStream, EMPTY_STREAM);
  const [link, setLink] = useState<Link>({ state: 'example' });
  const [attempt, setAttempt] = useState(0);
  const [token, setToken] = useState('');
  useEffect(() => {
    const own = ownToken();
    setToken(own);
    let tap: Tap | undefined;
    let isOver = false;
    const queue = new EventQueue((events) =>
      dispatch({
        type: 'heard',
        messages: events.flatMap((event) => (event.type === 'wire' ? [event.message] : [])),
      }),
    );
    const lost = (why: string): void => setLink({ state: 'lost', why });
    void findCompanion().then(({ found, why }) => {
      if (isOver) return;
      if (!found) return lost(`${why} Start our server with npm start, and open this page there.`);
      dispatch({ type: 'clear' });
      tap = new Tap(
        {
          opened: () => setLink({ state: 'live' }),
          heard: (message) => queue.push({ type: 'wire', message }),
          lost,
        },
        own,
      );
    });
    return () => {
      isOver = true;
      tap?.close();
    };
  }, [attempt]);
  const dump = useMemo(() => openDump(state), [state.openId, state.log]);
  const { log, held, openId } = state;
  return (
    <section class="figure wide experiments-stream" aria-labelledby="stream-title" data-pagefind-ignore>
      <header class="figure-bar">
        <h3 class="figure-title" id="stream-title">
          Your connections, live
        </h3>
        <p class="badge" data-state={link.state} role="status">
          <span>
            {link.state === 'live'
              ? 'live: the server is watching'
              : link.state === 'lost'
                ? 'no server'
                : 'not watching yet'}
          </span>
        </p>
      </header>
      <div class="figure-body">
        {link.state === 'lost' && (
          <p class="verdict">
            {link.why}{' '}
            <button type="button" onClick={() => setAttempt(attempt + 1)}>
              Try again
            </button>
          </p>
        )}
        <FrameList
          title="What happened, in order"
          entries={log.entries}
          dropped={log.dropped}
          held={held?.length}
          openId={openId}
          wireOnly
          onOpen={(id) => dispatch({ type: 'open', id })}
          onTogglePause={() => dispatch({ type: 'togglePause' })}
          onClear={() => dispatch({ type: 'clear' })}
        />
        <OpenedFrame dump={dump} title="This frame:" note="Run an experiment, then pick a row: its frame opens here." />
      </div>
      <footer class="figure-note">
        The server on your machine recorded these bytes. Each connection begins with a request.{' '}
        <a href={`/inspector/#watch=${token}`}>See them in the inspector</a>, one tab for each connection.
      </footer>
    </section>
  );
}
