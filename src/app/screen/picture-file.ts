/**
 * A figure as a picture that can stand alone: title, sentence, key, and every panel under its own heading, on white.
 *
 *     title
 *     sentence, in lines
 *     key, one entry a line
 *     panel  panel  …
 */
import { TEXT_COLOUR } from '../../report/chart-style.ts'
import { text } from '../messages.ts'
import { svgElement } from './dom.ts'
import type { KeyEntry } from './figure.ts'

/** What a picture is made of. */
export interface PictureParts {
  readonly title: string
  readonly sentence: string
  readonly key: readonly KeyEntry[]
  /** Panels with their headings; `svg` is a whole SVG document. */
  readonly panels: readonly { readonly heading: string; readonly svg: string }[]
}

/** A picture, and its size in pixels. */
export interface Picture {
  readonly svg: string
  readonly width: number
  readonly height: number
}

const MARGIN = 20
const GAP = 28
const FONT = 'Arial, Helvetica, sans-serif'
const LINE = 20
/** Panels side by side; more stand below. */
const MOST_ABREAST = 2
const LEAST_WIDTH = 560
/** Width of a character of bold Arial in font sizes, on the wide side of its mean: lines are broken by it. */
const CHARACTER = 0.58

/** Puts a picture together. A panel that is all of the figure needs no heading of its own. Text becomes text nodes, so that no title can become markup. */
export function standalonePicture({ title, sentence, key, panels }: PictureParts): Picture {
  const parsed = panels.map(({ heading, svg }, index) => ({ heading, ...sized(svg, index) }))
  const abreast = Math.min(MOST_ABREAST, Math.max(1, parsed.length))
  const column = Math.max(0, ...parsed.map(({ width }) => width))
  const width = Math.max(LEAST_WIDTH, abreast * column + (abreast - 1) * GAP + 2 * MARGIN)
  const inside = width - 2 * MARGIN
  const children: SVGElement[] = []
  let y = MARGIN
  const write = (words: string, size: number, weight: number, x = MARGIN): void => {
    for (const line of brokenLines(words, (inside - x + MARGIN) / (size * CHARACTER))) {
      y += LINE
      children.push(textAt(line, x, y - 5, size, weight))
    }
  }
  write(title, 18, 600)
  write(sentence, 14, 400)
  for (const entry of key) {
    children.push(...keySample(entry, y + LINE / 2))
    write(entry.label, 13, 400, MARGIN + 44)
  }
  y += LINE / 2
  for (let from = 0; from < parsed.length; from += abreast) {
    const row = parsed.slice(from, from + abreast).map((panel) => ({
      ...panel,
      lines: panel.heading === title ? [] : brokenLines(panel.heading, column / (13 * CHARACTER)),
    }))
    const headings = Math.max(...row.map(({ lines }) => lines.length)) * LINE
    row.forEach(({ lines, root, height }, index) => {
      const x = MARGIN + index * (column + GAP)
      lines.forEach((line, number) => children.push(textAt(line, x, y + 14 + number * LINE, 13, 600)))
      place(root, x, y + headings, height)
      children.push(root)
    })
    y += headings + Math.max(...row.map(({ height }) => height)) + GAP / 2
  }
  write(text.figure.madeWith, 11, 400)
  const height = y + MARGIN / 2
  const attributes = { width, height, viewBox: `0 0 ${width} ${height}`, 'font-family': FONT, fill: TEXT_COLOUR }
  const root = svgElement('svg', attributes, svgElement('title', {}, title), svgElement('rect', { width, height, fill: '#fff' }), ...children)
  return { svg: new XMLSerializer().serializeToString(root), width, height }
}

/** Words in lines of at most so many characters; a longer word has a line of its own. */
export function brokenLines(words: string, most: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of words.split(/\s+/).filter((each) => each !== '')) {
    if (line !== '' && line.length + 1 + word.length > most) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return line === '' ? lines : [...lines, line]
}

const textAt = (words: string, x: number, y: number, size: number, weight: number): SVGElement =>
  svgElement('text', { x, y, 'font-size': size, 'font-weight': weight }, words)

function keySample({ style, letter, isBand = false }: KeyEntry, y: number): SVGElement[] {
  if (letter !== undefined) return [textAt(letter, MARGIN + 12, y + 5, 13, 600)]
  if (isBand) return [svgElement('rect', { x: MARGIN, y: y - 6, width: 34, height: 12, fill: '#b8c7d3' })]
  if (style === undefined) return []
  const { colour, dash, width } = style
  return [svgElement('line', { x1: MARGIN, x2: MARGIN + 34, y1: y, y2: y, stroke: colour, 'stroke-width': width, 'stroke-dasharray': dash.join(' ') })]
}

function sized(svg: string, panel: number): { readonly root: SVGElement; readonly width: number; readonly height: number } {
  const root = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement as unknown as SVGElement
  // Every panel numbers its clipping paths from nought.
  for (const each of root.querySelectorAll('[id]')) each.id = `panel${panel}-${each.id}`
  for (const each of root.querySelectorAll('[clip-path]')) {
    each.setAttribute('clip-path', (each.getAttribute('clip-path') ?? '').replace('url(#', `url(#panel${panel}-`))
  }
  return { root, width: Number(root.getAttribute('width')), height: Number(root.getAttribute('height')) }
}

function place(root: SVGElement, x: number, y: number, height: number): void {
  root.setAttribute('x', String(x))
  root.setAttribute('y', String(y))
  root.setAttribute('height', String(height))
}

/** Points of a picture for each pixel of the page. */
const SHARPNESS = 2

/** The picture in points. @throws Error where the browser makes none */
export async function pngOf({ svg, width, height }: Picture): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
  try {
    const image = new Image()
    image.src = url
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = Math.ceil(width * SHARPNESS)
    canvas.height = Math.ceil(height * SHARPNESS)
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob === null ? reject(new Error('the browser made no picture')) : resolve(blob)), 'image/png')
    })
  } finally {
    URL.revokeObjectURL(url)
  }
}
