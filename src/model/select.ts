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
  let left = 0
  let right = n - 1
  const target = Math.min(k, n) - 1
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
