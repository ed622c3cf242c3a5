/** The engine of the app: reads studies, runs them in browser workers and keeps the results. */
import type { Engine } from '../contract.ts'

/** Starts the engine: its coordinator, and a worker for each processor but one. */
export function createEngine(): Engine {
  throw new Error('the engine is not there yet')
}
