/**
 * Runs `work` for every item, at most `concurrency` at a time, and yields what it hands over as it comes. A worker waits until its last
 * find has been taken, so nothing piles up. When the taker leaves early, `leave` is called and the workers are waited for.
 */
export async function* mergeConcurrently<Item, Found>(
  items: readonly Item[],
  options: { readonly concurrency: number; readonly work: (item: Item) => AsyncIterable<Found>; readonly leave: () => void },
): AsyncGenerator<Found> {
  const waiting = items[Symbol.iterator]()
  const shelf: { readonly found: Found; readonly taken: () => void }[] = []
  let wake = Promise.withResolvers<void>()
  let isLeft = false
  let failure: { readonly thrown: unknown } | undefined
  const workers = Array.from({ length: Math.min(options.concurrency, items.length) }, async () => {
    for (const item of waiting) {
      for await (const found of options.work(item)) {
        if (isLeft) return
        await new Promise<void>((taken) => {
          shelf.push({ found, taken })
          wake.resolve()
        })
        if (isLeft) return
      }
      if (isLeft) return
    }
  })
  let isDone = false
  const all = Promise.all(workers)
    .catch((thrown: unknown) => {
      failure = { thrown }
    })
    .finally(() => {
      isDone = true
      wake.resolve()
    })
  try {
    while (!isDone || shelf.length > 0) {
      await wake.promise
      wake = Promise.withResolvers()
      for (let next = shelf.shift(); next; next = shelf.shift()) {
        next.taken()
        yield next.found
      }
      if (failure) break
    }
  } finally {
    isLeft = true
    options.leave()
    for (const { taken } of shelf.splice(0)) taken()
    await Promise.allSettled([all, ...workers])
  }
  if (failure) throw failure.thrown
}
