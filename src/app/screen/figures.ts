/** Every picture of the right half, in order. A picture that cannot be seen waits until it can. */
import type { Session } from './session.ts'
import { differencesFigure, equityFigure, moneyFigure } from './table-figures.ts'
import { gapFigure, groupsFigure, listFigure } from './time-figures.ts'
import { gapExplainedFigure } from './gap-explained.ts'
import { planeFigure } from './plane-picture.ts'
import type { Shown } from './results-part.ts'
import { targetsFigure } from './target-dials.ts'
import type { TaskQueue } from './task-queue.ts'

/** A picture: its place in the page, and how it is drawn again. */
export interface Picture {
  readonly id: string
  readonly root: HTMLElement
  /** May take several turns. */
  draw(shown: Shown): void | Promise<void>
}

/** All pictures. */
export interface Figures {
  readonly roots: readonly HTMLElement[]
  show(shown: Shown): void
}

/** After the last change of full results, milliseconds: then pictures that nobody has scrolled to are drawn, for print. */
const SETTLED_MS = 2000

/** Makes the frames; pictures are drawn in turns of the queue, those on the screen first. */
export function createFigures(session: Session, queue: TaskQueue): Figures {
  const pictures: readonly Picture[] = [
    listFigure(session),
    gapFigure(session),
    planeFigure(session),
    groupsFigure(session),
    targetsFigure(),
    moneyFigure(),
    differencesFigure(),
    equityFigure(),
    gapExplainedFigure(session),
  ]
  const seen = new Set<string>()
  const stale = new Map<string, Shown>()
  const draw = (picture: Picture): void => {
    const shown = stale.get(picture.id)
    if (shown === undefined) return
    stale.delete(picture.id)
    queue.add(picture.id, () => picture.draw(shown))
  }
  const watcher = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const picture = pictures.find(({ root }) => root === target)
        if (picture === undefined) continue
        if (!isIntersecting) seen.delete(picture.id)
        else {
          seen.add(picture.id)
          draw(picture)
        }
      }
    },
    { rootMargin: '400px 0px' },
  )
  for (const { root } of pictures) watcher.observe(root)
  // Print shows everything, and waits for nothing.
  let settling: ReturnType<typeof setTimeout> | undefined
  return {
    roots: pictures.map(({ root }) => root),
    show(shown) {
      clearTimeout(settling)
      if (shown.state.run === 'done') settling = setTimeout(() => pictures.forEach(draw), SETTLED_MS)
      for (const picture of pictures) {
        stale.set(picture.id, shown)
        if (seen.has(picture.id)) draw(picture)
      }
    },
  }
}
