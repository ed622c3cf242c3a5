/**
 * Reads the numbers of a study file while it is resolved: labels distributions with the path that keys their
 * draws, and checks distributions and formulas against the range of the parameter they stand for.
 */
import type { Problem } from '../errors.ts'
import { distributionBounds, distributionMean } from './distributions.ts'
import { formulaSeries, NotFiniteError } from './formula-series.ts'
import { outsideRange, text } from './messages.ts'
import { formatPath, problemAt } from './positions.ts'
import type { DocumentPath, Positions } from './positions.ts'
import type { Distribution, NumberSpec, Series, StudyTime } from './study.ts'

/** Collects problems on the way. */
export class NumberReader {
  readonly problems: Problem[] = []
  private readonly time: StudyTime
  private readonly positions: Positions
  private readonly parameters: ReadonlyMap<string, number>

  /** @param parameters the study's named values, each at its mean */
  constructor(time: StudyTime, positions: Positions, parameters: ReadonlyMap<string, number>) {
    this.time = time
    this.positions = positions
    this.parameters = parameters
  }

  /** The number at `path` of the file, checked against `range` and ready for a Study. */
  read(spec: NumberSpec, path: DocumentPath, [min, max]: readonly [number, number]): NumberSpec {
    const values = this.valuesOf(spec, path)
    const outside = values.findIndex((value) => !(value >= min && value <= max))
    if (outside >= 0) {
      const when = typeof spec === 'object' && 'formula' in spec && values.length > 1 ? ` in week ${outside}` : ''
      this.report(path, outsideRange(values[outside], min, max, when))
    }
    return typeof spec === 'object' && 'dist' in spec ? labelled(spec, path) : spec
  }

  /** Adds a problem. */
  report(path: DocumentPath, message: string, of: 'key' | 'value' = 'value'): void {
    this.problems.push(problemAt(this.positions, path, message, of))
  }

  /** Every value that a number takes at its mean, and the bounds of a bounded distribution. */
  private valuesOf(spec: NumberSpec, path: DocumentPath): readonly number[] {
    if (typeof spec === 'number') return [spec]
    if ('dist' in spec) return [distributionMean(spec), ...(distributionBounds(spec) ?? [])]
    try {
      const series: Series = formulaSeries(spec, this.time, this.parameters)
      return typeof series === 'number' ? [series] : series
    } catch (error) {
      if (!(error instanceof NotFiniteError)) throw error
      this.report(path, text.notFinite(error.week))
      return []
    }
  }
}

/** The distribution with the path that keys its draws. */
export function labelled(spec: Distribution, path: DocumentPath): Distribution {
  return { ...spec, key: formatPath(path) }
}
