/** Something small to bring about in a figure. It is ticked off when the figure shows it, and kept with the progress. */
export interface Goal {
  /** Unique in its figure; kept in the reader's browser, so it never changes. */
  readonly id: string;
  /** A sentence that starts with a verb. */
  readonly text: string;
  /** A selector that finds something inside the figure as soon as the goal is reached, and nothing while it is at rest. */
  readonly when: string;
}

const bit = (index: number, value: 0 | 1) => `:has([data-bit="${index}"][aria-label^="${value},"])`;

/** The goals of each figure, by the name that its place in the chapter gives. */
export const GOALS: Readonly<Record<string, readonly Goal[]>> = {
  'echo-path': [
    {
      id: 'waits',
      text: 'Cut the frame so that the server keeps a part of its header and waits.',
      when: '.echo-read + .echo-read',
    },
  ],
  broadcast: [
    {
      id: 'four',
      text: 'Let four members hear one message.',
      when: '.broadcast-members li:nth-child(4)[data-heard]',
    },
  ],
  'slow-member': [{ id: 'closed', text: 'Make the server close C.', when: '.slow-row[data-closed]' }],
  life: [
    {
      id: 'half-open',
      text: 'Find the moment when the server is already open and the client is still connecting.',
      when: '.life-now:has([data-side="client"] [data-state="connecting"]):has([data-side="server"] [data-state="open"])',
    },
    {
      id: 'closed',
      text: 'Play the connection to its end.',
      when: '.life-now:has([data-side="client"] [data-state="closed"]):has([data-side="server"] [data-state="closed"])',
    },
  ],
  'polling-bytes': [
    {
      id: 'all-layers',
      text: 'Count every layer. Which one costs a polled message most?',
      when: '.polling-layers:not(:has(input:not(:checked)))',
    },
  ],
  'own-handshake': [
    {
      id: 'accept',
      text: 'Open the line with which the server proves that it speaks WebSocket.',
      when: '[data-line="response.sec-websocket-accept"][aria-expanded="true"]',
    },
    { id: 'again', text: 'Connect again and see which lines change.', when: '.own-changes[data-again="true"]' },
  ],
  'request-builder': [
    {
      id: 'refused',
      text: 'Change one part so that the server must refuse.',
      when: '.prediction:not([data-tone="ok"])',
    },
    {
      id: 'answer',
      text: 'Send a request that breaks a rule, and compare the real answer with the prediction.',
      when: '.builder-columns:has(.prediction:not([data-tone="ok"])) .builder-answer > *',
    },
  ],
  accept: [{ id: 'bad-key', text: 'Type a key that a server must refuse.', when: '#accept-key[aria-invalid="true"]' }],
  'accept-doctor': [
    {
      id: 'other-hash',
      text: 'Find the answer of a server that used another hash than SHA-1.',
      when: '[data-finding="md5"], [data-finding="sha-256"]',
    },
  ],
  'frame-bits': [
    {
      id: 'ping',
      text: 'Flip bits until the frame is a ping.',
      when: `.bit-grid${bit(4, 1)}${bit(5, 0)}${bit(6, 0)}${bit(7, 1)}`,
    },
    { id: 'more', text: 'Say that more fragments follow.', when: `.bit-grid${bit(0, 0)}` },
    {
      id: 'reserved',
      text: 'Set a bit that only an extension may set.',
      when: `.bit-grid${bit(1, 1)}, .bit-grid${bit(2, 1)}, .bit-grid${bit(3, 1)}`,
    },
  ],
  'length-forms': [
    {
      id: 'smallest',
      text: 'Find the longest message whose header from a server has two bytes.',
      when: '.length-buttons button:nth-of-type(2)[aria-pressed="true"]',
    },
    {
      id: 'largest',
      text: 'Find the shortest message whose header from a client has 14 bytes.',
      when: '.length-buttons button:nth-of-type(5)[aria-pressed="true"]',
    },
  ],
  'xor-lane': [
    {
      id: 'zero',
      text: 'Turn off every bit of a key byte. What happens to its payload bytes?',
      when: 'tr[data-row="key"]:has(button):not(:has(button[aria-label$=": 1"]))',
    },
  ],
  'proxy-cache': [
    {
      id: 'end',
      text: 'Walk through the attack to its last step.',
      when: '.story-steps > li:last-child [aria-expanded="true"]',
    },
  ],
  stream: [
    {
      id: 'lucky',
      text: 'Cut the bytes so that the naive parser delivers every message.',
      when: '.stream-results > .verdict:first-child[data-tone="ok"]',
    },
  ],
  fragments: [
    {
      id: 'ping-between',
      text: 'Send a message in fragments with a ping between them.',
      when: '.fragments:has(.badge:not([data-state="example"])):has([id$="-ping"] option:checked:not([value="0"])) .frag-frame',
    },
    {
      id: 'wrong',
      text: 'Break a rule, and see how the receiver reacts.',
      when: '.fragments:has(.badge:not([data-state="example"])) .figure-body > .verdict[data-tone="danger"]',
    },
  ],
  utf8: [{ id: 'invalid', text: 'Write bytes that are not UTF-8.', when: '.utf8-lane > .verdict[data-tone="danger"]' }],
  ping: [
    { id: 'ten', text: 'Let the server ping ten times in a row.', when: '.truth-table tbody tr:nth-child(20)' },
    { id: 'too-long', text: 'Write a payload that is too long for a ping.', when: '#ping-size[data-over="true"]' },
  ],
  closing: [
    {
      id: 'both',
      text: 'Let both sides close at the same time.',
      when: '.closing-choices button:nth-of-type(3)[aria-pressed="true"]',
    },
    {
      id: 'cut',
      text: 'Watch a connection end without a close frame.',
      when: '.closing-choices button:nth-of-type(4)[aria-pressed="true"]',
    },
  ],
  'break-rules': [
    {
      id: 'not-enforced',
      text: 'Find a rule that your browser does not enforce.',
      when: '.break-detail .verdict[data-tone="info"], .break-detail .verdict[data-tone="danger"]',
    },
  ],
  'polling-lab': [
    {
      id: 'layers',
      text: 'Add every layer. How much of the difference is left?',
      when: '.pl-layers:not(:has(input:not(:checked)))',
    },
    {
      id: 'events',
      text: 'Find out in the time lines whether server-sent events ever wait.',
      when: '.pl-choice option[value="events"]:checked',
    },
  ],
  strangers: [
    {
      id: 'compares',
      text: 'Find the page that gets past a comparison of Origin with Host, and past no list.',
      when: 'tr[data-server="compares"][data-verdict="reached"]',
    },
    {
      id: 'same-site',
      text: 'Mark the cookie SameSite=Strict, and find a page that hijacks the careless server all the same.',
      when: '.strangers[data-cookie="strict"] tr[data-server="trusting"][data-verdict="hijacked"]',
    },
  ],
  listing: [
    { id: 'first', text: 'Predict one case, right or wrong.', when: '.listing-scope[data-picked]' },
    {
      id: 'luck',
      text: 'Find the two mistakes that cancel each other out.',
      when: '.listing-scope[data-number="11"][data-picked]',
    },
  ],
  packing: [
    {
      id: 'forget',
      text: 'Make the client forget the window, and compare the second message.',
      when: '.packing[data-forgets]',
    },
    { id: 'longer', text: 'Write a message that compression makes longer.', when: '.packing-row[data-longer]' },
  ],
};
