import { GrowingBytes } from '../../../../bytes/growing-bytes.ts';
import { formatHex } from '../../../../bytes/hex.ts';
import { joinBytes } from '../../../../bytes/join-bytes.ts';
import type { OpenSealed } from '../../../traffic/traffic.ts';
import type { Side, StreamTaker } from '../tcp.ts';
import { type CipherSuite, suiteOf } from './cipher-suites.ts';
import { readHello } from './hello.ts';
import type { KeyLog } from './key-log.ts';
import { keysOfMaster, keysOfSecret, nextSecret, type RecordKeys } from './key-schedule.ts';

/** The secrets, and what opens records with them. */
export interface TlsKeys {
  readonly keyLog: KeyLog;
  readonly openSealed: OpenSealed;
}

const CHANGE_CIPHER_SPEC = 20;
const ALERT = 21;
const HANDSHAKE = 22;
const APPLICATION_DATA = 23;

const CLIENT_HELLO = 1;
const SERVER_HELLO = 2;
const FINISHED = 20;
const KEY_UPDATE = 24;

const RECORD_HEAD_BYTES = 5;
/** RFC 5246 §6.2.3: what encryption may add is counted. */
const MAX_RECORD_BYTES = 16_384 + 2048;
const TAG_BYTES = 16;
/** In bytes. A longer handshake message is passed over: it is a list of certificates. */
const MAX_MESSAGE_BYTES = 1024 * 1024;
/** How many records may be missing where bytes are. More are not searched for. */
const MAX_MISSING_RECORDS = 256;
/** How often it is tried to find the way back after missing bytes. */
const MAX_TRIES = 64;

const TLS_1_2 = 0x0303;
const TLS_1_3 = 0x0304;

interface SideState {
  /** The record that is arriving. */
  readonly record: GrowingBytes;
  /** The handshake message that is arriving; one can span records. */
  readonly message: GrowingBytes;
  messageLeft: number;
  messageType: number;
  isSealed: boolean;
  /** TLS 1.3: the secret of `keys`, and whether it is that of the application's data. */
  secret: Uint8Array | undefined;
  isApplication: boolean;
  keys: RecordKeys | undefined;
  /** The number of the next record. */
  sequence: number;
  /** Bytes are missing, and with them a number of records that nobody knows. */
  isLost: boolean;
  /** Nothing of this side can be read any more. */
  isClosed: boolean;
  tries: number;
}

/** Decrypts one TLS connection of which the secrets are known: TLS 1.2 and 1.3 with AES-GCM or ChaCha20. RFC 5246, RFC 8446. */
export class TlsSession implements StreamTaker {
  readonly #inner: StreamTaker;
  readonly #keys: TlsKeys;
  readonly #sides: readonly [SideState, SideState] = [newSide(), newSide()];
  #client: Side | undefined;
  #clientRandom = new Uint8Array(0);
  #serverRandom = new Uint8Array(0);
  #version = 0;
  #suite: CipherSuite | undefined;
  #isOpened = false;

  /** @param inner takes what was encrypted */
  constructor(inner: StreamTaker, keys: TlsKeys) {
    this.#inner = inner;
    this.#keys = keys;
  }

  /** Whether any of the application's data could be decrypted. */
  get isOpened(): boolean {
    return this.#isOpened;
  }

  opened(): void {}

  bytes(side: Side, bytes: Uint8Array, timeMs: number): void {
    const state = this.#sides[side];
    const { record } = state;
    // After missing bytes, a record certainly begins only where a segment begins like one, and then only its tag proves it.
    if (state.isLost && record.length === 0 && !beginsRecord(bytes)) return;
    let at = 0;
    while (at < bytes.length && !state.isClosed) {
      const head = record.length < RECORD_HEAD_BYTES ? undefined : record.peek();
      const length =
        head === undefined ? RECORD_HEAD_BYTES : RECORD_HEAD_BYTES + ((head[3] ?? 0) << 8) + (head[4] ?? 0);
      if (length > RECORD_HEAD_BYTES + MAX_RECORD_BYTES) {
        this.#close(side, timeMs);
        return;
      }
      const taken = Math.min(length - record.length, bytes.length - at);
      if (taken > 0) record.append(bytes.subarray(at, at + taken));
      at += taken;
      if (head === undefined && record.length === RECORD_HEAD_BYTES && sizeOf(record.peek()) > 0) continue;
      if (record.length < length) continue;
      const whole = record.peek().slice();
      record.discard();
      this.#record(side, whole, timeMs);
      if (state.isLost) return;
    }
  }

  gap(side: Side, byteLength: number | undefined, timeMs: number): void {
    const state = this.#sides[side];
    state.record.discard();
    state.message.discard();
    state.messageLeft = 0;
    if (!state.isApplication || byteLength === undefined) this.#close(side, timeMs);
    else if (!state.isClosed && !state.isLost) {
      state.isLost = true;
      this.#inner.gap(side, undefined, timeMs);
    }
  }

