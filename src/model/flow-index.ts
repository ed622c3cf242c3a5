/** Where each flow stands in the census. */
import { EXIT_CAUSES } from '../scenario/study.ts'
import { FLOWS, type Flow } from './census.ts'

/** Index of each flow in `FLOWS`. */
export const FLOW = Object.fromEntries(FLOWS.map((flow, index) => [flow, index])) as Record<Flow, number>

/** Index of the flow of each exit cause, in the order of `EXIT_CAUSES`. */
export const EXIT_FLOW = EXIT_CAUSES.map((cause) => FLOW[cause])
