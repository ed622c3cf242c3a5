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
  return k <= 0 ? -Infinity : selectWithin(keys, items, 0, n, Math.min(k, n) - 1)
}

/** The same for keys[from..to): puts the key that belongs at index `target` there, and returns it. */
function selectWithin(keys: Float64Array, items: Int32Array, from: number, to: number, target: number): number {
  let left = from
  let right = to - 1
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

/** Bins of {@link selectSpread}: enough that one holds few keys, few enough to stay in the nearest cache. */
const BINS = 1024
const binCounts = new Int32Array(BINS + 1)

/**
 * The same as {@link selectSmallest} for keys that lie roughly evenly between 0 and `upper`, as dues below a guess
 * of κ do: counts them in bins, puts those below the bin that holds the k-th first, and orders that bin alone.
 * Keys outside the range are right too, only slower.
 */
export function selectSpread(keys: Float64Array, items: Int32Array, n: number, k: number, upper: number): number {
  if (n < 64 || !(upper > 0) || k <= 0 || k >= n) return selectSmallest(keys, items, n, k)
  const scale = BINS / upper
  binCounts.fill(0)
  for (let i = 0; i < n; i++) binCounts[binOf(keys[i], scale)]++
  let bin = 0
  let below = 0
  while (below + binCounts[bin] < k) below += binCounts[bin++]
  // Two moving boundaries: keys of lower bins to the front, those of the bin itself behind them.
  let front = 0
  let behind = 0
  for (let i = 0; i < n; i++) {
    const key = keys[i]
    const own = binOf(key, scale)
    if (own > bin) continue
    const item = items[i]
    if (own < bin) {
      keys[i] = keys[behind]
      items[i] = items[behind]
      keys[behind] = keys[front]
      items[behind] = items[front]
      keys[front] = key
      items[front] = item
      front++
    } else {
      keys[i] = keys[behind]
      items[i] = items[behind]
      keys[behind] = key
      items[behind] = item
    }
    behind++
  }
  return selectWithin(keys, items, front, behind, k - 1)
}

function binOf(key: number, scale: number): number {
  const bin = key * scale
  return bin <= 0 ? 0 : bin >= BINS ? BINS : bin | 0
}
