/**
 * What a question brought, or nothing where it failed because of a stop: the line is closed then, and what was found before is still worth telling.
 * @throws whatever the question throws otherwise.
 */
export async function unlessStopped<T>(asked: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  try {
    return await asked
  } catch (thrown) {
    if (signal.aborted) return undefined
    throw thrown
  }
}
