/** One experiment, as the page describes it. */
export interface RecipeWords {
  /** The name of its file in src/widgets/experiments/recipes. */
  readonly id: string;
  readonly title: string;
  readonly kind: 'useful' | 'weird';
  /** What to do besides running the code, if anything. */
  readonly steps?: string;
  readonly see: string;
  readonly why: string;
  /** A section of RFC 6455, or another RFC's written out. */
  readonly section: string;
  /** What another browser is known to do, from a recording of it; `act` is the row in that recording. */
  readonly firefox?: { readonly act: string };
}

/** The experiments, in the order of the page. */
export const RECIPES: readonly RecipeWords[] = [
  {
    id: 'lie-about-the-end',
    title: 'Make your browser lie about why it closed',
    kind: 'weird',
    see: 'In Chromium, your script gets 1006: no close frame arrived. But the stream below shows that your browser itself closed with 1002, and gave the reason in words.',
    why: 'The server sent a masked frame, which only clients may send. A browser tells a page almost nothing about a broken rule, so that no page can explore a private network with sockets.',
    section: '7.1.7',
    firefox: { act: 'masked-frame' },
  },
  {
    id: 'never-ending-message',
    title: 'Send a message that never ends',
    kind: 'weird',
    see: 'Twelve fragments go to the server, and none of them is the last. The server answers the ping in the middle, and never echoes anything: the message is still arriving.',
    why: 'Only the FIN bit ends a message. Control frames may come between fragments, so the connection looks healthy all the time. Our server keeps what has arrived up to a limit of bytes and fragments; a server without limits keeps it until its memory is full.',
    section: '5.4',
  },
  {
    id: 'who-still-holds-a-socket',
    title: 'See which of your tabs still holds a socket',
    kind: 'useful',
    steps: 'Open the home page or a chapter in another tab first. Run this, close that tab, and run it again.',
    see: 'One line for each connection that is open right now, with its path and port. The connection that belonged to the closed tab is gone.',
    why: 'The tap of our server reports every connection, whichever page holds it. It works only on your own machine. In production, count connections in the server: a page cannot list the sockets of other tabs.',
    section: '7.1.4',
  },
  {
    id: 'the-frozen-page',
    title: 'Freeze a page that still looks alive',
    kind: 'useful',
    steps: 'The page freezes for two seconds on purpose.',
    see: 'The pong arrives long before the page wakes up.',
    why: 'The browser answers pings outside of your script. So a pong shows that the browser is alive, but not your program. To know that the page itself works, send a message and let its script answer.',
    section: '5.5.2',
  },
  {
    id: 'a-ping-nobody-hears',
    title: 'Send five pings that no script hears',
    kind: 'weird',
    see: 'Your script gets no event. The stream below shows five pings, and your browser’s pongs.',
    why: 'The interface of browsers has no event for pings and pongs, and no way to send them. So only the server can keep a connection alive with pings.',
    section: '5.5.3',
  },
  {
    id: 'a-code-that-nobody-may-send',
    title: 'Get a close code that nobody may send',
    kind: 'weird',
    see: 'The page gets 999 and a clean close. No such code exists.',
    why: 'The RFC has no codes below 1000, and a receiver may fail the connection. Do not expect only codes that you know.',
    section: '7.4.2',
    firefox: { act: 'close-999' },
  },
  {
    id: 'codes-you-may-not-use',
    title: 'Ask for the close codes that you may not use',
    kind: 'useful',
    see: 'A page may close with 1000 and with 3000 to 4999. For any other code, close() throws before anything is sent.',
    why: 'The codes from 1001 to 2999 belong to the protocol and to extensions. The ones from 4000 to 4999 are yours: use them to say what happened, and document them.',
    section: '7.4.2',
  },
  {
    id: 'a-fox-too-many',
    title: 'Say goodbye with one fox too many',
    kind: 'useful',
    see: 'Thirty foxes can be sent as a reason, and thirty-one throw a SyntaxError.',
    why: 'A reason has at most 123 bytes, because a control frame has at most 125 and the code takes two. The limit counts bytes of UTF-8, and a fox has four of them. Cut a reason before you send it.',
    section: '5.5',
  },
  {
    id: 'half-a-fox',
    title: 'Send half a fox',
    kind: 'weird',
    see: 'The character that comes back is not the one that you sent.',
    why: 'A JavaScript string can hold half of a character. UTF-8 cannot, so the browser replaces it with U+FFFD before it sends. If you shorten strings, cut between characters.',
    section: '8.1',
  },
  {
    id: 'goodbye-and-lose-the-answer',
    title: 'Say goodbye and lose the answers',
    kind: 'useful',
    see: 'The server got all three messages and echoed them, as the stream below shows. Your script heard none of them.',
    why: 'What you sent before close() still goes out. But after close(), a page gets no more messages. If you need the answers, wait for them before you close.',
    section: '7.1.2',
  },
  {
    id: 'talk-to-the-dead',
    title: 'Talk to a closed socket',
    kind: 'useful',
    see: 'send() does not complain. Only bufferedAmount grows, and it never falls again.',
    why: 'The interface throws only while the socket is still connecting. Later, it silently drops a message that cannot be sent. So look at readyState, or queue messages yourself until the next connection is open.',
    section: '7.1.4',
  },
  {
    id: 'the-buffer-that-never-empties',
    title: 'Watch bufferedAmount stand still',
    kind: 'useful',
    see: 'A million bytes are buffered right after send(), and still 300 ms later. When the echo arrives, the number is 0.',
    why: 'A page sees this number change only between its tasks. A loop that waits for 0 never ends. Check it in a timer, and send less while it is high.',
    section: '6.1',
  },
  {
    id: 'close-before-it-opens',
    title: 'Close a socket before it opens',
    kind: 'weird',
    see: 'An error, then 1006, without your code and reason.',
    why: 'Without an open connection there is no close frame to put them in. Components that are mounted and unmounted at once often do this. It explains many 1006s in logs.',
    section: '7.1.5',
  },
  {
    id: 'odd-addresses',
    title: 'Connect to odd addresses',
    kind: 'useful',
    see: 'Some addresses throw a SyntaxError. A path alone and an http: address become a ws: address.',
    why: 'The standard for browsers now takes http: and https: too, and paths relative to the page. A fragment after # is an error, because no server would ever see it.',
    section: '3',
  },
  {
    id: 'names-nobody-speaks',
    title: 'Offer a language that nobody speaks',
    kind: 'useful',
    see: 'Names that are repeated or have a space throw at once. A valid name that the server does not choose ends in an error, without a reason.',
    why: 'If a page names subprotocols and the server chooses none, browsers fail the connection. The RFC would let it open. This is a common surprise with a server that ignores the header.',
    section: '4.1',
  },
  {
    id: 'text-or-bytes',
    title: 'Change your mind about bytes',
    kind: 'useful',
    see: 'A text is always a string. Bytes are a Blob or an ArrayBuffer, and you can switch from one message to the next.',
    why: 'The opcode says text or binary, and binaryType says how your script wants the second. Set it before the first message: a Blob gives you its bytes only later.',
    section: '5.6',
  },
  {
    id: 'the-frame-that-took-it-along',
    title: 'Throw away the page under a socket',
    kind: 'weird',
    see: 'The script gets no event. The server gets 1001, going away.',
    why: 'A socket belongs to the page, here a small frame in this one, that created it. If you remove that page, the browser closes the socket, and no script is left to notice. So no page can send a last message from onclose.',
    section: '7.4.1',
  },
  {
    id: 'run-out-of-sockets',
    title: 'Run out of sockets',
    kind: 'weird',
    steps: 'This opens up to 300 connections to your own server, and closes them. It takes a few seconds.',
    see: 'Not all of them open. Each of the others fires an error event that does not say why.',
    why: 'Browsers limit how many sockets may be open at once. Also, the RFC allows only one to be connecting to an address at a time. Share one connection between parts of a page, and let tabs share one through a worker.',
    section: '4.1',
  },
];