  end(side: Side, how: 'FIN' | 'RST', timeMs: number): void {
    this.#inner.end(side, how, timeMs);
  }

  #record(side: Side, record: Uint8Array, timeMs: number): void {
    const state = this.#sides[side];
    const type = record[0] as number;
    if (!state.isSealed && type !== APPLICATION_DATA) {
      if (type === HANDSHAKE) this.#handshake(side, record.subarray(RECORD_HEAD_BYTES));
      else if (type === CHANGE_CIPHER_SPEC && this.#version === TLS_1_2) this.#sealWithMaster(side);
      return;
    }
    // TLS 1.3 sends one that means nothing. RFC 8446 §5.
    if (type === CHANGE_CIPHER_SPEC) return;
    state.isSealed = true;
    if (this.#version === TLS_1_3) this.#openRecord13(side, record, timeMs);
    else if (this.#version === TLS_1_2) this.#openRecord12(side, record, timeMs);
    else this.#close(side, timeMs);
  }

  #openRecord12(side: Side, record: Uint8Array, timeMs: number): void {
    const state = this.#sides[side];
    const { keys } = state;
    const suite = this.#suite;
    if (keys === undefined || suite === undefined) {
      this.#close(side, timeMs);
      return;
    }
    const explicit = suite.hasExplicitNonce ? 8 : 0;
    const sealed = record.subarray(RECORD_HEAD_BYTES + explicit);
    const length = sealed.length - TAG_BYTES;
    if (length < 0) {
      this.#close(side, timeMs);
      return;
    }
    const head = record.subarray(0, 3);
    const plain = this.#search(state, (sequence) => {
      const nonce =
        explicit > 0
          ? joinBytes([keys.iv, record.subarray(RECORD_HEAD_BYTES, RECORD_HEAD_BYTES + explicit)])
          : nonceOf(keys.iv, sequence);
      const additional = joinBytes([numberOf(sequence), head, new Uint8Array([length >> 8, length & 255])]);
      return this.#keys.openSealed(suite.cipher, keys.key, nonce, additional, sealed);
    });
    if (plain === undefined) {
      this.#failed(side, timeMs);
      return;
    }
    if (record[0] === APPLICATION_DATA) this.#data(side, plain, timeMs);
  }

  #openRecord13(side: Side, record: Uint8Array, timeMs: number): void {
    const state = this.#sides[side];
    if (state.keys === undefined && !this.#nextKeys(side)) {
      this.#close(side, timeMs);
      return;
    }
    let plain = this.#open13(state, record);
    if (plain === undefined && !state.isApplication) {
      // The key log may lack the secrets of the handshake; or this is early data, which has another key.
      const { secret, keys, sequence } = state;
      if (this.#nextKeys(side)) plain = this.#open13(state, record);
      if (plain === undefined) {
        Object.assign(state, { secret, keys, sequence, isApplication: false });
        if (++state.tries > MAX_TRIES) this.#close(side, timeMs);
        return;
      }
    }
    if (plain === undefined) {
      this.#failed(side, timeMs);
      return;
    }
    // The true type stands after the content, and zeros may follow it. RFC 8446 §5.2.
    let end = plain.length - 1;
    while (end > 0 && plain[end] === 0) end--;
    const content = plain.subarray(0, Math.max(end, 0));
    if (plain[end] === APPLICATION_DATA) this.#data(side, content, timeMs);
    else if (plain[end] === HANDSHAKE) this.#handshake(side, content);
    else if (plain[end] === ALERT) return;
  }

  #open13(state: SideState, record: Uint8Array): Uint8Array | undefined {
    const { keys } = state;
    const suite = this.#suite;
    if (keys === undefined || suite === undefined || record.length < RECORD_HEAD_BYTES + TAG_BYTES) return undefined;
    const additional = record.subarray(0, RECORD_HEAD_BYTES);
    const sealed = record.subarray(RECORD_HEAD_BYTES);
    return this.#search(state, (sequence) =>
      this.#keys.openSealed(suite.cipher, keys.key, nonceOf(keys.iv, sequence), additional, sealed),
    );
  }

  /** Tries the number that is next; after missing bytes also those that follow it. */
  #search(state: SideState, open: (sequence: number) => Uint8Array | undefined): Uint8Array | undefined {
    const tries = state.isLost ? MAX_MISSING_RECORDS : 1;
    for (let i = 0; i < tries; i++) {
      const plain = open(state.sequence + i);
      if (plain === undefined) continue;
      state.sequence += i + 1;
      state.isLost = false;
      return plain;
    }
    return undefined;
  }

  #failed(side: Side, timeMs: number): void {
    const state = this.#sides[side];
    if (!state.isLost || ++state.tries > MAX_TRIES) this.#close(side, timeMs);
  }

  #data(side: Side, content: Uint8Array, timeMs: number): void {
    this.#isOpened = true;
    if (content.length > 0) this.#inner.bytes(side, content.slice(), timeMs);
  }

  /** Takes handshake messages, whose bytes may begin and end anywhere in records. RFC 8446 §5.1. */
  #handshake(side: Side, content: Uint8Array): void {
    const state = this.#sides[side];
    const { message } = state;
    let at = 0;
    while (at < content.length) {
      if (state.messageLeft === 0) {
        const taken = Math.min(4 - message.length, content.length - at);
        message.append(content.subarray(at, at + taken));
        at += taken;
        if (message.length < 4) return;
        const [type = 0, high = 0, middle = 0, low = 0] = message.peek();
        state.messageType = type;
        state.messageLeft = high * 65536 + middle * 256 + low;
        message.discard();
        if (state.messageLeft > 0) continue;
      }
      const taken = Math.min(state.messageLeft, content.length - at);
      if (message.length + taken <= MAX_MESSAGE_BYTES) message.append(content.subarray(at, at + taken));
      state.messageLeft -= taken;
      at += taken;
      if (state.messageLeft > 0) continue;
      const body = message.peek().slice();
      message.discard();
      this.#message(side, state.messageType, body);
    }
  }

  #message(side: Side, type: number, body: Uint8Array): void {
    const state = this.#sides[side];
    if (type === CLIENT_HELLO && !state.isSealed) {
      this.#client = side;
      this.#clientRandom = readHello(body)?.random.slice() ?? this.#clientRandom;
    } else if (type === SERVER_HELLO && !state.isSealed) {
      const hello = readHello(body);
      if (hello === undefined || hello.isRetry) return;
      this.#client ??= (1 - side) as Side;
      this.#serverRandom = hello.random.slice();
      this.#version = hello.version;
      this.#suite = suiteOf(hello.suite);
      if (this.#version === TLS_1_3) for (const each of this.#sides) each.isSealed = false;
    } else if (this.#version === TLS_1_3 && state.isSealed) {
      if (type === FINISHED && !state.isApplication) this.#nextKeys(side);
      else if (type === KEY_UPDATE && state.isApplication) this.#updateKeys(state);
    }
  }

  #sealWithMaster(side: Side): void {
    const state = this.#sides[side];
    state.isSealed = true;
    state.isApplication = true;
    const master = this.#keys.keyLog.find('CLIENT_RANDOM', formatHex(this.#clientRandom));
    if (master === undefined || this.#suite === undefined) return;
    const both = keysOfMaster(master, this.#clientRandom, this.#serverRandom, this.#suite);
    state.keys = both[side === this.#client ? 0 : 1];
    state.sequence = 0;
  }

  /** Goes on to the keys of the handshake, and then to those of the data. @returns whether the key log has the secret */
  #nextKeys(side: Side): boolean {
    const state = this.#sides[side];
    const who = side === this.#client ? 'CLIENT' : 'SERVER';
    const random = formatHex(this.#clientRandom);
    const { keyLog } = this.#keys;
    const handshake = state.keys === undefined ? keyLog.find(`${who}_HANDSHAKE_TRAFFIC_SECRET`, random) : undefined;
    const secret = handshake ?? keyLog.find(`${who}_TRAFFIC_SECRET_0`, random);
    if (secret === undefined || this.#suite === undefined || state.isApplication) return false;
    state.secret = secret;
    state.isApplication = handshake === undefined;
    state.keys = keysOfSecret(secret, this.#suite);
    state.sequence = 0;
    return true;
  }

  #updateKeys(state: SideState): void {
    if (state.secret === undefined || this.#suite === undefined) return;
    state.secret = nextSecret(state.secret, this.#suite);
    state.keys = keysOfSecret(state.secret, this.#suite);
    state.sequence = 0;
  }

  /** Nothing more of this side can be decrypted. */
  #close(side: Side, timeMs: number): void {
    const state = this.#sides[side];
    if (state.isClosed) return;
    state.isClosed = true;
    state.record.discard();
    if (this.#isOpened) this.#inner.gap(side, undefined, timeMs);
  }
}

function beginsRecord([type = 0, major = 0, minor = 0, high = 0, low = 0]: Uint8Array): boolean {
  return type === APPLICATION_DATA && major === 3 && minor === 3 && high * 256 + low <= MAX_RECORD_BYTES;
}

function sizeOf(head: Uint8Array): number {
  return ((head[3] ?? 0) << 8) + (head[4] ?? 0);
}

function numberOf(sequence: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(sequence));
  return bytes;
}

/** RFC 8446 §5.3. */
function nonceOf(iv: Uint8Array, sequence: number): Uint8Array {
  const nonce = iv.slice();
  const number = numberOf(sequence);
  for (let i = 0; i < number.length; i++) nonce[i + 4] = (nonce[i + 4] ?? 0) ^ (number[i] as number);
  return nonce;
}

function newSide(): SideState {
  return {
    record: new GrowingBytes(),
    message: new GrowingBytes(),
    messageLeft: 0,
    messageType: 0,
    isSealed: false,
    secret: undefined,
    isApplication: false,
    keys: undefined,
    sequence: 0,
    isLost: false,
    isClosed: false,
    tries: 0,
  };
}
