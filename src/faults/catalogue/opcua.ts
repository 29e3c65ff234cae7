import { type CatalogueEntry, EXIT } from '../exit-code.js'

export const opcuaFaults = {
  OPCUA_NOT_SPOKEN: {
    exitCode: EXIT.unreachable,
    meaning: 'something listens on this port, but it does not speak OPC UA',
    advice: ['chatterfix discover {host}'],
  },
  OPCUA_SILENT: {
    exitCode: EXIT.unreachable,
    meaning: 'the OPC UA server did not answer in time',
    advice: ['chatterfix probe {address} --timeout 10s', 'chatterfix discover {address}'],
  },
  OPCUA_REFUSED: {
    exitCode: EXIT.unreachable,
    meaning: 'the OPC UA server answered and refused',
    advice: ['chatterfix discover {address}'],
  },
  OPCUA_LOGIN_REFUSED: {
    exitCode: EXIT.permission,
    meaning: 'the server does not let this user (or nobody in particular) in',
    advice: [
      'chatterfix discover {address}',
      'put the user in the address, opc.tcp://USER@{host}…, and its password where your credentials are',
    ],
  },
  OPCUA_SECURITY_TOO_WEAK: {
    exitCode: EXIT.permission,
    meaning: 'the server offers no endpoint that is safe enough for this',
    advice: ['let the server offer SignAndEncrypt with Basic256Sha256 or an Aes policy', 'chatterfix discover {address}'],
  },
  OPCUA_CERTIFICATE_UNTRUSTED: {
    exitCode: EXIT.permission,
    meaning: 'nobody has said yet that the server’s certificate is to be trusted',
    advice: ['compare the thumbprint with the one that the server shows, then: mv "{rejected}" "{trusted}"'],
  },
  OPCUA_NODE_UNKNOWN: {
    exitCode: EXIT.usage,
    meaning: 'the server has no such node (or no such namespace)',
    advice: ['chatterfix probe {address}'],
  },
  OPCUA_NO_SAMPLE_RATE: {
    exitCode: EXIT.usage,
    meaning: 'a waveform’s sample rate is neither in its address nor beside its node',
    advice: ['add the rate in Hz to the address: {address}&rate=25600'],
  },
} as const satisfies Record<string, CatalogueEntry>
