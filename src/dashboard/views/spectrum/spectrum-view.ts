import { blockPlot } from '../charts/block-plot.js'
import { NO_CHOICE, type NoChoice } from '../no-choice.js'
import { notKnown } from '../not-known.js'
import type { View } from '../view.js'

/** The last block of samples of the selected sensor. */
export const SPECTRUM: View<NoChoice> = {
  id: 'spectrum',
  title: 'spectrum',
  about: 'the last block of samples of the selected sensor',
  keys: [],
  first: () => NO_CHOICE,
  restore: () => NO_CHOICE,
  compose(picture, { size }) {
    const { selected } = picture.screen
    const row = selected === null ? undefined : picture.live.indexOf.get(selected)
    if (row === undefined) return { heading: [], rows: [[{ text: '  no sensor is selected', style: { colour: 'grey' } }]] }
    if (picture.live.waveforms[row]) {
      const { about, rows } = blockPlot(picture, row, size)
      return { heading: [{ text: about }], rows }
    }
    const senders = picture.live.names.filter((_, index) => picture.live.waveforms[index] !== undefined)
    const hint = senders.length === 0 ? 'no sensor of this run has sent one' : `these have: ${senders.slice(0, 5).join(', ')}`
    return { heading: [{ text: picture.live.names[row] ?? '' }], rows: notKnown('this sensor has sent no block of samples', [hint]) }
  },
}
