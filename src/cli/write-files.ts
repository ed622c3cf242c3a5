/** Files that a command writes beside results folders: into a folder, or one by its path. */
import { constants } from 'node:fs'
import { access, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { UserError } from '../errors.ts'
import { makeFolder } from '../results/make-folder.ts'
import { cannotWrite, cannotWriteFile } from '../results/messages.ts'

/**
 * Makes the folder now, so that a long analysis does not fail at its end.
 *
 * @throws UserError with the reason where it cannot be written
 */
export async function prepareFolder(folder: string): Promise<void> {
  await withReason(folder, async () => {
    makeFolder(folder)
    await access(folder, constants.W_OK)
  })
}

/**
 * Makes the folder of a file now, and sees that nothing but a file stands in the file's place.
 *
 * @throws UserError with the reason where it cannot be written
 */
export async function prepareFile(path: string): Promise<void> {
  await prepareFolder(dirname(path))
  const there = await stat(path).catch(() => null)
  if (there?.isDirectory() === true) throw new UserError(cannotWriteFile(path, 'EISDIR'))
}

/**
 * Writes files, each aside first and then renamed, so that none is ever half written.
 *
 * @param files text by name
 * @param refusal what to say where the folder cannot be written, and of which code of the system
 * @throws UserError with the reason where the folder cannot be written
 */
export async function writeFiles(
  folder: string,
  files: Readonly<Record<string, string>>,
  refusal: (folder: string, code: string) => string = cannotWrite,
): Promise<void> {
  const names = Object.keys(files)
  const aside = (name: string): string => join(folder, `.${name}.partial-${process.pid}`)
  await withReason(folder, async () => {
    makeFolder(folder)
    try {
      for (const name of names) await writeFile(aside(name), files[name])
      for (const name of names) await rename(aside(name), join(folder, name))
    } catch (error) {
      for (const name of names) await rm(aside(name), { force: true })
      throw error
    }
  }, refusal)
}

/**
 * Writes one file, its folder made where it is missing, aside first as {@link writeFiles} does.
 *
 * @throws UserError with the reason where it cannot be written
 */
export async function writeFileAside(path: string, text: string): Promise<void> {
  await writeFiles(dirname(path), { [basename(path)]: text }, (_, code) => cannotWriteFile(path, code))
}

async function withReason(folder: string, act: () => Promise<void>, refusal = cannotWrite): Promise<void> {
  try {
    await act()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined
    if (code === undefined) throw error
    throw new UserError(refusal(folder, code))
  }
}
