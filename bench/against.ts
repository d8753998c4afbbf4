import { acceptRows } from './accept.ts';
import { DECODED, decodingSide, framelightReceiver } from './decode.ts';
import { BROADCASTS, ECHOED } from './echo.ts';
import { ENCODED, encodingSide, framelightSender } from './encode.ts';
import { loadBuild, type OtherBuild } from './other-build.ts';
import { prepareTraffic, type ServerChoice, type Traffic } from './over-loopback.ts';
import type { Goal, Row } from './row.ts';
import type { ClientStream } from './streams.ts';
import { CODEC_WARM_UP } from './timing.ts';

/** No slower, within the noise of a run. */
const AS_FAST: Goal = { atLeast: 0.9 };
/** The goal compared with the receiver that the pages had before there was one receiver. */
const FASTER: Goal = { atLeast: 1.3 };
const AS_SMALL: Goal = { atMost: 1.1 };

/** The rows that are compared with the receiver of the pages. */
const SMALL = ['text 5 B', 'text 125 B', '125 B cut into 7 B'];

/** The rows with another build of this project in place of the peer: they show what has become faster or slower. */
export function rowsAgainst(folder: string): readonly Row[] {
  const servers: readonly ServerChoice[] = [
    { kind: 'framelight', name: 'this' },
    { kind: 'framelight', name: 'other', folder },
  ];
  const traffic = (group: string, name: string, sent: Traffic): Row => ({
    group,
    name: `${group} ${name}`,
    unit: 'messages/s',
    goal: AS_FAST,
    prepare: () => prepareTraffic(servers, sent),
  });
  return [
    ...DECODED.map(([name, , streamOf]) => decodeRow(folder, `decode ${name}`, AS_FAST, 'serverReceiver', streamOf)),
    ...DECODED.filter(([name]) => SMALL.includes(name)).map(([name, , streamOf]) =>
      decodeRow(folder, `decode ${name}, its pages`, FASTER, 'pageReceiver', streamOf),
    ),
    ...ENCODED.map(([name, byteLength, masked]) => encodeRow(folder, name, byteLength, masked)),
    ...ECHOED.map(([name, , sent]) => traffic('echo', name, sent)),
    ...BROADCASTS.map(([name, , sent]) => traffic('broadcast', name, sent)),
    ...acceptRows(servers, [AS_FAST, AS_SMALL]),
  ];
}

function decodeRow(
  folder: string,
  name: string,
  goal: Goal,
  receiver: Exclude<keyof OtherBuild, 'sender'>,
  streamOf: () => ClientStream,
): Row {
  return {
    group: 'codec',
    name,
    unit: 'messages/s',
    goal,
    apart: ['this', 'other'],
    warmUp: CODEC_WARM_UP,
    async prepare() {
      const stream = streamOf();
      const other = await loadBuild(folder);
      return {
        sides: [decodingSide('this', stream, framelightReceiver), decodingSide('other', stream, other[receiver])],
      };
    },
  };
}

function encodeRow(folder: string, name: string, byteLength: number, masked: boolean): Row {
  return {
    group: 'codec',
    name: `encode ${name}`,
    unit: 'messages/s',
    goal: AS_FAST,
    apart: ['this', 'other'],
    warmUp: CODEC_WARM_UP,
    async prepare() {
      const other = await loadBuild(folder);
      return {
        sides: [
          encodingSide('this', byteLength, masked, framelightSender),
          encodingSide('other', byteLength, masked, other.sender),
        ],
      };
    },
  };
}
