/** Errors of the file system, in words. */
import { UserError } from '../../errors.ts'
import { systemCode } from '../system-code.ts'
import { storeText } from './messages.ts'

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
