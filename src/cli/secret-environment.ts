import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

type Environment = Readonly<Record<string, string | undefined>>

const SECRET = /^CHATTERFIX_\w+_(USER|PASSWORD|TOKEN)$/
const MAX_CREDENTIALS = 100

/** The environment, and in it what systemd hands over as files (`LoadCredential=CHATTERFIX_MQTT_PASSWORD:…`). */
export function secretEnvironment(env: Environment): Environment {
  const { CREDENTIALS_DIRECTORY: folder } = env
  if (!folder) return env
  try {
    const names = readdirSync(folder).filter((name) => SECRET.test(name))
    const files = names.slice(0, MAX_CREDENTIALS).map((name) => [name, readFileSync(join(folder, name), 'utf8').replace(/\r?\n$/, '')])
    return { ...env, ...(Object.fromEntries(files) as Environment) }
  } catch {
    // What cannot be read is missing, and whoever needs it says so.
    return env
  }
}
