/**
 * Shapley values: how a whole is shared among players, given what every coalition of them makes.
 *
 * A coalition is a bit mask: bit i says that player i takes part. A player's share is what it adds to the players
 * before it, averaged over every order in which they could come: exactly from all 2^n coalitions, or from a sample
 * of orders, each taken with its reverse.
 */

/** Value of each coalition in one run; only planned coalitions are asked for. */
export type CoalitionValue = (mask: number) => number

/** How shares are computed. */
export type ShapleyPlan =
  | { readonly method: 'exact'; readonly players: number; readonly coalitions: readonly number[] }
  | {
      readonly method: 'sampled'
      readonly players: number
      readonly coalitions: readonly number[]
      /** Orders in pairs: each is followed by its reverse. */
      readonly orders: readonly (readonly number[])[]
    }

/** The coalition of all players. */
export function everybody(players: number): number {
  return 2 ** players - 1
}

/** Coalitions that every plan holds: all, none, and all but each one. */
function coreCoalitions(players: number): number[] {
  const all = everybody(players)
  const withoutOne = Array.from({ length: players }, (_, player) => all & ~(1 << player))
  return [...new Set([all, 0, ...withoutOne])]
}

/** Every coalition, those of {@link coreCoalitions} first. */
export function exactPlan(players: number): ShapleyPlan {
  const all = Array.from({ length: 2 ** players }, (_, mask) => mask)
  return { method: 'exact', players, coalitions: [...new Set([...coreCoalitions(players), ...all])] }
}

/** Pairs of orders beyond which a sample is not made larger. */
const MOST_PAIRS = 1000

/**
 * As many pairs of random orders as need at most so many coalitions.
 * @param uniform independent uniform numbers in [0, 1)
 * @returns null where not even two pairs fit, which it takes to see an error
 */
export function sampledPlan(players: number, mostCoalitions: number, uniform: () => number): ShapleyPlan | null {
  const coalitions = new Set(coreCoalitions(players))
  const orders: number[][] = []
  while (orders.length < 2 * MOST_PAIRS) {
    const order = shuffled(players, uniform)
    const pair = [order, order.toReversed()]
    const needed = new Set([...coalitions, ...pair.flatMap(prefixes)])
    if (needed.size > mostCoalitions) break
    for (const mask of needed) coalitions.add(mask)
    orders.push(...pair)
  }
  return orders.length < 4 ? null : { method: 'sampled', players, coalitions: [...coalitions], orders }
}

/** Coalitions that the first pairs of a sample need at most: what {@link sampledPlan} surely succeeds with. */
export function leastSampledCoalitions(players: number): number {
  return coreCoalitions(players).length + 4 * Math.max(0, players - 1)
}

/**
 * Shares of the players in value(all) − value(none).
 * @returns one number per player; they sum to the whole but for rounding
 */
export function shapleyShares(plan: ShapleyPlan, value: CoalitionValue): number[] {
  return plan.method === 'exact' ? exactShares(plan.players, value) : sampledShares(plan.players, plan.orders, value)
}

function exactShares(players: number, value: CoalitionValue): number[] {
  const weights = sizeWeights(players)
  const shares = Array.from({ length: players }, () => 0)
  for (let mask = 0; mask < 2 ** players; mask += 1) {
    const own = value(mask)
    const size = bitCount(mask)
    for (let player = 0; player < players; player += 1) {
      const isIn = (mask >> player) % 2 === 1
      shares[player] += isIn ? weights[size - 1] * own : -weights[size] * own
    }
  }
  return shares
}

/** Share of all orders in which a given player comes right after a given coalition of each size: s!(n − s − 1)! ÷ n!. */
function sizeWeights(players: number): number[] {
  const weights = [1 / Math.max(1, players)]
  for (let size = 1; size < players; size += 1) weights.push((weights[size - 1] * size) / (players - size))
  return weights
}

/** Mean over orders of what each player adds where it comes. */
export function sampledShares(players: number, orders: readonly (readonly number[])[], value: CoalitionValue): number[] {
  const shares = Array.from({ length: players }, () => 0)
  for (const order of orders) {
    let mask = 0
    for (const player of order) {
      const next = mask | (1 << player)
      shares[player] += (value(next) - value(mask)) / orders.length
      mask = next
    }
  }
  return shares
}

function prefixes(order: readonly number[]): number[] {
  let mask = 0
  return [0, ...order.map((player) => (mask |= 1 << player))]
}

/** Fisher and Yates. */
function shuffled(players: number, uniform: () => number): number[] {
  const order = Array.from({ length: players }, (_, player) => player)
  for (let last = players - 1; last > 0; last -= 1) {
    const other = Math.floor(uniform() * (last + 1))
    const moved = order[last]
    order[last] = order[other]
    order[other] = moved
  }
  return order
}

function bitCount(mask: number): number {
  let count = 0
  for (let rest = mask; rest > 0; rest >>= 1) count += rest % 2
  return count
}
