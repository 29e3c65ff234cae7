interface MergeOptions<Place, Found> {
  readonly concurrency: number
  readonly open: (place: Place) => AsyncIterable<Found>
}

/** Yields what many sources find, in the order of finding, with at most `concurrency` of them at work. The first failure ends it. */
export async function* mergeConcurrently<Place, Found>(
  places: readonly Place[],
  { concurrency, open }: MergeOptions<Place, Found>,
): AsyncGenerator<Found> {
  const waiting = [...places]
  const found: Found[] = []
  let working = 0
  let failure: { readonly cause: unknown } | undefined
  let wake = Promise.withResolvers<void>()
  const work = async (): Promise<void> => {
    for (let place = waiting.shift(); place !== undefined; place = waiting.shift()) {
      for await (const one of open(place)) {
        found.push(one)
        wake.resolve()
      }
    }
  }
  const workers = Array.from({ length: Math.min(concurrency, places.length) }, async () => {
    working++
    try {
      await work()
    } catch (cause) {
      failure ??= { cause }
      waiting.length = 0
    }
    working--
    wake.resolve()
  })
  try {
    while (true) {
      for (let one = found.shift(); one !== undefined; one = found.shift()) yield one
      if (working === 0) break
      await wake.promise
      wake = Promise.withResolvers<void>()
    }
  } finally {
    waiting.length = 0
    await Promise.all(workers)
  }
  if (failure) throw failure.cause
}
