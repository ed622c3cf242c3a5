/** How the uncertain parameters of a study are drawn: the method, and correlations between them, looked up. */
import { correlatedKeys, correlationMatrix } from './draws/study-draws.ts'
import { largestFactor } from './draws/correlate.ts'
import { MOST_DIMENSIONS } from './draws/sobol-directions.ts'
import { uncertainParameters } from './draws/uncertain.ts'
import { text, unknownName } from './messages.ts'
import type { NumberReader } from './number-reader.ts'
import type { StudyFile } from './schema.ts'
import type { Study } from './study.ts'

/** Problems of the design of draws go to `reader`. */
export function reportDraws(study: Study, file: StudyFile, reader: NumberReader): void {
  const keys = uncertainParameters(study).map(({ key }) => key)
  if (study.drawMethod === 'sobol' && keys.length > MOST_DIMENSIONS) {
    reader.report(['drawMethod'], text.tooManyUncertain(keys.length, MOST_DIMENSIONS))
  }
  if (file.correlations === undefined || !reportPairs(study, keys, reader)) return
  const tied = correlatedKeys(study.correlations)
  const factor = largestFactor(correlationMatrix(tied, study.correlations))
  if (factor < 1) reader.report(['correlations'], text.contradictingCorrelations(factor))
  if (study.draws > 0 && study.draws <= tied.length) reader.report(['correlations'], text.tooFewDraws(study.draws, tied.length + 1))
}

/** Whether every pair is of two uncertain parameters and named once; what is not is reported. */
function reportPairs({ correlations }: Study, keys: readonly string[], reader: NumberReader): boolean {
  const before = reader.problems.length
  const seen = new Map<string, number>()
  for (const [index, { between }] of correlations.entries()) {
    for (const [side, key] of between.entries()) {
      if (keys.length === 0) reader.report(['correlations', index, 'between', side], text.nothingUncertain)
      else if (!keys.includes(key)) reader.report(['correlations', index, 'between', side], unknownName('uncertain parameter', key, keys))
    }
    const pair = JSON.stringify(between.toSorted())
    if (between[0] === between[1]) reader.report(['correlations', index, 'between'], text.correlationWithItself)
    else if (seen.has(pair)) reader.report(['correlations', index, 'between'], text.repeated('this pair'))
    seen.set(pair, index)
  }
  return reader.problems.length === before
}
