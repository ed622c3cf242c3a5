/** Errors of the file system, in words. */
import { UserError } from '../../errors.ts'
import { storeText } from './messages.ts'

/** The operating system's code of an error, such as `ENOSPC`; undefined for errors of other kinds. */
export function systemCode(error: unknown): string | undefined {
  const isSystemError = error instanceof Error && 'syscall' in error && 'code' in error
  return isSystemError ? String(error.code) : undefined
}

/** Runs an action that writes into `folder`; what the system refuses becomes a message. */
export function withReasons<T>(folder: string, action: () => T): T {
  try {
    return action()
  } catch (error) {
    const code = systemCode(error)
    if (code === undefined) throw error
    throw new UserError(storeText.cannotWrite(folder, code))
  }
}
