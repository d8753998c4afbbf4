import { WEBSOCKET_GUID } from '../../protocol/handshake/accept/accept-key.ts';
import { join, type WrongWay } from './step.ts';

const START = WEBSOCKET_GUID.slice(0, 19);

/** How the GUID ends in public programs that have it wrong. */
const SEEN_ENDINGS = [
  '95CA-5AB5DC11BE85',
  '95CA-5AB0DC85B11F',
  '95CA-C5B5DA8F6B11',
  '95CA-C5AB0DC85B1',
  '95CA-5AB0DC85B11D',
  '95CA-5AB5DC11B85A',
  '95CA-C5AB5DC85B11',
  '95CA-5AB9DC11B5AB',
  '95CA-5AB53ADF711E2',
];

function mistyped(guid: string, title: string): WrongWay {
  return {
    name: 'guid-mistyped',
    title,
    cause: `The server has ${guid} as the GUID: it was typed from memory, or copied from a program that has it wrong.`,
    fix: `Copy the GUID from RFC 6455 §1.3: ${WEBSOCKET_GUID}`,
    make: () => join(guid),
  };
}

/** Every GUID with a mistake of typing: those seen in public programs, then every slip of one character. */
export function* mistypedGuids(): Generator<WrongWay, void, undefined> {
  for (const ending of SEEN_ENDINGS) yield mistyped(START + ending, 'The GUID is mistyped');
  const guid = WEBSOCKET_GUID;
  for (let i = 0; i < guid.length; i++) {
    const [before, at, after] = [guid.slice(0, i), guid.charAt(i), guid.slice(i + 1)];
    const place = `character ${i + 1}`;
    yield mistyped(before + after, `The GUID is mistyped: ${place} is missing`);
    yield mistyped(before + at + at + after, `The GUID is mistyped: ${place} is there twice`);
    const next = after.charAt(0);
    if (next !== '' && next !== at)
      yield mistyped(
        before + next + at + after.slice(1),
        `The GUID is mistyped: characters ${i + 1} and ${i + 2} are swapped`,
      );
    for (const other of '0123456789ABCDEFOIl-_')
      if (other !== at) yield mistyped(before + other + after, `The GUID is mistyped: ${place} is ${other}, not ${at}`);
  }
}
