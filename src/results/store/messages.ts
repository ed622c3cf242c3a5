/** What the run store says to a user. */

import { reasonOf } from '../messages.ts'

export const storeText = {
  cannotWrite: (folder: string, code: string): string =>
    `${folder}: runs cannot be stored: ${reasonOf(code)}. What was stored before is whole;`
    + ' make room or choose another folder, and run the same command again to go on',
  otherEngine: (folder: string, found: string, wanted: string): string =>
    `${folder} was made by ${found}, and this is ${wanted}: their runs must not be mixed; go on with ${found}, or`
    + ' choose another folder',
  notAStore: (folder: string): string => `${folder} is a file; a run store is a folder`,
  nothingThere: (folder: string): string => `${folder} holds no sweep; name the folder that "fairwait sweep" wrote`,
  locked: (folder: string, pid: number, host: string): string =>
    `${folder} is being written by process ${pid} on ${host}; wait for it or stop it. If no such process runs, delete the`
    + ' file that ends in ".lock" in its journal folder',
  damaged: (file: string): string =>
    `${file} is damaged (it is not what the journal says); delete it and run the same command again, which runs what it held`,
}
