/**
 * Processor time of the calling thread, milliseconds: what a wall clock says on an idle machine, and says of this
 * program alone on a busy one.
 */
export function processorMilliseconds(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}
