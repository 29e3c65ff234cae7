import { type CatalogueEntry, EXIT } from '../exit-code.js'

export const licenceFaults = {
  LICENCE_SERVER_UNREACHABLE: {
    exitCode: EXIT.unreachable,
    meaning: 'the licence server cannot be reached, or does not answer in time',
    advice: ['curl {server}/healthz', 'chatterfix licence serve --port 8787 --data DIR --customers FILE'],
  },
  LICENCE_ANSWER_INVALID: {
    exitCode: EXIT.unreachable,
    meaning: 'what answers there is no licence server, or one that failed',
    advice: ['curl {server}/v1/openapi.json'],
  },
  LICENCE_SERVER_INVALID: {
    exitCode: EXIT.usage,
    meaning: 'the address of the licence server is missing or cannot be used',
    advice: ['chatterfix … --server https://licensing.chatterfix.com', 'export CHATTERFIX_LICENSE_SERVER=https://licensing.chatterfix.com'],
  },
  LICENCE_TOKEN_MISSING: {
    exitCode: EXIT.permission,
    meaning: 'no licence key was given',
    advice: ['export CHATTERFIX_LICENSE_API_KEY=…'],
  },
  LICENCE_TOKEN_REJECTED: {
    exitCode: EXIT.permission,
    meaning: 'the licence server does not know this licence key',
    advice: ['check CHATTERFIX_LICENSE_API_KEY', 'ask {sales} for a new key'],
  },
  CUSTOMER_UNKNOWN: {
    exitCode: EXIT.licence,
    meaning: 'the licence key belongs to no customer of that name',
    advice: ['chatterfix licence status --server {server} --customer ID'],
  },
  LICENCE_DENIED: { exitCode: EXIT.licence, meaning: 'the licence does not allow this', advice: ['see {upgrade}', 'ask {sales}'] },
  SENSOR_LIMIT_EXCEEDED: {
    exitCode: EXIT.licence,
    meaning: 'more sensors than the licence allows',
    advice: ['remove sensors from {file}', 'get more at {upgrade}', 'ask {sales}'],
  },
  PLAN_STALE: {
    exitCode: EXIT.no,
    meaning: 'somebody changed the site since the plan was made',
    advice: ['chatterfix config plan --server {server} --customer {customer}'],
  },
  SENSOR_NOT_PUSHABLE: {
    exitCode: EXIT.usage,
    meaning: 'ChatterFix has no protocol for an address of the site file',
    advice: ['for example: {example}'],
  },
  CUSTOMERS_FILE_INVALID: {
    exitCode: EXIT.usage,
    meaning: 'the customers file of the licence server has a mistake',
    advice: ['write, for example: {example}'],
  },
  LICENCE_STORE_UNUSABLE: { exitCode: EXIT.data, meaning: 'the licence server cannot keep its state', advice: ['ls -l {folder}'] },
  LICENCE_PORT_TAKEN: {
    exitCode: EXIT.unreachable,
    meaning: 'the licence server may not listen there, or something else does',
    advice: ['chatterfix licence serve --port 0 …'],
  },
  PLAN_DECLINED: { exitCode: EXIT.no, meaning: 'somebody was asked and said no', advice: ['chatterfix config plan --customer ID'] },
} as const satisfies Record<string, CatalogueEntry>
