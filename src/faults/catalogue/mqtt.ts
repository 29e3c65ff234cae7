import { type CatalogueEntry, EXIT } from '../exit-code.js'

export const mqttFaults = {
  MQTT_NOT_SPOKEN: {
    exitCode: EXIT.unreachable,
    meaning: 'something listens on this port, but it does not speak MQTT (or speaks it only with TLS, or only without)',
    advice: ['chatterfix discover {host}', 'the other way of speaking: chatterfix probe {otherWay}'],
  },
  MQTT_AUTH_FAILED: {
    exitCode: EXIT.permission,
    meaning: 'the broker wants a user and a password, or does not accept these',
    advice: ['set CHATTERFIX_MQTT_USER and CHATTERFIX_MQTT_PASSWORD, then: chatterfix probe {address}'],
  },
  MQTT_TLS_UNTRUSTED: {
    exitCode: EXIT.permission,
    meaning: 'the broker’s certificate is not signed by anybody whom this machine trusts, is not valid now, or is for another host',
    advice: [
      'name the plant’s certificate authority: NODE_EXTRA_CA_CERTS=ca.pem chatterfix probe {address}',
      'use the host name that stands in the certificate',
    ],
  },
  MQTT_REFUSED: {
    exitCode: EXIT.unreachable,
    meaning: 'the broker answered and refused the connection, for another reason than the password',
    advice: ['chatterfix discover {address}'],
  },
  MQTT_SUBSCRIBE_REFUSED: {
    exitCode: EXIT.permission,
    meaning: 'the broker lets this user in, but not listen to these topics',
    advice: ['ask for the right to read {topic}', 'chatterfix probe {address}'],
  },
} as const satisfies Record<string, CatalogueEntry>
