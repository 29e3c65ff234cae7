import { NO_CHOICE, type NoChoice } from '../no-choice.js'
import type { View } from '../view.js'
import { sensorChart } from './sensor-chart.js'

/** The recent past of the selected sensor, or its last block. */
export const CHARTS: View<NoChoice> = {
  id: 'charts',
  title: 'charts',
  about: 'the past of the selected sensor, drawn',
  keys: [],
  first: () => NO_CHOICE,
  restore: () => NO_CHOICE,
  compose(picture, { size }) {
    const { selected } = picture.screen
    return sensorChart(picture, selected === null ? undefined : picture.live.indexOf.get(selected), size)
  },
}
