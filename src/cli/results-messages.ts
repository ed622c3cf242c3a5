/** What `fairwait report` and `fairwait reproduce` say. */

/** Help of `fairwait report`. */
export const REPORT = {
  summary: 'make the report of a results folder again',
  description: `Render report.html from the other files of a results folder, as this version
does it. Nothing is simulated; the folder's manifest gets the new hash.

Examples:
  fairwait report output/recovery
  fairwait report output/recovery --json`,
  folder: 'folder that "fairwait run" wrote',
  json: 'print one JSON object in place of the path',
} as const

/** Help of `fairwait reproduce`. */
export const REPRODUCE = {
  summary: 'run a results folder again and compare every file',
  description: `Run the study in a folder's manifest, or every run of a sweep, again, in another
folder that is thrown away, and compare the SHA-256 of every file that must come
out the same.

Examples:
  fairwait reproduce output/recovery
  fairwait reproduce output/slots-and-head-start
  fairwait reproduce output/recovery --workers 1 --json

Exit code: 0 every file is the same; 3 the folder is damaged, so that there is
nothing to compare with; 4 some file came out different.`,
  folder: 'folder that "fairwait run" or "fairwait sweep" wrote',
  workers: 'threads (default: as many as the machine runs in parallel); results do not depend on it',
  json: 'print one JSON object in place of the table',
  quiet: 'no progress',
} as const

/** Problems with a folder. */
export const folderProblems = {
  noFolder: 'there is no such folder; name one that "fairwait run" wrote',
  aFile: 'is a file; name the folder that it is in',
  missing: 'is named in manifest.json and is not there; run the study again',
  cannotFollow: (reason: string): string =>
    `nothing can be made of the study in it (${reason}): it was changed after it was written, or is another version's; run the study again`,
  noDataPackage: 'is no data package; run the study again',
  changed: 'was changed after it was written: its SHA-256 is not the one in manifest.json; run the study again',
} as const

export const COMPARING_LINE = 'comparing files'

/** Which Fairwait, and which Node, made a folder, where it is not this one; null where it is. */
export function otherMaker(made: { readonly engine: string; readonly node: string }, here: { readonly engine: string; readonly node: string }): string | null {
  const parts = [
    ...(made.engine === here.engine ? [] : [`version ${made.engine} wrote this folder, and this is version ${here.engine}`]),
    ...(made.node === here.node ? [] : [`it ran on Node ${made.node}, and this is Node ${here.node}`]),
  ]
  if (parts.length === 0) return null
  return `Note: ${parts.join('; ')}. Equal results are promised for equal versions only.`
}

export const SAME = 'same'
export const DIFFERENT = 'different'

export const allSame = (files: number, seconds: string): string => `All ${files} files came out the same, in ${seconds}.`

/** On standard error, with exit code 4. */
export const someDiffer = (files: readonly string[]): string =>
  `${files.length === 1 ? 'a file' : `${files.length} files`} came out different: ${files.join(', ')}`

/** Where two files part. */
export const difference = {
  line: (line: number, then: string, now: string): string => `line ${line.toLocaleString('en-GB')}\n    then ${then}\n    now  ${now}`,
  byte: (byte: number, then: number, now: number): string =>
    `byte ${byte.toLocaleString('en-GB')} of ${then.toLocaleString('en-GB')} then, ${now.toLocaleString('en-GB')} now`,
} as const

export const reportMade = (path: string, isSame: boolean): string => (isSame ? `${path} (as it was)` : path)
