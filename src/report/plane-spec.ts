/** Efficiency against equity as Vega-Lite: one plane with named quadrants. */
import type { TopLevelSpec } from 'vega-lite'
import { LABEL } from './chart-specs.ts'
import { COLOURS } from './chart-style.ts'

/** A scenario on the plane, in the units of its axes, with limits. */
export interface PlanePoint {
  readonly label: string
  readonly x: number
  readonly xLower: number
  readonly xUpper: number
  readonly y: number
  readonly yLower: number
  readonly yUpper: number
}

/** Half the plane's width and height, in the units of its axes; nought is in the middle. */
export interface PlaneReach {
  readonly x: number
  readonly y: number
}

/** What the plane says. */
export interface PlaneText {
  /** Titles of the axes, with their units. */
  readonly x: string
  readonly y: string
  /** Of what there is more on the right, and of what on the left: `Shorter waits`, `Longer waits`. */
  readonly right: string
  readonly left: string
  /** d3 number formats of the axes. */
  readonly xFormat: string
  readonly yFormat: string
}

const WIDTH = 400
const HEIGHT = 300
/** Points nearer than this, in pixels, share one label. */
const NEAR = 18
const MUTED = '#4C6272'

/** Efficiency to the right, fairness upwards. */
export function equityPlane(points: readonly PlanePoint[], reach: PlaneReach, text: PlaneText): TopLevelSpec {
  const x = axis('x', reach.x, text.x, text.xFormat)
  const y = axis('y', reach.y, text.y, text.yFormat)
  const interval = (encoding: object): object => ({
    mark: { type: 'rule', color: COLOURS.blue, strokeWidth: 1.5 },
    encoding,
  })
  return {
    width: WIDTH,
    height: HEIGHT,
    data: { values: points.map((point) => ({ ...point })) },
    layer: [
      zeroRule('x'),
      zeroRule('y'),
      corner(`${text.right}, fairer`, true, true),
      corner(`${text.left}, fairer`, false, true),
      corner(`${text.right}, less fair`, true, false),
      corner(`${text.left}, less fair`, false, false),
      interval({ x: { field: 'xLower', type: 'quantitative' }, x2: { field: 'xUpper' }, y }),
      interval({ x, y: { field: 'yLower', type: 'quantitative' }, y2: { field: 'yUpper' } }),
      {
        mark: { type: 'point', shape: 'circle', filled: true, size: 130, color: COLOURS.blue, opacity: 1 },
        encoding: { x, y },
      },
      ...sharedLabels(points, reach).map(({ letters, at, isRight }) => ({
        data: { values: [{ ...at }] },
        mark: {
          type: 'text',
          text: letters,
          dx: isRight ? -9 : 9,
          dy: -11,
          align: isRight ? 'right' : 'left',
          fontSize: 14,
          fontWeight: 'bold',
          color: COLOURS.blue,
        },
        encoding: { x, y },
      })),
    ],
  } as TopLevelSpec
}

function axis(field: 'x' | 'y', reach: number, title: string, format: string): object {
  return {
    field,
    type: 'quantitative',
    scale: { domain: [-reach, reach], nice: false },
    axis: { title, grid: false, tickCount: 5, format, labelExpr: LABEL },
  }
}

function zeroRule(channel: 'x' | 'y'): object {
  return {
    data: { values: [{ zero: 0 }] },
    mark: { type: 'rule', color: '#768692', strokeDash: [4, 4] },
    encoding: { [channel]: { field: 'zero', type: 'quantitative' } },
  }
}

function corner(text: string, isRight: boolean, isTop: boolean): object {
  return {
    data: { values: [{}] },
    mark: {
      type: 'text',
      text,
      fontSize: 13,
      fontWeight: 'bold',
      color: MUTED,
      align: isRight ? 'right' : 'left',
      baseline: 'bottom',
    },
    encoding: { x: { value: isRight ? WIDTH - 4 : 4 }, y: { value: isTop ? -8 : HEIGHT - 6 } },
  }
}

interface SharedLabel {
  readonly letters: string
  readonly at: { readonly x: number; readonly y: number }
  /** Whether the point is so far right that its label must stand on its left. */
  readonly isRight: boolean
}

/** One label for points that lie on top of each other, so that no label hides another. */
function sharedLabels(points: readonly PlanePoint[], reach: PlaneReach): SharedLabel[] {
  const clusters: PlanePoint[][] = []
  for (const point of points) {
    const near = clusters.find(([first]) => {
      const across = ((point.x - first.x) / reach.x) * (WIDTH / 2)
      const up = ((point.y - first.y) / reach.y) * (HEIGHT / 2)
      return Math.hypot(across, up) < NEAR
    })
    if (near === undefined) clusters.push([point])
    else near.push(point)
  }
  return clusters.map((cluster) => ({
    letters: cluster.map(({ label }) => label).join(', '),
    at: cluster[0],
    isRight: cluster[0].x > reach.x * 0.7,
  }))
}
