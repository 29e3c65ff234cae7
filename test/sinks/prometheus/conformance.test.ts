import { createPrometheusSink } from '../../../src/sinks/prometheus/prometheus-sink.js'
import { describeSink } from '../../conformance/sink-conformance.js'
import { surroundings, temporaryFolder } from '../spool/material.js'
import { freePort, samplesIn, scrape } from './scrape.js'

describeSink({
  name: 'prometheus',
  keeps: 'latest',
  waveforms: 'dropped',
  async start() {
    const port = await freePort()
    const inner = createPrometheusSink(`prometheus://127.0.0.1:${port}`, surroundings(await temporaryFolder()))
    let scraped = 0
    return {
      sink: {
        name: inner.name,
        policy: inner.policy,
        start: (run) => inner.start(run),
        take: (freight) => inner.take(freight),
        tally: () => inner.tally(),
        // Somebody asks just before the end.
        async close(endedBy) {
          scraped = samplesIn(await scrape(port), 'chatterfix_reading_quality').length
          await inner.close(endedBy)
        },
      },
      countStored: () => Promise.resolve(scraped),
      stop: () => Promise.resolve(),
    }
  },
})
