/** What the operating system says of an error. */

/** Its code, such as `ENOSPC`; undefined for errors of other kinds. */
export function systemCode(error: unknown): string | undefined {
  const isSystemError = error instanceof Error && 'syscall' in error && 'code' in error
  return isSystemError ? String(error.code) : undefined
}
