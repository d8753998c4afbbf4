import { hostName, isAddress, isLoopbackName } from '../../src/companion/policy/host.ts';
import { isWelcomeOrigin } from '../../src/companion/policy/origin.ts';
import { replaceHeader } from '../../src/inspector/http/replace-header.ts';
import { headerValues, type RequestHead } from '../../src/protocol/handshake/head/head.ts';
import type { ProxyTarget } from './target.ts';

export interface HeadPolicyOptions {
  /** `as-is` passes the Host header on as the client sent it, `target` replaces it with the target's own. */
  readonly hostHeader: 'as-is' | 'target';
  /** Replaces the Origin header, if a request has one; `target` is the target's own origin. Undefined: as the client sent it. */
  readonly origin?: string | undefined;
  /** Origins that may connect in addition to those on loopback. */
  readonly allowedOrigins?: readonly string[];
  /** The name or address that the proxy listens on. */
  readonly listensOn: string;
}

/**
 * Which headers of a request are changed, and which requests are refused because of it.
 *
 * If nothing is changed, nothing is refused: the target sees the Host and the Origin, and decides as it would without a
 * proxy. If one of them is replaced, the target cannot decide any more, so the proxy does.
 */
export class HeadPolicy {
  readonly #target: ProxyTarget;
  readonly #options: HeadPolicyOptions;

  constructor(target: ProxyTarget, options: HeadPolicyOptions) {
    this.#target = target;
    this.#options = options;
  }

  /** Whether any header is changed. */
  get rewrites(): boolean {
    const { hostHeader, origin } = this.#options;
    return hostHeader === 'target' || origin !== undefined;
  }

  /** @returns why a request must not be passed on, or undefined */
  refuse(head: RequestHead): string | undefined {
    if (!this.rewrites) return undefined;
    const { allowedOrigins = [], listensOn } = this.#options;
    const host = headerValues(head, 'Host')[0] ?? '';
    const name = hostName(host);
    // Another name was pointed at this machine: DNS rebinding. The target would not notice.
    if (!isLoopbackName(name) && !name.endsWith('.localhost') && !isAddress(name) && name !== listensOn.toLowerCase())
      return 'The proxy replaces headers, so it accepts only its own name, such as localhost. The Host header has another name.';
    const origins = headerValues(head, 'Origin');
    if (origins.every((origin) => isWelcomeOrigin(origin, host, allowedOrigins))) return undefined;
    return 'The proxy replaces headers, so it accepts no pages from other origins. To allow them, start it with --allow-origin and the origin.';
  }

  /** @returns the head with its new Host and Origin; every other byte is the same */
  rewrite(bytes: Uint8Array): Uint8Array {
    const { hostHeader, origin } = this.#options;
    const { host, isTls } = this.#target;
    const withHost = hostHeader === 'target' ? replaceHeader(bytes, 'Host', () => host) : bytes;
    if (origin === undefined) return withHost;
    const own = `${isTls ? 'https' : 'http'}://${host}`;
    return replaceHeader(withHost, 'Origin', () => (origin === 'target' ? own : origin));
  }
}
