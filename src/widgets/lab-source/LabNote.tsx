import type { Companion } from './use-companion.ts';

interface Props {
  readonly companion: Companion;
  /** What the worked example is, before JavaScript has had its say. */
  readonly example: string;
}

/** What the figure's badge means, and how to come to another. */
export function LabNote({ companion, example }: Props) {
  const { link, look, simulate } = companion;
  if (link.state === 'example' || link.state === 'looking') return <footer class="figure-note">{example}</footer>;
  if (link.state === 'live') {
    return (
      <footer class="figure-note">
        Your browser and the companion on {link.host} did this to each other; the companion recorded it off its socket.
      </footer>
    );
  }
  return (
    <footer class="figure-note">
      {link.why}{' '}
      {link.state === 'simulated' && (
        <>
          Both ends run inside this page, in simulated time. For your browser’s own bytes, start the companion with{' '}
          <code>npm start</code> and open <code>http://localhost:8080</code>.{' '}
        </>
      )}
      <button type="button" onClick={look}>
        Look again
      </button>{' '}
      {link.state === 'lost' && (
        <button type="button" onClick={simulate}>
          Go on simulated
        </button>
      )}
    </footer>
  );
}
