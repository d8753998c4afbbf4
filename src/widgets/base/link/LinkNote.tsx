import { badgeOf, type Link } from './link.ts';

/** Says where the figure's bytes come from. A new text is a new element, so that no old one moves. */
export function LinkBadge({ link }: { readonly link: Link }) {
  const { state, text } = badgeOf(link);
  return (
    <p class="badge" data-state={state} role="status">
      <span key={text}>{text}</span>
    </p>
  );
}

interface Props {
  readonly link: Link;
  /** Looks for the companion now. */
  readonly look: () => void;
  readonly simulate: () => void;
  /** The note before JavaScript has run. */
  readonly example?: string;
  /** The notes with the companion, and without it. */
  readonly live?: string;
  readonly simulated?: string;
}

const EXAMPLE =
  'The RFC’s own example (§5.7): “Hello” from a client, and its echo. With JavaScript on, you type your own.';
const LIVE = 'Your browser made these bytes, and the companion recorded them at its socket. They went nowhere else.';
const SIMULATED = 'Both ends run inside this page, on the same protocol code as the companion.';

/** Explains the badge, and offers to look for the companion or to simulate it. */
export function LinkNote({ link, look, simulate, example = EXAMPLE, live = LIVE, simulated = SIMULATED }: Props) {
  if (link.state === 'live') return <footer class="figure-note">{live}</footer>;
  if (link.state === 'example' || link.state === 'looking') return <footer class="figure-note">{example}</footer>;
  const lost = link.state === 'lost';
  return (
    <footer class="figure-note figure-link">
      <span>
        {link.why}{' '}
        {lost ? (
          'What came before stays readable.'
        ) : (
          <>
            {simulated} For a real connection, start the companion with <code>npm start</code> and open{' '}
            <code>http://localhost:8080</code>.
          </>
        )}
      </span>
      <button type="button" onClick={look}>
        Look again
      </button>
      {lost && (
        <button type="button" onClick={simulate}>
          Use the simulation
        </button>
      )}
    </footer>
  );
}
