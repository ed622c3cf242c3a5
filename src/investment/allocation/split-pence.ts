/**
 * Splits whole pence by shares without losing one: the parts sum to the whole exactly.
 * @param shares sum to 1
 */
export function splitPence(pence: number, shares: readonly number[]): number[] {
  let cumulative = 0
  let given = 0
  return shares.map((share, index) => {
    cumulative += share
    const upTo = index === shares.length - 1 ? pence : Math.min(pence, Math.round(pence * cumulative))
    const part = Math.max(0, upTo - given)
    given += part
    return part
  })
}
