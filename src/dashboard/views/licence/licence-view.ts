import { NO_CHOICE, type NoChoice } from '../no-choice.js'
import { notKnown } from '../not-known.js'
import type { View } from '../view.js'

/** What the customer may use. */
export const LICENCE: View<NoChoice> = {
  id: 'licence',
  title: 'licence',
  about: 'tier, limits, how many sensors are used',
  keys: [],
  first: () => NO_CHOICE,
  restore: () => NO_CHOICE,
  compose: () => ({ heading: [], rows: notKnown('no licence server was asked', ['chatterfix licence status asks one']) }),
}
