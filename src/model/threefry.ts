/**
 * Threefry-2x32 (Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy as 1, 2, 3", SC11): a keyed
 * function from a 64-bit counter to 64 random bits, made of additions, rotations and exclusive-ors of 32-bit
 * words, which JavaScript does exactly and fast. 13 rounds pass BigCrush in that paper; 20 is its default with
 * a margin. The kernel uses 13; the tests hold both against the published vectors.
 */

/** Rounds that the kernel uses. */
const KERNEL_ROUNDS = 13

/** Key-schedule parity constant of the Threefish family (C240 in the paper, 32-bit form). */
const PARITY = 0x1bd11bda

const single = new Int32Array(1)

/**
 * 64 random bits for (key, counter), by 13 rounds.
 * @param out receives the two 32-bit words, as signed integers
 */
export function threefry(key0: number, key1: number, counter0: number, counter1: number, out: Int32Array): void {
  single[0] = counter0
  threefryMany(key0, key1, single, 0, 1, counter1, out)
}

/**
 * The same for the counters (counters[i], counter1) with `from` ≤ i < `to`. They do not depend on each other, so a
 * processor works on several at once.
 * @param out receives two words each: those of i are 2i and 2i + 1
 */
export function threefryMany(key0: number, key1: number, counters: Int32Array, from: number, to: number, counter1: number, out: Int32Array): void {
  // `| 0` tells the compiler that these are 32-bit integers; without it the additions run in floating point.
  const k0 = key0 | 0
  const k1 = key1 | 0
  const k2 = PARITY ^ k0 ^ k1
  const c1 = counter1 | 0
  for (let i = from; i < to; i++) {
    let a = (counters[i] + k0) | 0
    let b = (c1 + k1) | 0
    a = (a + b) | 0
    b = ((b << 13) | (b >>> 19)) ^ a
    a = (a + b) | 0
    b = ((b << 15) | (b >>> 17)) ^ a
    a = (a + b) | 0
    b = ((b << 26) | (b >>> 6)) ^ a
    a = (a + b) | 0
    b = ((b << 6) | (b >>> 26)) ^ a
    a = (a + k1) | 0
    b = (b + ((k2 + 1) | 0)) | 0
    a = (a + b) | 0
    b = ((b << 17) | (b >>> 15)) ^ a
    a = (a + b) | 0
    b = ((b << 29) | (b >>> 3)) ^ a
    a = (a + b) | 0
    b = ((b << 16) | (b >>> 16)) ^ a
    a = (a + b) | 0
    b = ((b << 24) | (b >>> 8)) ^ a
    a = (a + k2) | 0
    b = (b + ((k0 + 2) | 0)) | 0
    a = (a + b) | 0
    b = ((b << 13) | (b >>> 19)) ^ a
    a = (a + b) | 0
    b = ((b << 15) | (b >>> 17)) ^ a
    a = (a + b) | 0
    b = ((b << 26) | (b >>> 6)) ^ a
    a = (a + b) | 0
    b = ((b << 6) | (b >>> 26)) ^ a
    a = (a + k0) | 0
    b = (b + ((k1 + 3) | 0)) | 0
    a = (a + b) | 0
    b = ((b << 17) | (b >>> 15)) ^ a
    out[2 * i] = a
    out[2 * i + 1] = b
  }
}

/** Rotations of the eight-round cycle. */
const ROTATIONS = [13, 15, 26, 6, 17, 29, 16, 24] as const

/**
 * The same function for any number of rounds, written from the definition: the reference that the unrolled
 * {@link threefry} is tested against.
 */
export function threefryRounds(key: readonly [number, number], counter: readonly [number, number], rounds: number = KERNEL_ROUNDS): [number, number] {
  const schedule = [key[0], key[1], PARITY ^ key[0] ^ key[1]]
  let a = (counter[0] + schedule[0]) | 0
  let b = (counter[1] + schedule[1]) | 0
  for (let round = 0; round < rounds; round++) {
    const rotation = ROTATIONS[round % 8]
    a = (a + b) | 0
    b = ((b << rotation) | (b >>> (32 - rotation))) ^ a
    if (round % 4 === 3) {
      const injection = (round + 1) / 4
      a = (a + schedule[injection % 3]) | 0
      b = (b + schedule[(injection + 1) % 3] + injection) | 0
    }
  }
  return [a >>> 0, b >>> 0]
}
