import type { ListingCase } from './case.ts';
import { FRAME_CASES } from './frame-cases.ts';
import { REQUEST_CASES } from './request-cases.ts';

/** The mistakes in the life of a connection, and what the whole thing costs. */
const LIFE_CASES: readonly ListingCase[] = [
  {
    number: 18,
    topic: 'The end of a connection',
    title: 'It ends a connection in a variable that nobody reads',
    follows: 'A connection that the server has ended is still open, stays in the list, and gets every broadcast.',
    section: '7.1.4',
    question: 'The server ends the connection of A. Then B sends a message to everybody. Does A get it?',
    options: ['no', 'yes', 'it raises an exception'],
    right: 1,
    variants: [{ label: 'A ended, B talks', input: { kind: 'story', name: 'terminated' } }],
    look: 'Two names differ by an underscore, and Python creates a variable when you write to it. A table of states with a type cannot do that.',
  },
  {
    number: 19,
    topic: 'A dead socket',
    title: 'It catches every error in sending, and forgets it',
    follows: 'If a socket is dead, messages are lost without a word.',
    section: '7.1.5',
    question: 'A is gone: its TCP connection is dead. The server sends it a message. What does the program learn?',
    options: ['nothing', 'close code 1006', 'an exception'],
    right: 0,
    variants: [{ label: 'A is gone', input: { kind: 'story', name: 'gone' } }],
    look: 'An error in writing is an end like any other. The program must hear of it once, and the connection must go.',
  },
  {
    number: 20,
    topic: 'A slow reader',
    title: 'It keeps unsent messages without a limit',
    follows: 'One slow reader of a broadcast makes the server’s memory grow, for everybody.',
    section: '10.4',
    question: 'A stops reading. B broadcasts 60,000 bytes, a hundred times. How much does the listing keep for A?',
    options: ['at most one message', 'at most a limit', 'all of it'],
    right: 2,
    variants: [{ label: 'A stops reading', input: { kind: 'story', name: 'slow' } }],
    look: 'A sender that waits for a slow receiver needs a limit for each receiver. Past it, the receiver has to go, not the server.',
  },
  {
    number: 21,
    topic: 'The cost of a long message',
    title: 'It joins each read of 1,024 bytes to what it has, and unmasks byte by byte',
    follows: 'The cost grows with the square of the message: twice the length, four times the bytes copied.',
    question: 'A message becomes twice as long. How many more bytes does the listing copy for it?',
    options: ['about twice as many', 'about four times as many', 'about eight times as many'],
    right: 1,
    variants: [{ label: 'three lengths', input: { kind: 'cost', lengths: [16_384, 32_768, 65_528] } }],
    look: 'A buffer that is copied whole at each read is a square in disguise. An array that doubles when it is full copies each byte about once more.',
  },
  {
    number: 22,
    topic: 'Today’s Python',
    title: 'It is built on asyncore, which Python no longer has',
    follows: 'It does not start on Python 3.12 or newer.',
    question: 'You start the listing with today’s Python. What happens?',
    options: ['it runs', 'it runs, with a warning', 'it cannot import asyncore'],
    right: 2,
    variants: [{ label: 'python3', input: { kind: 'start' } }],
    look: 'asyncore was deprecated in Python 3.6 and removed in 3.12. Its place has been taken by asyncio.',
  },
];

/** The 22 mistakes of the 2011 listing, by their numbers. */
export const LISTING_CASES: readonly ListingCase[] = [...FRAME_CASES, ...REQUEST_CASES, ...LIFE_CASES];
