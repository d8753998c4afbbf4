import type { Link } from '../inspector/link.ts';

interface Props {
  readonly link: Link;
  readonly browser: string;
  readonly look: () => void;
}

/** Whose reactions the first column holds, and how to come to one's own. */
export function RunNote({ link, browser, look }: Props) {
  if (link.state === 'live') {
    return (
      <footer class="figure-note">
        The companion on {link.host} misbehaves towards this browser, {browser}, on connections of their own, and
        records what it answers. The results are kept in this browser until you have it forget them.
      </footer>
    );
  }
  if (link.state === 'simulated' || link.state === 'lost') {
    return (
      <footer class="figure-note break-note">
        <span>
          {link.why}{' '}
          {link.state === 'simulated' &&
            'In the first column our own client stands in your browser’s place, and both ends run inside this page. '}
          To see what your browser does, start the companion with <code>npm start</code> and open{' '}
          <code>http://localhost:8080</code>.
        </span>
        <button type="button" onClick={look}>
          Look again
        </button>
      </footer>
    );
  }
  return (
    <footer class="figure-note">
      What was recorded of two browsers. With JavaScript on, and the companion running, the first column is your own.
    </footer>
  );
}
