/**
 * Partial ordering for "who is next": the k smallest of n keys, without allocation.
 */

/**
 * Reorders `keys[0..n)` and `items[0..n)` together so that the first k keys are the k smallest (Hoare's
 * selection, median-of-three pivots). Equal keys are told apart by item, so the result is the same whatever
 * order they came in.
 * @returns the k-th smallest key; −Infinity for k = 0
 */
export function selectSmallest(keys: Float64Array, items: Int32Array, n: number, k: number): number {
  if (k <= 0) return -Infinity
  const target = Math.min(k, n) - 1
  let left = 0
  let right = n - 1
  while (left < right) {
    const middle = (left + right) >>> 1
    orderPair(keys, items, left, middle)
    orderPair(keys, items, left, right)
    orderPair(keys, items, middle, right)
    const pivotKey = keys[middle]
    const pivotItem = items[middle]
    let i = left
    let j = right
    while (i <= j) {
      while (keys[i] < pivotKey || (keys[i] === pivotKey && items[i] < pivotItem)) i++
      while (keys[j] > pivotKey || (keys[j] === pivotKey && items[j] > pivotItem)) j--
      if (i <= j) swap(keys, items, i++, j--)
    }
    if (target <= j) right = j
    else if (target >= i) left = i
    else break
  }
  return keys[target]
}

function orderPair(keys: Float64Array, items: Int32Array, low: number, high: number): void {
  if (keys[low] > keys[high] || (keys[low] === keys[high] && items[low] > items[high])) swap(keys, items, low, high)
}

function swap(keys: Float64Array, items: Int32Array, i: number, j: number): void {
  const key = keys[i]
  keys[i] = keys[j]
  keys[j] = key
  const item = items[i]
  items[i] = items[j]
  items[j] = item
}

/** Most bins of {@link chooseSmallest}: enough that one holds few keys, few enough to stay in the nearest cache. */
const MOST_BINS = 1024

/** Keys to a bin at least, and fewest keys that are worth bins at all. */
const KEYS_A_BIN = 4
const FEWEST_KEYS = 64

/** Scratch of {@link chooseSmallest}; arrays by key have room for all of them. */
export interface Choice {
  /** Result, by key: 1 for those chosen, 0 for the others. */
  chosen: Uint8Array
  /** By key: its bin. */
  readonly counts: Int32Array
  bins: Uint16Array
  /** Keys of the bin in which the last one chosen lies, and whose they are. */
  keys: Float64Array
  items: Int32Array
}

/** Scratch without room. */
export function createChoice(): Choice {
  return { chosen: new Uint8Array(0), counts: new Int32Array(MOST_BINS + 1), bins: new Uint16Array(0), keys: new Float64Array(0), items: new Int32Array(0) }
}

/** Makes room for `capacity` keys. */
export function ensureChoiceRoom(choice: Choice, capacity: number): void {
  if (choice.chosen.length >= capacity) return
  choice.chosen = new Uint8Array(capacity)
  choice.bins = new Uint16Array(capacity)
  choice.keys = new Float64Array(capacity)
  choice.items = new Int32Array(capacity)
}

/**
 * Chooses the k smallest of `keys[0..n)`, which stay where they are; equal keys are told apart by index. Made for keys
 * that lie roughly evenly between `lower` and `upper`, as dues below a guess of κ do: counts them in bins, takes all of
 * lower bins, and orders only those of the bin that holds the k-th. Keys outside the range are right too, only slower.
 * @param k from 1 to n
 * @returns the k-th smallest key
 */
export function chooseSmallest(choice: Choice, keys: Float64Array, n: number, k: number, lower: number, upper: number): number {
  const { chosen, counts, bins } = choice
  const most = n < FEWEST_KEYS ? 0 : Math.min(MOST_BINS, Math.floor(n / KEYS_A_BIN))
  countBins(choice, keys, n, most, lower, upper)
  let bin = 0
  let below = 0
  while (below + counts[bin] < k) below += counts[bin++]
  let near = 0
  for (let i = 0; i < n; i++) {
    const own = bins[i]
    // 1 where the bin is a lower one, without a branch: no processor foresees it.
    chosen[i] = (own - bin) >>> 31
    if (own !== bin) continue
    choice.keys[near] = keys[i]
    choice.items[near++] = i
  }
  const last = selectSmallest(choice.keys, choice.items, near, k - below)
  for (let at = 0; at < k - below; at++) chosen[choice.items[at]] = 1
  return last
}

/** Counts keys in bins from 0 to `most`, the first and the last open to their sides. */
function countBins({ counts, bins }: Choice, keys: Float64Array, n: number, most: number, lower: number, upper: number): void {
  const scale = upper > lower ? most / (upper - lower) : 0
  counts.fill(0, 0, most + 1)
  for (let i = 0; i < n; i++) {
    const place = (keys[i] - lower) * scale
    const bin = place > 0 ? (place < most ? place | 0 : most) : 0
    bins[i] = bin
    counts[bin]++
  }
}
