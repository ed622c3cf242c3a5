/** What is said of a study's size before it is run. */
import type { StudySize } from '../scenario/size.ts'
import { duration } from './messages.ts'

const GIGABYTE = 1e9

/** `2.4 GB` */
const gigabytes = (bytes: number): string => `${(bytes / GIGABYTE).toLocaleString('en-GB', { maximumSignificantDigits: 2 })} GB`

/** `1,200`, `36 million` */
function people(count: number): string {
  return count < 1e6
    ? Math.round(count).toLocaleString('en-GB')
    : `${(count / 1e6).toLocaleString('en-GB', { maximumSignificantDigits: 3 })} million`
}

const threadsOf = (workers: number): string => (workers === 1 ? 'one thread' : `${workers} threads`)

export const sizeMessages = {
  tooLarge: (size: StudySize, workers: number, availableBytes: number): string =>
    `the study would need about ${gigabytes(size.kernelBytes * workers)} of memory on ${threadsOf(workers)}, and `
    + `${gigabytes(availableBytes)} are free (${people(size.pathwaysPerRun)} pathways in a run, ${size.strata.toLocaleString('en-GB')} `
    + `strata, ${size.steps.toLocaleString('en-GB')} steps); simulate a fraction (sample: 0.1, or --sample 0.1), or use `
    + `${workers > 1 ? '--workers 1, ' : ''}fewer weeks, weekly steps, or fewer and larger groups`,
  long: (size: StudySize, workers: number, seconds: number): string =>
    `${people(size.pathways)} pathways in ${size.runs.toLocaleString('en-GB')} runs: at least ${duration(seconds)} on `
    + `${threadsOf(workers)} (--sample 0.1 gives a quick look)`,
}
