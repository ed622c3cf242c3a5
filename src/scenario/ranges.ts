/** Ranges of numbers that are not assumptions. */
export const RANGES = {
  perYear: [0, 100_000_000_000],
  theta: [0, 10],
  headStartWeeks: [0, 104],
  inTurnShare: [0, 1],
  capacityLoss: [0, 1],
} as const satisfies Record<string, readonly [number, number]>
