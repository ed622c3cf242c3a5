/**
 * Reads the numbers of a study file while it is resolved: labels distributions with the path that keys their
 * draws, and checks distributions and formulas against the range of the parameter they stand for.
 */
import type { Problem } from '../errors.ts'
import { distributionBounds, distributionMean } from './distributions.ts'
import { formulaSeries, NotFiniteError } from './formula-series.ts'
import { inWeek, outsideRange, text, unknownName } from './messages.ts'
import { formatPath, problemAt } from './positions.ts'
import type { DocumentPath, Positions } from './positions.ts'
import type { Distribution, NumberSpec, Series, StudyTime } from './study.ts'

/** Numbers by deprivation group as a study file may write them. */
export type PerGroupFile = NumberSpec | readonly NumberSpec[] | { readonly deprivation: Readonly<Record<string, NumberSpec>> }

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
      const isSeries = typeof spec === 'object' && 'formula' in spec && values.length > 1
      const when = isSeries ? inWeek((outside * this.time.stepDays) / 7) : ''
      this.report(path, outsideRange(values[outside], min, max, when))
    }
    return typeof spec === 'object' && 'dist' in spec ? labelled(spec, path) : spec
  }

  /**
   * Numbers by deprivation group, as one for all, as a list, or as `{ deprivation: { 1: … } }`.
   *
   * @param otherwise value of each group that is left out
   */
  perGroup(
    written: PerGroupFile | undefined,
    path: DocumentPath,
    range: readonly [number, number],
    otherwise: readonly NumberSpec[],
  ): NumberSpec[] {
    const groups = otherwise.length
    if (written === undefined) return [...otherwise]
    if (Array.isArray(written)) {
      if (written.length !== groups) this.report(path, text.perGroupLength(groups, written.length))
      return written.map((spec: NumberSpec, group) => this.read(spec, [...path, group], range))
    }
    if (typeof written !== 'object' || !('deprivation' in written)) {
      return otherwise.map(() => this.read(written as NumberSpec, path, range))
    }
    const values = [...otherwise]
    for (const [group, spec] of Object.entries(written.deprivation)) {
      const at = [...path, 'deprivation', group]
      if (Number(group) > groups) this.report(at, text.groupRange(group, groups), 'key')
      else values[Number(group) - 1] = this.read(spec, at, range)
    }
    return values
  }

  /** The number at its mean, in the first step; NaN where a formula has none. */
  meanOf(spec: NumberSpec): number {
    if (typeof spec === 'number') return spec
    if ('dist' in spec) return distributionMean(spec)
    try {
      const series: Series = formulaSeries(spec, this.time, this.parameters)
      return typeof series === 'number' ? series : series[0]
    } catch (error) {
      if (error instanceof NotFiniteError) return Number.NaN
      throw error
    }
  }

  /** Reports names that are not among the valid ones, and those listed twice. */
  names(kind: string, written: readonly string[], valid: readonly string[], path: DocumentPath): void {
    for (const [index, name] of written.entries()) {
      if (!valid.includes(name)) this.report([...path, index], unknownName(kind, name, valid))
      else if (written.indexOf(name) < index) this.report([...path, index], text.repeated(name))
    }
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
