/** What a comparison of scenarios by health and its distribution holds; version 1 of `equity.json`. */
import type { BreakEven } from './preference.ts'

/** A mean over paired runs, with every assumption at its middle, and its 95% interval; NaN where undefined. */
export interface EquityEstimate {
  readonly mean: number
  readonly lower: number
  readonly upper: number
}

/** An estimate that assumptions move: the middle 95 of 100 samples of runs, weights and price of a QALY. */
export interface UncertainEstimate extends EquityEstimate {
  readonly rangeLower: number
  readonly rangeUpper: number
}

/** Health of one group, QALYs against the reference over the projection, discounted. */
export interface GroupHealth {
  readonly group: string
  readonly population: number
  /** From less waiting and less unmet need; money aside. */
  readonly healthGain: EquityEstimate
  /** The same less what the money would have done for the group elsewhere. */
  readonly netHealth: UncertainEstimate
}

/** Shares of samples in each quadrant of the equity plane, summing to 1. */
export interface Quadrants {
  readonly moreHealthFairer: number
  readonly moreHealthLessFair: number
  readonly lessHealthFairer: number
  readonly lessHealthLessFair: number
  /** On an axis: exactly no change of total or gap. */
  readonly noDifference: number
}

/** What a person of one aversion ε makes of a scenario. */
export interface Acceptability {
  readonly epsilon: number
  /** Share of samples in which it is the best of all scenarios; ties are shared out. */
  readonly probability: number
  /** Share of samples in which it is better than the reference. */
  readonly againstReference: number
}

/** An equally-distributed equivalent: the level that, had by all, would be as good to somebody of this aversion. */
export interface Equivalent {
  readonly aversion: number
  /** Years of health at birth. */
  readonly level: EquityEstimate
  /** Change from the reference × residents: QALYs as good as these if all had the same. */
  readonly change: EquityEstimate
}

/** A scenario against the most efficient one: what being fairer costs. */
export interface PriceOfEquity {
  /** Net health beyond that of the most efficient scenario, QALYs. */
  readonly netHealth: EquityEstimate
  /** Slope index beyond that of the most efficient scenario, QALYs per 1,000 residents. */
  readonly gap: EquityEstimate
  /** The aversion from which it is preferred to the most efficient, in ε. */
  readonly atkinson: BreakEven
  /** The same in α, per year. */
  readonly kolm: BreakEven
}

/** One scenario against the reference. */
export interface ScenarioEquity {
  readonly id: string
  /** Pounds spent beyond the reference, discounted as the health that they would have bought. */
  readonly spend: EquityEstimate
  readonly healthGain: UncertainEstimate
  /** Pounds per QALY gained; NaN where the mean gain or the mean spend is not above 0. */
  readonly poundsPerQalyGained: number
  readonly totalNetHealth: UncertainEstimate
  readonly netHealthByGroup: readonly GroupHealth[]
  /** Slope index of net health, QALYs per 1,000 residents, most less least deprived; above 0 favours the most deprived. */
  readonly gap: UncertainEstimate
  readonly quadrants: Quadrants
  readonly atkinson: Equivalent
  readonly kolm: Equivalent
  /** Against the reference, in ε. */
  readonly breakEvenAtkinson: BreakEven
  /** Against the reference, in α, per year. */
  readonly breakEvenKolm: BreakEven
  readonly priceOfEquity: PriceOfEquity
  readonly acceptability: readonly Acceptability[]
}

/** From where, and under which assumptions, distributions are compared. */
export interface EquityPerspective {
  readonly from: string
  readonly to: string
  readonly dimension: string
  readonly reference: string
  readonly runs: number
  readonly samples: number
  readonly discountRates: { readonly health: number; readonly money: number }
  readonly poundsPerQaly: { readonly low: number; readonly mid: number; readonly high: number }
  readonly groups: readonly {
    readonly group: string
    readonly population: number
    /** Years of health at birth before any loss. */
    readonly baseline: number
    readonly opportunityCostShare: number
  }[]
  readonly qalyWeights: readonly {
    readonly id: string
    readonly specialties: readonly string[]
    readonly firstAppointment: number
    readonly admission: number
    readonly relativeSd: number
  }[]
}

/** Scenarios compared by health and its distribution. */
export interface Equity {
  readonly schemaVersion: 1
  readonly perspective: EquityPerspective
  /** Id of the scenario with the highest mean net health, the reference among them. */
  readonly mostEfficient: string
  readonly scenarios: readonly ScenarioEquity[]
}
