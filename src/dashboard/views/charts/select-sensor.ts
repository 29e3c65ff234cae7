import type { SensorKey } from '../../../readings/measurement.js'
import type { ViewKey } from '../view.js'

const step = <State>(state: State, { live, screen }: Parameters<ViewKey<State>['act']>[1]['picture'], by: 1 | -1) => {
  const row = screen.selected === null ? undefined : live.indexOf.get(screen.selected)
  const next: SensorKey | undefined = live.sensors[row === undefined ? 0 : row + by]?.key
  return next === undefined ? { state } : { state, selected: next }
}

/** Up and down in views about one sensor: the one before and after it in the order of the site. */
export function selectSensorKeys<State>(): readonly ViewKey<State>[] {
  return [
    {
      press: ['up', 'k'],
      shown: '↑  k',
      does: 'the sensor before, in the order of the site',
      act: (state, { picture }) => step(state, picture, -1),
    },
    { press: ['down', 'j'], shown: '↓  j', does: 'the sensor after it', act: (state, { picture }) => step(state, picture, 1) },
  ]
}
