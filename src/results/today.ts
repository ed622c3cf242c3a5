/** The day that metadata carry. */

const ISO_DATE_LENGTH = 10

/** The day in universal time, or that of SOURCE_DATE_EPOCH, for files that must come out the same on another day. */
export function today(): string {
  const epoch = process.env['SOURCE_DATE_EPOCH']
  const date = epoch === undefined || !/^\d{1,11}$/.test(epoch) ? new Date() : new Date(Number(epoch) * 1000)
  return date.toISOString().slice(0, ISO_DATE_LENGTH)
}
