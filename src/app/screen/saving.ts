/** Everything that leaves the screen: the study, a link to it, files of results, pictures. */
import { GivenProblems, type Engine, type ExportKind } from '../contract.ts'
import { text } from '../messages.ts'
import type { SavableView } from './chart-view.ts'
import type { Figure } from './figure.ts'
import { linkFragment } from './link.ts'
import { pngOf, standalonePicture } from './picture-file.ts'
import type { Session } from './session.ts'

/** Hands a file to the browser, which saves it. */
function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content)
  const anchor = document.createElement('a')
  anchor.href = url
  anchor.download = name
  anchor.click()
  // The browser has taken it by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

/** Saves a figure as one picture, with all that it says. */
export function savePicture(session: Session, id: string, figure: Figure, panels: readonly { readonly title: string; readonly view: SavableView }[], kind: 'svg' | 'png'): void {
  const name = session.state().file?.name ?? 'fairwait'
  const save = async (): Promise<void> => {
    const drawn = await Promise.all(panels.map(async ({ title, view }) => ({ heading: title, svg: await view.svg() })))
    const picture = standalonePicture({ ...figure.said(), panels: drawn })
    saveFile(`${name}-${id}.${kind}`, kind === 'svg' ? new Blob([picture.svg], { type: 'image/svg+xml' }) : await pngOf(picture))
  }
  save().catch(() => session.report([{ message: text.problems.picture }]))
}

/** Saves a file that the engine makes; says why where it cannot. */
export async function saveExport(engine: Engine, session: Session, kind: ExportKind): Promise<boolean> {
  try {
    const { name, mediaType, bytes } = await engine.exportFile(kind)
    saveFile(name, new Blob([new Uint8Array(bytes)], { type: mediaType }))
    return true
  } catch (error) {
    session.report(error instanceof GivenProblems ? error.problems : [{ message: text.problems.export }])
    return false
  }
}

/** Saves the study as it stands on the screen. */
export async function saveStudy(engine: Engine, session: Session): Promise<boolean> {
  const { file } = session.state()
  if (file === null) return false
  const written = await engine.write(file)
  saveFile(`${file.name}.yaml`, new Blob([written], { type: 'application/yaml' }))
  return true
}

/** Puts a link to the study into the address, and returns it; null where the study is too long for one. */
export async function studyLink(engine: Engine, session: Session): Promise<string | null> {
  const { file } = session.state()
  if (file === null) return null
  const fragment = linkFragment(await engine.write(file))
  if (fragment === null) return null
  history.replaceState(null, '', fragment)
  return location.href
}
