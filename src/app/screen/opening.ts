/** Everything that comes onto the screen from outside: studies, packs, published files, results folders. */
import { text } from '../messages.ts'
import type { Session } from './session.ts'

/** Largest study file read, bytes. */
const MOST_STUDY_BYTES = 2_000_000
/** Largest pack or published file read, bytes. */
const MOST_DATA_BYTES = 200_000_000
/** Most files of a folder looked at. */
const MOST_FILES = 200
/** Bytes of a JSON file that say what it is. */
const HEAD_BYTES = 4096

/** Asks for the code of an ICB, or `ENG`; null where the user thought better of it. */
export type AskForCode = (file: string) => Promise<string | null>

/** Opens what the user gave, whatever it is; everything on the screen stays where it cannot be read. */
export async function openFiles(session: Session, files: readonly File[], askForCode: AskForCode): Promise<void> {
  if (files.length === 0) return
  const manifest = files.find(({ name }) => name === 'manifest.json')
  if (manifest !== undefined) return openFolder(session, files, manifest)
  if (files.length > 1) return session.report([{ message: text.problems.severalFiles }])
  const [file] = files
  const ending = file.name.split('.').at(-1)?.toLowerCase() ?? ''
  const kind = await kindOf(file, ending)
  if (kind === null) return session.report([{ file: file.name, message: text.problems.unknownFile }])
  const most = kind === 'study' ? MOST_STUDY_BYTES : MOST_DATA_BYTES
  if (file.size > most) return session.report([{ file: file.name, message: text.problems.tooLarge(most / 1e6) }])
  if (kind === 'study') {
    await session.openText(await file.text())
    return
  }
  const code = kind === 'published' ? await askForCode(file.name) : undefined
  if (code === null) return
  const pack = await session.addPack(file.name, new Uint8Array(await file.arrayBuffer()), code)
  if (pack !== null) session.selectPack(pack.path)
}

/** What a file is, by its name, and for JSON by how it begins. */
async function kindOf(file: File, ending: string): Promise<'study' | 'pack' | 'published' | null> {
  switch (ending) {
    case 'yaml':
    case 'yml':
      return 'study'
    case 'csv':
    case 'zip':
      return 'published'
    case 'json': {
      const head = await file.slice(0, HEAD_BYTES).text()
      return head.includes('"fairwait-baseline"') ? 'pack' : 'study'
    }
    default:
      return null
  }
}

async function openFolder(session: Session, files: readonly File[], manifest: File): Promise<void> {
  // Of a folder, the files beside the manifest; a folder in it is none of its own.
  const folder = manifest.webkitRelativePath.split('/').slice(0, -1).join('/')
  const own = files.filter((file) => file.webkitRelativePath.split('/').slice(0, -1).join('/') === folder).slice(0, MOST_FILES)
  const tooLarge = own.find(({ size }) => size > MOST_DATA_BYTES)
  if (tooLarge !== undefined) return session.report([{ file: tooLarge.name, message: text.problems.tooLarge(MOST_DATA_BYTES / 1e6) }])
  const given = await Promise.all(own.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })))
  await session.openResults(folder.split('/').at(-1) || text.opened.folder, given)
}

/** Lets files and folders be dropped anywhere on the page. */
export function acceptDrops(target: HTMLElement, open: (files: readonly File[]) => void): void {
  target.addEventListener('dragover', (event) => {
    event.preventDefault()
    target.classList.add('fw-dropping')
  })
  target.addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) target.classList.remove('fw-dropping')
  })
  target.addEventListener('drop', (event) => {
    event.preventDefault()
    target.classList.remove('fw-dropping')
    const entries = [...(event.dataTransfer?.items ?? [])].flatMap((item) => item.webkitGetAsEntry() ?? [])
    const loose = [...(event.dataTransfer?.files ?? [])]
    void filesIn(entries, loose).then(open)
  })
}

async function filesIn(entries: readonly FileSystemEntry[], loose: readonly File[]): Promise<readonly File[]> {
  const folder = entries.find((entry): entry is FileSystemDirectoryEntry => entry.isDirectory)
  if (folder === undefined) return loose
  const reader = folder.createReader()
  const found: File[] = []
  for (;;) {
    // A reader gives a hundred entries at a time, and none at the end.
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject)
    })
    if (batch.length === 0 || found.length > MOST_FILES) return found
    for (const entry of batch) if (entry.isFile) found.push(await fileOf(entry as FileSystemFileEntry))
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => {
    entry.file(resolve, reject)
  })
}
