/** What the codecs of this folder throw on bytes that are not theirs, and all that they throw. Never reaches a user: the driver makes a bad reading of it. */
export class CodecError extends Error {
  override readonly name = 'CodecError'
}
