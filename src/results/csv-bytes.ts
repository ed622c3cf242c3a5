/**
 * CSV as bytes. series.csv has millions of rows; making each number a JavaScript string first takes about four
 * times as long as writing its digits here.
 */

/** Powers of ten that a double holds exactly. */
const EXACT_POWERS = Array.from({ length: 23 }, (_, power) => Number(`1e${power}`))
const SIGNIFICANT_DIGITS = 6
/** Largest whole number that is taken as digits; below 2^53 with room for rounding. */
const WHOLE_LIMIT = 1e15
/** Means of a few hundred whole numbers often end within four decimals. */
const SHORT_DECIMALS = 4
/** No number below is longer than this. */
const NUMBER_BYTES = 32

const COMMA = 44
const MINUS = 45
const POINT = 46
const ZERO = 48

/** Bytes of CSV under construction. */
export class CsvBytes {
  #bytes: Uint8Array
  #length = 0

  /** @param capacity bytes to begin with; grows when needed */
  constructor(capacity: number) {
    this.#bytes = new Uint8Array(capacity)
  }

  get length(): number {
    return this.#length
  }

  /** The bytes so far; valid until the next change. */
  view(): Uint8Array {
    return this.#bytes.subarray(0, this.#length)
  }

  clear(): void {
    this.#length = 0
  }

  /** Appends bytes as they are, delimiters included. */
  raw(bytes: Uint8Array): void {
    this.#reserve(bytes.length)
    const target = this.#bytes
    let at = this.#length
    // Fields are short: a loop beats TypedArray.set, which costs a call into the engine.
    for (let i = 0; i < bytes.length; i++) target[at++] = bytes[i]
    this.#length = at
  }

  comma(): void {
    this.#reserve(1)
    this.#bytes[this.#length++] = COMMA
  }

  /** Appends a number that reads back to the same double; nothing for NaN. */
  exact(value: number): void {
    if (Number.isNaN(value)) return
    this.#reserve(NUMBER_BYTES)
    const size = Math.abs(value)
    if (size < WHOLE_LIMIT && Number.isInteger(value)) {
      this.#sign(value)
      this.#digits(size)
      return
    }
    const scaled = Math.round(size * EXACT_POWERS[SHORT_DECIMALS])
    if (scaled < WHOLE_LIMIT && scaled / EXACT_POWERS[SHORT_DECIMALS] === size) {
      this.#sign(value)
      this.#decimal(scaled, SHORT_DECIMALS)
      return
    }
    this.#ascii(String(value))
  }

  /** Appends a number to six significant digits; nothing for NaN. */
  rounded(value: number): void {
    if (Number.isNaN(value)) return
    this.#reserve(NUMBER_BYTES)
    const size = Math.abs(value)
    if (size === 0) {
      this.#bytes[this.#length++] = ZERO
      return
    }
    if (size < 1e-6 || size >= WHOLE_LIMIT) {
      this.#ascii(String(Number(value.toPrecision(SIGNIFICANT_DIGITS))))
      return
    }
    this.#sign(value)
    this.#significant(size)
  }

  #significant(size: number): void {
    let decimals = SIGNIFICANT_DIGITS
    // After this, 10^5 ≤ size × 10^decimals < 10^6, so that rounding leaves six digits.
    if (size >= 1) {
      while (decimals > 0 && size * EXACT_POWERS[decimals] >= 1e6) decimals--
      if (decimals === 0 && size >= 1e6) {
        const unit = wholeUnit(size)
        this.#digits(Math.round(size / unit) * unit)
        return
      }
    } else {
      while (size * EXACT_POWERS[decimals] < 1e5) decimals++
    }
    this.#decimal(Math.round(size * EXACT_POWERS[decimals]), decimals)
  }

  #sign(value: number): void {
    if (value < 0) this.#bytes[this.#length++] = MINUS
  }

  /** Appends `scaled` ÷ 10^decimals without trailing zeros. */
  #decimal(scaled: number, decimals: number): void {
    let digits = scaled
    let places = decimals
    while (places > 0 && digits % 10 === 0) {
      digits /= 10
      places--
    }
    const whole = Math.floor(digits / EXACT_POWERS[places])
    this.#digits(whole)
    if (places === 0) return
    this.#bytes[this.#length++] = POINT
    let rest = digits - whole * EXACT_POWERS[places]
    for (let at = this.#length + places - 1; at >= this.#length; at--) {
      const next = Math.floor(rest / 10)
      this.#bytes[at] = ZERO + (rest - next * 10)
      rest = next
    }
    this.#length += places
  }

  #digits(whole: number): void {
    let count = 1
    while (count < 16 && whole >= EXACT_POWERS[count]) count++
    let rest = whole
    for (let at = this.#length + count - 1; at >= this.#length; at--) {
      const next = Math.floor(rest / 10)
      this.#bytes[at] = ZERO + (rest - next * 10)
      rest = next
    }
    this.#length += count
  }

  #ascii(text: string): void {
    for (let i = 0; i < text.length; i++) this.#bytes[this.#length++] = text.charCodeAt(i)
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + more))
    grown.set(this.view())
    this.#bytes = grown
  }
}

/** The power of ten to which a number of a million or more is rounded. */
function wholeUnit(size: number): number {
  let power = 1
  while (size >= EXACT_POWERS[SIGNIFICANT_DIGITS + power]) power++
  return EXACT_POWERS[power]
}
