import './recorded-endings.css';
import { useRef, useState } from 'preact/hooks';
import { escapeUnseen } from '../../text/quote-text.ts';
import type { RecordedEndings as Endings, RecordedEnding } from './read-endings.ts';

type State =
  | { readonly phase: 'empty' }
  | { readonly phase: 'reading'; readonly name: string }
  | { readonly phase: 'problem'; readonly name: string; readonly problem: string }
  | { readonly phase: 'read'; readonly name: string; readonly found: Endings };

/** Takes a recording, in the page alone, and says why each of its connections ended. */
export default function RecordedEndings() {
  const [state, setState] = useState<State>({ phase: 'empty' });
  const [over, setOver] = useState(false);
  // A second file can be chosen while the first one is read: only the latest is shown.
  const latest = useRef(0);
  const open = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    latest.current++;
    const own = latest.current;
    const { name } = file;
    setState({ phase: 'reading', name });
    const found = await read(file, () => own !== latest.current);
    if (own !== latest.current) return;
    setState('problem' in found ? { phase: 'problem', name, ...found } : { phase: 'read', name, found });
  };
  return (
    <section
      class="figure wide recorded-endings"
      id="recording"
      aria-labelledby="recording-title"
      data-pagefind-ignore
      data-over={over ? '' : undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void open(event.dataTransfer?.files[0]);
      }}
    >
      <header class="figure-bar">
        <h2 class="figure-title" id="recording-title">
          Why did these connections end?
        </h2>
      </header>
      <div class="figure-body">
        <p class="recorded-choose">
          <label class="button needs-js">
            <input
              class="visually-hidden"
              type="file"
              onChange={({ currentTarget }) => {
                const chosen = currentTarget.files?.[0];
                currentTarget.value = '';
                void open(chosen);
              }}
            />
            Choose a recording
          </label>{' '}
          or drop one here: a capture (pcap, pcapng), a HAR file, a NetLog, a log or a dump.
        </p>
        <div role="status">
          {state.phase === 'reading' && <p>Reading {escapeUnseen(state.name)}…</p>}
          {state.phase === 'problem' && (
            <p class="verdict" data-tone="danger">
              {escapeUnseen(`${state.name}: ${state.problem}`)}
            </p>
          )}
          {state.phase === 'read' && (
            <p class="recorded-form">
              {escapeUnseen(state.name)}, read as {state.found.form}: {state.found.endings.length + state.found.more}{' '}
              {state.found.endings.length + state.found.more === 1 ? 'connection' : 'connections'}.
            </p>
          )}
        </div>
        {state.phase === 'read' && (
          <ol class="recorded-list plain-list">
            {state.found.endings.map((ending) => (
              <EndingRow key={ending.connection} ending={ending} />
            ))}
            {state.found.more > 0 && <li>And {state.found.more} more.</li>}
          </ol>
        )}
      </div>
      <footer class="figure-note">
        This page reads the file and sends it nowhere. On the command line, the same is:{' '}
        <code>npm run -s framelight -- open FILE</code>
      </footer>
    </section>
  );
}

function EndingRow({ ending }: { readonly ending: RecordedEnding }) {
  const { connection, path, sentence, cause, closeEvent } = ending;
  return (
    <li>
      <p>
        <strong>
          #{connection} {escapeUnseen(path)}
        </strong>{' '}
        <a href={`#${cause}`}>{cause}</a>
      </p>
      <p class="recorded-sentence">{escapeUnseen(sentence)}</p>
      {closeEvent !== undefined && (
        <p class="recorded-told">
          A page gets code {closeEvent.code}, wasClean {String(closeEvent.wasClean)}. {escapeUnseen(closeEvent.why)}
        </p>
      )}
    </li>
  );
}

/** The page draws between pieces; after this much work at the latest. */
const MAX_WORK_MS = 30;
/** In bytes. */
const PIECE = 64 * 1024;

async function read(file: File, isOld: () => boolean): Promise<Endings | { readonly problem: string }> {
  const { readEndings } = await import('./read-endings.ts');
  let startedMs = performance.now();
  const rest = async (): Promise<void> => {
    if (isOld()) throw new Error('Another file was chosen.');
    if (performance.now() - startedMs < MAX_WORK_MS) return;
    await new Promise((done) => setTimeout(done));
    startedMs = performance.now();
  };
  try {
    return await readEndings(piecesOf(file), file.name, rest);
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

async function* piecesOf(file: File): AsyncGenerator<Uint8Array, void, undefined> {
  for (let start = 0; start < file.size; start += PIECE) {
    yield new Uint8Array(await file.slice(start, start + PIECE).arrayBuffer());
  }
}
