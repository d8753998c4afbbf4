import type { Cause, Told } from '../cause.ts';
import { firstClose, type Side } from '../story.ts';
import { nameSide, nameSideFirst, sayClose } from '../words.ts';

interface CodeCause extends Omit<Cause, 'find' | 'group' | 'evidence' | 'symptom'> {
  readonly codes: readonly [from: number, to: number];
  readonly likely: (side: Side) => string;
}

/** A cause that is told from the code of the first close frame alone. */
function ofCode({ codes: [from, to], likely, ...words }: CodeCause): Cause {
  const codes = from === to ? String(from) : `a code from ${from} to ${to}`;
  return {
    ...words,
    group: 'closed-with-code',
    symptom: `The close event has ${from === to ? `code ${codes}` : codes}.`,
    evidence: `The first close frame has ${codes}.`,
    find(story): Told | undefined {
      const close = firstClose(story);
      if (close?.statusCode === undefined || close.statusCode < from || close.statusCode > to) return undefined;
      return { evidence: `${nameSideFirst(close.side)} sent ${sayClose(close)} first.`, likely: likely(close.side) };
    },
  };
}

export const unsupportedData = ofCode({
  name: 'unsupported-data',
  title: 'A kind of message that the other side does not accept',
  codes: [1003, 1003],
  why: 'Some programs accept only text messages, or only binary ones.',
  likely: (side) => `${nameSideFirst(side)} accepts only text messages and got a binary one, or the other way round.`,
  fix: 'Send the other kind: a string for text, an ArrayBuffer or a Blob for binary.',
});

export const policyViolation = ofCode({
  name: 'policy-violation',
  title: 'A policy of the other side',
  codes: [1008, 1008],
  why: '1008 is the code for everything that has no code of its own. Servers send it for a missing or old token, too many messages, an origin that is not allowed, or a client that reads too slowly.',
  likely: (side) =>
    `A policy of ${nameSide(side)}: often a missing or expired token, or too many messages. The reason says which, if there is one.`,
  fix: 'Read the reason. If there is none, look into the log of the side that sent 1008.',
});

export const mandatoryExtension = ofCode({
  name: 'mandatory-extension',
  title: 'An extension that the client needs',
  codes: [1010, 1010],
  why: 'A client can insist on an extension that the server did not accept.',
  likely: () => 'The client needs an extension that the server did not agree to.',
  fix: 'Turn the extension on in the server, or make it optional in the client.',
});

export const internalError = ofCode({
  name: 'internal-error',
  title: 'An error in the other side’s program',
  codes: [1011, 1011],
  why: 'An exception that nobody caught, in most cases. python-websockets also sends 1011 with "keepalive ping timeout" if a pong is missing.',
  likely: (side) => `An exception was not caught in the program on ${nameSide(side)}’s side.`,
  fix: 'Look into the log of the side that sent 1011, at this time.',
});

export const tryAgainLater = ofCode({
  name: 'try-again-later',
  title: 'The server is overloaded',
  codes: [1013, 1013],
  why: 'A server that has too many connections or too little memory sends clients away for a while.',
  likely: (side) => `${nameSideFirst(side)} is overloaded, or has reached a limit of connections.`,
  fix: 'Connect again after a delay that is random and grows with each attempt.',
});

export const badGateway = ofCode({
  name: 'bad-gateway',
  title: 'A gateway lost the server behind it',
  codes: [1014, 1014],
  why: 'A gateway that speaks WebSocket itself sends 1014 if the server behind it fails.',
  likely: () => 'The server behind the gateway failed or could not be reached.',
  fix: 'Look into the log of the gateway, and check that the server behind it is running.',
});

export const libraryCode = ofCode({
  name: 'library-code',
  title: 'A code of a library',
  codes: [3000, 3999],
  why: 'Codes from 3000 to 3999 belong to libraries and frameworks. They mean what the documentation of the library says.',
  likely: (side) => `A library on ${nameSide(side)}’s side chose this code.`,
  fix: 'Look the code up in the documentation of the library, or in IANA’s registry of close codes.',
});

export const applicationCode = ofCode({
  name: 'application-code',
  title: 'A code of the application',
  codes: [4000, 4999],
  why: 'Codes from 4000 to 4999 are private. Your own program, or the service that you use, gives them their meaning. Many programs use 4401 and 4403 for what the HTTP statuses 401 and 403 mean.',
  likely: (side) => `The application on ${nameSide(side)}’s side chose this code.`,
  fix: 'Search its source or its documentation for the code.',
});
