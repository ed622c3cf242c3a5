/**
 * Running moments of runs, within draws and between them: what is owed to uncertain parameters, and what to chance.
 * Runs come by draw, then by replication; none is held.
 */

/** Mean and spread of one number over runs, apart by what makes it spread. NaN where undefined. */
export interface Spread {
  /** Runs in which the number was defined. */
  readonly n: number
  readonly mean: number
  /** Standard deviation over all runs (n − 1). */
  readonly sd: number
  /** Standard error of the mean: over draws where there are several, else over replications. */
  readonly standardError: number
  /** Degrees of freedom of the standard error. */
  readonly degrees: number
  /** Variance by uncertain parameters: unbiased, so that it may come out below 0. NaN without draws × replications. */
  readonly parameterVariance: number
  /** Variance by chance, within draws: unbiased. NaN with one replication. */
  readonly randomVariance: number
}

/** Moments of a block of numbers, in typed arrays. */
export class NestedMoments {
  readonly #size: number
  // Over all runs.
  readonly #n: Float64Array
  readonly #mean: Float64Array
  readonly #squares: Float64Array
  // Within the draw at hand.
  readonly #drawN: Float64Array
  readonly #drawMean: Float64Array
  readonly #drawSquares: Float64Array
  // Over the draws before it: sums of squares within; draw means, each counted once; runs of each draw.
  readonly #within: Float64Array
  readonly #draws: Float64Array
  readonly #meanOfMeans: Float64Array
  readonly #squaresOfMeans: Float64Array
  readonly #weightedMean: Float64Array
  readonly #weightedSquares: Float64Array
  readonly #runs: Float64Array
  readonly #squaredRuns: Float64Array

  /** @param size numbers in a block */
  constructor(size: number) {
    const zeros = (): Float64Array => new Float64Array(size)
    this.#size = size
    this.#n = zeros()
    this.#mean = zeros()
    this.#squares = zeros()
    this.#drawN = zeros()
    this.#drawMean = zeros()
    this.#drawSquares = zeros()
    this.#within = zeros()
    this.#draws = zeros()
    this.#meanOfMeans = zeros()
    this.#squaresOfMeans = zeros()
    this.#weightedMean = zeros()
    this.#weightedSquares = zeros()
    this.#runs = zeros()
    this.#squaredRuns = zeros()
  }

  /** Adds a run's value; NaN is left out. */
  add(cell: number, value: number): void {
    if (Number.isNaN(value)) return
    update(this.#n, this.#mean, this.#squares, cell, value)
    update(this.#drawN, this.#drawMean, this.#drawSquares, cell, value)
  }

  /** Ends a draw: what came since the last draw belongs together. */
  endDraw(): void {
    for (let cell = 0; cell < this.#size; cell += 1) {
      const n = this.#drawN[cell]
      if (n > 0) this.#foldDraw(cell, n)
    }
    this.#drawN.fill(0)
    this.#drawMean.fill(0)
    this.#drawSquares.fill(0)
  }

  #foldDraw(cell: number, n: number): void {
    const mean = this.#drawMean[cell]
    this.#within[cell] += this.#drawSquares[cell]
    update(this.#draws, this.#meanOfMeans, this.#squaresOfMeans, cell, mean)
    // West's weighted update: a draw weighs as many runs as it has.
    const deviation = mean - this.#weightedMean[cell]
    this.#runs[cell] += n
    this.#weightedMean[cell] += (deviation * n) / this.#runs[cell]
    this.#weightedSquares[cell] += n * deviation * (mean - this.#weightedMean[cell])
    this.#squaredRuns[cell] += n * n
  }

  /** What has come so far; every draw must have been ended. */
  spread(cell: number): Spread {
    const n = this.#n[cell]
    if (n === 0) return NO_RUNS
    const draws = this.#draws[cell]
    const variance = n > 1 ? this.#squares[cell] / (n - 1) : Number.NaN
    const overDraws = draws > 1
    const randomVariance = n > draws ? this.#within[cell] / (n - draws) : Number.NaN
    return {
      n,
      // A draw counts once for the mean, however many of its runs were defined.
      mean: overDraws ? this.#meanOfMeans[cell] : this.#mean[cell],
      sd: Math.sqrt(variance),
      standardError: overDraws ? Math.sqrt(this.#squaresOfMeans[cell] / (draws - 1) / draws) : Math.sqrt(variance / n),
      degrees: overDraws ? draws - 1 : n - 1,
      parameterVariance: overDraws ? this.#parameterVariance(cell, draws, randomVariance) : Number.NaN,
      randomVariance,
    }
  }

  /** One-way analysis of variance: (between − within) ÷ runs in a draw, which is unbiased. */
  #parameterVariance(cell: number, draws: number, randomVariance: number): number {
    const between = this.#weightedSquares[cell] / (draws - 1)
    const runsInDraw = (this.#runs[cell] - this.#squaredRuns[cell] / this.#runs[cell]) / (draws - 1)
    return (between - randomVariance) / runsInDraw
  }
}

const NO_RUNS: Spread = {
  n: 0,
  mean: Number.NaN,
  sd: Number.NaN,
  standardError: Number.NaN,
  degrees: 0,
  parameterVariance: Number.NaN,
  randomVariance: Number.NaN,
}

/** Welford's update. */
function update(n: Float64Array, mean: Float64Array, squares: Float64Array, cell: number, value: number): void {
  const count = n[cell] + 1
  const deviation = value - mean[cell]
  n[cell] = count
  mean[cell] += deviation / count
  squares[cell] += deviation * (value - mean[cell])
}
