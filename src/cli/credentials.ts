import type { Credentials, CredentialTarget } from '../drivers/contract.js'

/**
 * Secrets from the environment: `CHATTERFIX_MQTT_USER` + `CHATTERFIX_MQTT_PASSWORD`, `CHATTERFIX_OPCUA_USER` + …
 * A user name in the address wins over the environment's.
 */
export function credentialsFrom(env: Readonly<Record<string, string | undefined>>) {
  return ({ scheme, user }: CredentialTarget): Credentials | undefined => {
    const family = scheme === 'opc.tcp' ? 'OPCUA' : scheme.replace(/s$/, '').replace(/\W/g, '_').toUpperCase()
    const name = user ?? env[`CHATTERFIX_${family}_USER`]
    const password = env[`CHATTERFIX_${family}_PASSWORD`]
    return name === undefined || password === undefined ? undefined : { user: name, password }
  }
}
