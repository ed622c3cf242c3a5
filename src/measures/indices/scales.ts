/** The scale on which values of a type are taken to vary symmetrically, and on which a transform fits its line. */
import type { ValueType } from './types.ts'

/** A scale and its inverse. */
export interface Scale {
  readonly to: (value: number) => number
  readonly from: (scaled: number) => number
}

const SCALES: Readonly<Record<ValueType, Scale>> = {
  continuous: { to: (value) => value, from: (scaled) => scaled },
  rate: { to: (value) => Math.log(value), from: (scaled) => Math.exp(scaled) },
  proportion: {
    to: (value) => Math.log(value / (1 - value)),
    from: (scaled) => 1 / (1 + Math.exp(-scaled)),
  },
}

/** Logarithm for rates, logit for proportions, none for continuous values. */
export function scaleOf(valueType: ValueType): Scale {
  return SCALES[valueType]
}
