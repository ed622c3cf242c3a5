/** What each of the peers' programs prints for a replication. */
export interface PeerAnswer {
  /** Processor time of the simulation alone: without starting the program, reading the model or measuring. */
  readonly nanoseconds: number
  readonly pathways: number
  /** In the order of `MEASURES`. */
  readonly measures: readonly number[]
}
