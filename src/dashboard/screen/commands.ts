import { editLayout, undoLayout } from '../panes/layout-past.js'
import { layoutOf, PRESETS } from '../panes/presets.js'
import type { Picture } from '../picture.js'
import { VIEWS } from '../views/registry.js'
import { type SensorsState, withFilter } from '../views/sensors/sensors-state.js'
import type { Command } from './command.js'
import type { DashboardState } from './dashboard-state.js'
import { saved } from './layout-mode/name-layout.js'
import { openLayout } from './open-layout.js'
import { SCREEN_KEYS } from './screen-keys.js'
import type { ScreenOutcome } from './screen-outcome.js'
import { showView } from './show-view.js'
import { type WorkPicture, workCommands } from './work-commands.js'

/** The commands, and one for each layout that was saved. */
export function commandsFor(picture: Pick<Picture, 'layouts'> & WorkPicture): readonly Command[] {
  const own = picture.layouts.map((file): Command => {
    return {
      name: `layout ${file.name}`,
      about: 'a saved layout',
      run: (screen) => ({ screen: { ...screen, ...editLayout(screen, openLayout(file)) } }),
    }
  })
  return [...COMMANDS, ...workCommands(picture), ...own]
}

const keyOf = (name: string): ((screen: DashboardState) => ScreenOutcome) =>
  SCREEN_KEYS.find(({ press }) => press.includes(name))?.act ?? ((screen) => ({ screen }))

/** Commands by name; views and presets are commands too. */
const COMMANDS: readonly Command[] = [
  ...VIEWS.map((view): Command => ({ name: view.id, about: view.about, run: (screen) => ({ screen: showView(screen, view.id) }) })),
  {
    name: 'filter',
    argument: 'TEXT',
    about: 'show only the sensors that fit',
    run: (screen, text) => ({ screen: showView(screen, 'sensors', (state) => withFilter(state as SensorsState, text)) }),
  },
  ...PRESETS.map(({ name, about }): Command => {
    return { name: `layout ${name}`, about, run: (screen) => ({ screen: { ...screen, ...editLayout(screen, layoutOf(name)) } }) }
  }),
  {
    name: 'save-layout',
    argument: 'NAME',
    about: 'keep the panes under a name, for yourself',
    run: (screen, name) => saved(screen, name, 'user'),
  },
  {
    name: 'save-layout-in-site',
    argument: 'NAME',
    about: 'keep the panes under a name in the site file, for everybody',
    run: (screen, name) => saved(screen, name, 'site'),
  },
  { name: 'arrange', about: 'split, move, resize and close panes', run: keyOf('L') },
  { name: 'undo', about: 'the layout as it was before', run: (screen) => ({ screen: { ...screen, ...undoLayout(screen) } }) },
  {
    name: 'mark',
    argument: 'TEXT',
    about: 'leave a mark in the recording',
    run: (screen, text) => ({ screen, action: { kind: 'mark', text: text || 'marked by hand' } }),
  },
  { name: 'help', about: 'keys and signs', run: keyOf('?') },
  { name: 'hold', about: 'hold the picture, and go on', run: keyOf(' ') },
  { name: 'zoom', about: 'the pane alone on the whole screen, and back', run: keyOf('z') },
  { name: 'quit', about: 'end; the terminal is left as it was', run: keyOf('q') },
]
