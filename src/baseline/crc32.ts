/** CRC-32 as ZIP files use it (ISO 3309; polynomial 0xEDB88320, reflected). */

const TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte
  for (let bit = 0; bit < 8; bit += 1) remainder = (remainder & 1) === 1 ? (remainder >>> 1) ^ 0xedb88320 : remainder >>> 1
  return remainder
})

/**
 * The checksum of bytes, from 0 to 2^32 − 1.
 * @param before checksum of the bytes before them; 0 where there are none
 */
export function crc32(bytes: Uint8Array, before = 0): number {
  let crc = ~before
  for (let at = 0; at < bytes.length; at += 1) crc = (crc >>> 8) ^ TABLE[(crc ^ bytes[at]) & 0xff]
  return ~crc >>> 0
}
