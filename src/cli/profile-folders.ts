import { dirname, join } from 'node:path'
import { stateFolder } from './state-folder.js'

/** Where own device profiles lie: `profiles/` beside the site file (the working folder where none is named), then in this program's own folder. */
export function profileFolders(siteFile = 'chatterfix.yaml'): readonly string[] {
  return [join(dirname(siteFile), 'profiles'), join(stateFolder(), 'profiles')]
}
