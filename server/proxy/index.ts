// The public surface of the proxy, for your own tests: start one in front of your server, see the frames, hold them, and cut
// the connection.

export type { PassingFrame } from '../../src/inspector/rules/rule.ts';
export type { Direction, WireFrame, WireMessage } from '../../src/inspector/wire/wire.ts';
export type { RuleScript } from './decide.ts';
export { type Proxy, type ProxyOptions, proxy } from './in-process.ts';
