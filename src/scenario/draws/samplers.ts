/**
 * Points that fill a cube more evenly than independent draws: Latin hypercube and scrambled Sobol.
 *
 * Points lie row by row in one array, `points[run × dimensions + dimension]`, each coordinate in the open interval
 * (0, 1), so that any quantile function can be taken of it.
 */
import seedrandom from 'seedrandom'
import { JOE_KUO, MOST_DIMENSIONS } from './sobol-directions.ts'

/** Bits of a coordinate. */
const BITS = 32
const TWO_TO_32 = 2 ** BITS

/** Random 32-bit words of a text seed. */
function wordsOf(purpose: string, seed: string, dimension: number): () => number {
  const generator = seedrandom(JSON.stringify(['fairwait', purpose, seed, dimension]))
  return () => generator.int32() >>> 0
}

/**
 * A Latin hypercube: in every dimension each of the `runs` equal slices holds exactly one point, anywhere in it.
 * A dimension's coordinates depend on the seed, the number of runs and the dimension alone.
 *
 * @param seed any text
 * @param runs number of points, 1 or more
 * @param dimensions 0 or more
 * @returns `runs × dimensions` coordinates, row by row
 */
export function latinHypercube(seed: string, runs: number, dimensions: number): Float64Array {
  const points = new Float64Array(runs * dimensions)
  for (let dimension = 0; dimension < dimensions; dimension += 1) {
    const word = wordsOf('latin-hypercube', seed, dimension)
    for (const [run, slice] of shuffled(runs, word).entries()) {
      points[run * dimensions + dimension] = (slice + (word() + 0.5) / TWO_TO_32) / runs
    }
  }
  return points
}

/** 0 to size − 1 in random order (Fisher and Yates). */
export function shuffled(size: number, word: () => number): Uint32Array {
  const order = Uint32Array.from({ length: size }, (_, index) => index)
  for (let last = size - 1; last > 0; last -= 1) {
    const other = Math.floor((word() / TWO_TO_32) * (last + 1))
    const kept = order[last]
    order[last] = order[other]
    order[other] = kept
  }
  return order
}

/**
 * The first points of a Sobol sequence, scrambled after Owen (1995): each digit is flipped or not by a hash of the
 * digits before it, so that every point is uniform on the cube and the set keeps its even spread. Best with a power
 * of two as the number of runs.
 *
 * @param seed any text; another seed gives another, independent scramble
 * @param runs number of points, 1 or more
 * @param dimensions 0 to {@link MOST_DIMENSIONS}
 * @returns `runs × dimensions` coordinates, row by row
 * @throws RangeError for more dimensions
 */
export function sobolPoints(seed: string, runs: number, dimensions: number): Float64Array {
  const words = sobolWords(runs, dimensions)
  const keys = Uint32Array.from({ length: dimensions }, (_, dimension) => wordsOf('sobol', seed, dimension)())
  return Float64Array.from(words, (word, index) => (owenScrambled(word, keys[index % dimensions]) + 0.5) / TWO_TO_32)
}

/**
 * The Sobol sequence itself, not scrambled, as 32-bit fractions: `word ÷ 2³²`. The first point is the origin.
 * @throws RangeError for more than {@link MOST_DIMENSIONS} dimensions
 */
export function sobolWords(runs: number, dimensions: number): Uint32Array {
  if (dimensions > MOST_DIMENSIONS) {
    throw new RangeError(`a Sobol sequence has at most ${MOST_DIMENSIONS} dimensions here, not ${dimensions}`)
  }
  const words = new Uint32Array(runs * dimensions)
  for (let dimension = 0; dimension < dimensions; dimension += 1) {
    const directions = directionsOf(dimension)
    let word = 0
    for (let run = 1; run < runs; run += 1) {
      // Gray code order: each point differs from the last in the direction of the lowest bit that is 1 in `run`.
      word = (word ^ directions[31 - Math.clz32(run & -run)]) >>> 0
      words[run * dimensions + dimension] = word
    }
  }
  return words
}

/** Direction numbers as 32-bit fractions, by the recurrence of Bratley and Fox (1988). */
function directionsOf(dimension: number): Uint32Array {
  const directions = new Uint32Array(BITS)
  if (dimension === 0) return directions.map((_, bit) => 2 ** (BITS - 1 - bit))
  const [polynomial, ...first] = JOE_KUO[dimension - 1]
  const degree = first.length
  for (let bit = 0; bit < BITS; bit += 1) {
    if (bit < degree) {
      directions[bit] = first[bit] * 2 ** (BITS - 1 - bit)
      continue
    }
    let word = directions[bit - degree] ^ (directions[bit - degree] >>> degree)
    for (let k = 1; k < degree; k += 1) {
      if (((polynomial >>> (degree - k)) & 1) === 1) word ^= directions[bit - k]
    }
    directions[bit] = word
  }
  return directions
}

/** Nested uniform scrambling of one coordinate. */
function owenScrambled(word: number, key: number): number {
  let scrambled = word
  for (let bit = BITS - 1; bit >= 0; bit -= 1) {
    // The digits before this one, with a marker for how many they are.
    const before = bit === BITS - 1 ? 1 : ((word >>> (bit + 1)) | (1 << (BITS - 1 - bit))) >>> 0
    if ((hashed(before ^ key, key) & 1) === 1) scrambled ^= 1 << bit
  }
  return scrambled >>> 0
}

/** A 32-bit mixing of two words: MurmurHash3's finaliser (Appleby), twice. */
function hashed(word: number, key: number): number {
  return mixed(mixed(word) ^ (key >>> 1))
}

function mixed(word: number): number {
  let h = word
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}
