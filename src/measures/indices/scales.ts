/** The scale on which values of a type are taken to vary symmetrically, and on which a transform fits its line. */
import { exponential, logarithm } from '../../model/powers.ts'
import type { ValueType } from './types.ts'

/** A scale and its inverse. */
export interface Scale {
  readonly to: (value: number) => number
  readonly from: (scaled: number) => number
}

const SCALES: Readonly<Record<ValueType, Scale>> = {
  continuous: { to: (value) => value, from: (scaled) => scaled },
  rate: { to: (value) => logarithm(value), from: (scaled) => exponential(scaled) },
  proportion: {
    to: (value) => logarithm(value / (1 - value)),
    from: (scaled) => 1 / (1 + exponential(-scaled)),
  },
}

/** Logarithm for rates, logit for proportions, none for continuous values. */
export function scaleOf(valueType: ValueType): Scale {
  return SCALES[valueType]
}
