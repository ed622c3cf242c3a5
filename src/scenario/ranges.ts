/** Ranges of numbers that are not assumptions. */
export const RANGES = {
  perYear: [0, 100_000_000_000],
  theta: [0, 10],
  /** Rise of prices a year. */
  inflation: [-0.1, 0.5],
  headStartWeeks: [0, 104],
  inTurnShare: [0, 1],
  /** Relative chances: never nought, so that everybody on the list can be next. */
  chanceWeight: [0.000001, 1_000_000],
  longWaitFromWeeks: [0, 520],
  reservedShare: [0, 1],
  capacityLoss: [0, 1],
  capacityChange: [-1, 10],
  share: [0, 1],
  /** Odds ratios and factors on rates. */
  factor: [0, 100],
  aidSlotsPerWeek: [0, 10_000_000],
  uptake: [0, 100],
  adjustmentFactor: [0, 1000],
} as const satisfies Record<string, readonly [number, number]>

/** Capacity lost as it stands in a study, where a gain is a negative loss. */
export const LOSS_OR_GAIN = [-RANGES.capacityChange[1], 1] as const
