import type { Credentials, CredentialTarget } from '../drivers/contract.js'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Secrets from the environment: `CHATTERFIX_MQTT_USER` + `CHATTERFIX_MQTT_PASSWORD`, `CHATTERFIX_OPCUA_USER` + …
 * A user name in the address wins over the environment's.
 */
export function credentialsFrom(env: Environment) {
  return ({ scheme, user }: CredentialTarget): Credentials | undefined => {
    const name = user ?? env[`CHATTERFIX_${familyOf(scheme)}_USER`]
    const password = env[`CHATTERFIX_${familyOf(scheme)}_PASSWORD`]
    return name === undefined || password === undefined ? undefined : { user: name, password }
  }
}

/** Secrets that need no user: `CHATTERFIX_INFLUX_TOKEN`. */
export function tokenFrom(env: Environment) {
  return (scheme: string): string | undefined => env[`CHATTERFIX_${familyOf(scheme)}_TOKEN`]
}

function familyOf(scheme: string): string {
  if (scheme === 'opc.tcp') return 'OPCUA'
  // Over TLS it is the same server.
  return (scheme === 'postgres' ? scheme : scheme.replace(/s$/, '')).replace(/\W/g, '_').toUpperCase()
}
