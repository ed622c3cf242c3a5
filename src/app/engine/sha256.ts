/**
 * SHA-256 (FIPS 180-4). The browser's own is withheld from pages served without encryption, as in many an intranet,
 * where the app must work, too.
 */

/** First 32 bits of the fractional parts of the cube roots of the first 64 primes. */
const ROUND_CONSTANTS = fractions(64, 1 / 3)
/** The same of the square roots of the first 8 primes. */
const INITIAL_STATE = fractions(8, 1 / 2)
const BLOCK_BYTES = 64

function fractions(count: number, power: number): Uint32Array {
  const found: number[] = []
  for (let candidate = 2; found.length < count; candidate += 1) {
    if (isPrime(candidate)) found.push((candidate ** power % 1) * 2 ** 32)
  }
  return Uint32Array.from(found, Math.floor)
}

function isPrime(candidate: number): boolean {
  for (let divisor = 2; divisor * divisor <= candidate; divisor += 1) {
    if (candidate % divisor === 0) return false
  }
  return true
}

/** A hash under way. */
export interface Sha256 {
  update(bytes: Uint8Array): void
  /** Hex; nothing can be added afterwards. */
  digest(): string
}

/** Starts a hash. */
export function createSha256(): Sha256 {
  const state = INITIAL_STATE.slice()
  const words = new Uint32Array(64)
  const rest = new Uint8Array(BLOCK_BYTES)
  let resting = 0
  let length = 0
  const update = (bytes: Uint8Array): void => {
    length += bytes.length
    for (let at = 0; at < bytes.length; ) {
      const taken = Math.min(BLOCK_BYTES - resting, bytes.length - at)
      rest.set(bytes.subarray(at, at + taken), resting)
      resting += taken
      at += taken
      if (resting < BLOCK_BYTES) return
      compress(state, words, rest)
      resting = 0
    }
  }
  return {
    update,
    digest() {
      const bits = length * 8
      const padding = new Uint8Array(((resting < 56 ? 56 : 120) - resting) + 8)
      padding[0] = 0x80
      const tail = new DataView(padding.buffer, padding.length - 8)
      tail.setUint32(0, Math.floor(bits / 2 ** 32))
      tail.setUint32(4, bits >>> 0)
      update(padding)
      return Array.from(state, (word) => word.toString(16).padStart(8, '0')).join('')
    },
  }
}

/** SHA-256 of bytes, or of a text as UTF-8, hex. */
export function sha256(content: Uint8Array | string): string {
  const hash = createSha256()
  hash.update(typeof content === 'string' ? new TextEncoder().encode(content) : content)
  return hash.digest()
}

/** The same by the browser's own, many times as fast, where the page has it. */
export async function quickSha256(bytes: Uint8Array): Promise<string> {
  // Where it is withheld it is undefined, whatever its type says.
  const subtle = globalThis.crypto.subtle as SubtleCrypto | undefined
  if (subtle === undefined) return sha256(bytes)
  return hex(new Uint8Array(await subtle.digest('SHA-256', Uint8Array.from(bytes))))
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

const rotate = (word: number, by: number): number => (word >>> by) | (word << (32 - by))

function compress(state: Uint32Array, words: Uint32Array, block: Uint8Array): void {
  const view = new DataView(block.buffer)
  for (let t = 0; t < 16; t += 1) words[t] = view.getUint32(t * 4)
  for (let t = 16; t < 64; t += 1) {
    const [before15, before2] = [words[t - 15], words[t - 2]]
    const small0 = rotate(before15, 7) ^ rotate(before15, 18) ^ (before15 >>> 3)
    const small1 = rotate(before2, 17) ^ rotate(before2, 19) ^ (before2 >>> 10)
    words[t] = words[t - 16] + small0 + words[t - 7] + small1
  }
  let [a, b, c, d, e, f, g, h] = state
  for (let t = 0; t < 64; t += 1) {
    const big1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
    const first = (h + big1 + ((e & f) ^ (~e & g)) + ROUND_CONSTANTS[t] + words[t]) | 0
    const big0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
    const second = (big0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + first) | 0
    d = c
    c = b
    b = a
    a = (first + second) | 0
  }
  for (const [index, word] of [a, b, c, d, e, f, g, h].entries()) state[index] += word
}
